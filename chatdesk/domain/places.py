"""From what a person types or pastes to a place on the earth. Pure, any thread; no map is ever asked."""

import re

from chatdesk.domain.elements import Location
from chatdesk.domain.errors import InputError

_NUMBER = r"[+-]?\d{1,3}(?:\.\d{1,20})?"
# Compiled when first used: a start needs none of them.
_DECIMAL = rf"(?P<lat>{_NUMBER})\s*°?\s*(?P<ns>[NSns])?\s*[,;\s]\s*(?P<lon>{_NUMBER})\s*°?\s*(?P<ew>[EWOewo])?"
_SEXAGESIMAL = (
    r"(?P<lat>\d{1,3})°\s*(?:(?P<latm>\d{1,2}(?:\.\d+)?)['′]\s*)?(?:(?P<lats>\d{1,2}(?:\.\d+)?)[\"″]\s*)?(?P<ns>[NSns])"
    r"[,;\s]*"
    r"(?P<lon>\d{1,3})°\s*(?:(?P<lonm>\d{1,2}(?:\.\d+)?)['′]\s*)?(?:(?P<lons>\d{1,2}(?:\.\d+)?)[\"″]\s*)?(?P<ew>[EWOewo])"
)
_PAIR = rf"(?P<lat>{_NUMBER})(?:,|%2C|~)\s*(?P<lon>{_NUMBER})"
_LINKS = (
    rf"^geo:{_PAIR}(?=[,;?]|$)",
    rf"!3d(?P<lat>{_NUMBER})!4d(?P<lon>{_NUMBER})",  # the place itself, where "@" is only the middle of the map
    rf"[?&]mlat=(?P<lat>{_NUMBER})&mlon=(?P<lon>{_NUMBER})",
    rf"[?&](?:q|query|ll|center|cp|daddr|destination|position)=(?:loc:|\w+\.)?{_PAIR}",
    rf"#map=[\d.]+/(?P<lat>{_NUMBER})/(?P<lon>{_NUMBER})",
    rf"/@{_PAIR}",
)
_IS_LINK = r"^(?:geo:|https?://)"


def location_of(text: str, description: str = "") -> Location:
    """The place that coordinates, a geo: address or a link of a map name. Raises InputError when there is none."""
    text = text.strip().replace("，", ",")
    if re.match(_IS_LINK, text, re.IGNORECASE):
        for link in _LINKS:
            found = re.search(link, text, re.IGNORECASE)
            if found:
                return _location(found["lat"], found["lon"], description)
        raise InputError("There are no coordinates in this link. Copy them from the map, for example 52.5163, 13.3777")
    found = re.fullmatch(_SEXAGESIMAL, text)
    if found:
        return _location(_degrees(found, "lat", "ns"), _degrees(found, "lon", "ew"), description)
    found = re.fullmatch(_DECIMAL, text)
    if not found:
        raise InputError("These are not coordinates. They look like 52.5163, 13.3777")
    latitude, longitude = found["lat"], found["lon"]
    if found["ns"] in ("S", "s"):
        latitude = f"-{latitude}"
    if found["ew"] in ("W", "w"):
        longitude = f"-{longitude}"
    return _location(latitude, longitude, description)


def is_place(location: Location) -> bool:
    """Whether these are numbers of a place on the earth: others may have written anything."""
    try:
        return abs(float(location.latitude)) <= 90 and abs(float(location.longitude)) <= 180
    except ValueError:
        return False


def map_address(location: Location) -> str:
    """Where a browser shows the place on a map; empty when it is none. Asked for by nobody but the user."""
    if not is_place(location):
        return ""
    latitude, longitude = (f"{float(text):.6f}" for text in (location.latitude, location.longitude))
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"


def _degrees(found: re.Match[str], name: str, side: str) -> str:
    value = int(found[name]) + float(found[f"{name}m"] or 0) / 60 + float(found[f"{name}s"] or 0) / 3600
    return f"{'-' if found[side] in 'SsWw' else ''}{value:.6f}"


def _location(latitude: str, longitude: str, description: str) -> Location:
    latitude, longitude = (_plain(text) for text in (latitude, longitude))
    if abs(float(latitude)) > 90:
        raise InputError("A latitude lies between -90 and 90. It comes first.")
    if abs(float(longitude)) > 180:
        raise InputError("A longitude lies between -180 and 180. It comes second.")
    return Location(latitude, longitude, description.strip())


def _plain(number: str) -> str:
    """Without a plus sign, two signs that cancel each other, and needless zeros."""
    is_negative = number.count("-") % 2 == 1
    whole, _, part = number.lstrip("+-").partition(".")
    digits = (whole.lstrip("0") or "0") + (f".{part.rstrip('0')}" if part.rstrip("0") else "")
    return f"-{digits}" if is_negative and digits != "0" else digits
