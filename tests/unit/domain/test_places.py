"""Places from what people type and paste."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.elements import Location
from chatdesk.domain.errors import InputError
from chatdesk.domain.places import location_of


@pytest.mark.parametrize(
    "text",
    [
        "52.5163, 13.3777",
        "  52.5163 13.3777 ",
        "52.5163;13.3777",
        "52.5163，13.3777",
        "+52.51630, 013.3777",
        "52.5163° N, 13.3777° E",
        "geo:52.5163,13.3777;u=35",
        "GEO:52.5163,13.3777?z=15",
        "https://www.openstreetmap.org/#map=17/52.5163/13.3777",
        "https://www.openstreetmap.org/?mlat=52.5163&mlon=13.3777#map=5/1.0/2.0",
        "https://www.google.com/maps/@52.5163,13.3777,15z",
        "https://www.google.com/maps/place/Gate/@1.5,2.5,17z/data=!3m1!4b1!3d52.5163!4d13.3777",
        "https://maps.google.com/?q=52.5163,13.3777",
        "https://maps.google.com/?q=loc:52.5163%2C13.3777",
        "https://maps.apple.com/?ll=52.5163,13.3777",
        "https://www.bing.com/maps?cp=52.5163~13.3777",
    ],
)
def test_one_place_in_many_forms(text: str) -> None:
    assert location_of(text) == Location("52.5163", "13.3777")


def test_south_and_west_are_negative() -> None:
    assert location_of("33.8568 S 151.2153 W") == Location("-33.8568", "-151.2153")
    assert location_of("-33.8568, -0.0") == Location("-33.8568", "0")
    assert location_of("52°30'58.7\"N 13°22'39.7\"E") == Location("52.516306", "13.377694")
    assert location_of("33° S, 70° 30' W") == Location("-33", "-70.5")


def test_the_description_goes_along() -> None:
    assert location_of("1,2", " Meet here ").description == "Meet here"


@pytest.mark.parametrize(
    "text",
    (
        *("", "Berlin", "52.5163", "91, 13", "52, 181", "52.5163, 13.3777, 4", "1e5, 2", "١٢٫٥, ٣"),
        *("geo:", "https://example.org/?q=Berlin", "javascript:alert(1)"),
    ),
)
def test_everything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InputError, match=r"\w+ \w+"):
        location_of(text)


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    try:
        found = location_of(text)
    except InputError:
        return
    assert abs(float(found.latitude)) <= 90
    assert abs(float(found.longitude)) <= 180
