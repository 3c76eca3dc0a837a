"""Addresses of people, groups and messages, as other clients write them and as nobody should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.links import Link, LinkKind, group_link, is_link, message_link, parse, person_link

PERSON, GROUP, MESSAGE = LinkKind.PERSON, LinkKind.GROUP, LinkKind.MESSAGE


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://matrix.to/#/@ann:example.org", Link(PERSON, "@ann:example.org")),
        ("https://matrix.to/#/%40ann%3Aexample.org", Link(PERSON, "@ann:example.org")),
        ("https://matrix.to/#/#lunch:example.org", Link(GROUP, "#lunch:example.org")),
        ("https://matrix.to/#/%23lunch%3Ah.org?via=a.org&via=b", Link(GROUP, "#lunch:h.org", "", ("a.org", "b"))),
        ("https://matrix.to/#/!abc:example.org?via=a.org", Link(GROUP, "!abc:example.org", "", ("a.org",))),
        ("https://matrix.to/#/!noserver", Link(GROUP, "!noserver")),
        ("https://matrix.to/#/!abc/$event-id?via=a.org", Link(MESSAGE, "!abc", "$event-id", ("a.org",))),
        ("https://matrix.to/#/#lunch:h/%24event", Link(MESSAGE, "#lunch:h", "$event")),
        ("HTTPS://MATRIX.TO/#/@ann:h", Link(PERSON, "@ann:h")),
        ("matrix:u/ann:example.org", Link(PERSON, "@ann:example.org")),
        ("matrix:u/ann:example.org?action=chat", Link(PERSON, "@ann:example.org")),
        ("matrix:r/lunch:example.org", Link(GROUP, "#lunch:example.org")),
        ("matrix:roomid/abc:example.org?via=a.org", Link(GROUP, "!abc:example.org", "", ("a.org",))),
        ("matrix:roomid/abc/e/xyz", Link(MESSAGE, "!abc", "$xyz")),
        ("MATRIX:r/lunch:h/event/xyz", Link(MESSAGE, "#lunch:h", "$xyz")),
        ("@ann:h", Link(PERSON, "@ann:h")),
        (" <#lunch:h> ", Link(GROUP, "#lunch:h")),
        ("$IKO9LOC0730", Link(MESSAGE, "", "$IKO9LOC0730")),
    ],
)  # fmt: skip
def test_what_an_address_leads_to(text: str, link: Link) -> None:
    assert parse(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "lunch",
        "@ann",
        "@:h",
        "@ann:",
        "#lunch",
        "matrix:",
        "matrix:u/",
        "matrix:x/ann:h",
        "matrix:r/lunch:h/e/",
        "matrix:r/lunch:h/x/y",
        "matrix://u/ann:h",
        "https://matrix.to/",
        "https://matrix.to/#/",
        "https://matrix.to.evil.org/#/@ann:h",
        "https://evil.org/#/@ann:h",
        "javascript:alert(1)",
        "two words",
        "$",
        "#" + "x" * 5000 + ":h",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert parse(text) is None


@given(st.text())
def test_nothing_makes_it_fall(text: str) -> None:
    for made in (text, f"matrix:{text}", f"https://matrix.to/#/{text}"):
        parse(made)
        is_link(made)


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z"), exclude_characters=":"),
        min_size=1,
        max_size=50,
    )
)
def test_own_links_lead_back(name: str) -> None:
    assert parse(person_link(f"@{name}:h")) == Link(PERSON, f"@{name}:h")
    assert parse(group_link(f"!{name}")) == Link(GROUP, f"!{name}")
    assert parse(message_link(f"!{name}", f"${name}")) == Link(MESSAGE, f"!{name}", f"${name}")


def test_which_addresses_open_inside() -> None:
    assert is_link("matrix:u/ann:h")
    assert is_link("https://matrix.to/#/@ann:h")
    assert not is_link("https://example.org/matrix.to/")
    assert not is_link("https://matrix.to.evil.org/#/@ann:h")
