"""What the account keeps about rooms, read from a sync, in its own and in other clients' spelling."""

import pytest

from chatdesk.domain.conversations import Sign
from chatdesk.domain.powers import OWNER_POWER
from tests.unit.matrix.events import BEN, OWN, Json, joined, one_room, state, sync


def room_data(*events: tuple[str, object]) -> Json:
    return joined(account_data={"events": [{"type": kind, "content": content} for kind, content in events]})


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([("m.tag", {"tags": {"m.favourite": {"order": 0.1}}})], {Sign.PINNED: True}),
        ([("m.tag", {"tags": {"m.lowpriority": {}}})], {Sign.PINNED: False}),
        ([("m.tag", {"tags": 7})], {Sign.PINNED: False}),
        ([("m.marked_unread", {"unread": True})], {Sign.UNREAD: True}),
        ([("m.marked_unread", {"unread": "yes"})], {Sign.UNREAD: False}),
        ([("com.famedly.marked_unread", {"unread": True})], {Sign.UNREAD: True}),
        (
            [("m.marked_unread", {"unread": False}), ("com.famedly.marked_unread", {"unread": True})],
            {Sign.UNREAD: False},
        ),
        ([("m.tag", None), ("m.marked_unread", [])], {Sign.PINNED: False, Sign.UNREAD: False}),
        ([("m.fully_read", {"event_id": "$e"})], {}),
    ],
)
def test_signs_of_a_room(events: list[tuple[str, object]], expected: dict[Sign, bool]) -> None:
    assert one_room(room_data(*events)).signs == expected


def test_muted_rooms() -> None:
    rules = {
        "override": [
            {"rule_id": "!all:h", "actions": ["dont_notify"], "enabled": True},
            {"rule_id": ".m.rule.master", "actions": [], "enabled": False},
        ],
        "room": [
            {"rule_id": "!quiet", "actions": []},
            {"rule_id": "!older:h", "actions": ["dont_notify"], "enabled": True},
            {"rule_id": "!loud", "actions": ["notify", {"set_tweak": "sound"}]},
            {"rule_id": "!off", "actions": [], "enabled": False},
            "odd",
            {"rule_id": 5},
        ],
    }
    batch = sync({}, account_data={"events": [{"type": "m.push_rules", "content": {"global": rules}}]})
    assert batch.muted == frozenset({"!all:h", "!quiet", "!older:h"})
    assert sync({}).muted is None


@pytest.mark.parametrize("content", [None, {}, {"global": 3}, {"global": {"room": {}, "override": None}}])
def test_odd_push_rules_mute_nothing(content: object) -> None:
    assert sync({}, account_data={"events": [{"type": "m.push_rules", "content": content}]}).muted == frozenset()


def test_blocked_people() -> None:
    ignored = {"type": "m.ignored_user_list", "content": {"ignored_users": {BEN: {}, "nobody": {}}}}
    assert sync({}, account_data={"events": [ignored]}).blocked == frozenset({BEN})
    assert sync({}).blocked is None


def test_powers_and_what_they_default_to() -> None:
    levels = {
        "users": {BEN: 50, OWN: "100", "odd": 1, "@big:h": 2**80},
        "users_default": 5,
        "events": {"m.room.name": 0},
    }
    powers = one_room(joined(before=[state("m.room.power_levels", levels)])).powers
    assert powers is not None
    assert [powers.of(user) for user in (BEN, OWN, "@any:h")] == [50, 100, 5]
    assert powers.of("@big:h") < OWNER_POWER
    assert (powers.name, powers.topic, powers.recall, powers.invite) == (0, 50, 50, 0)
    assert one_room(joined()).powers is None


@pytest.mark.parametrize(("version", "expected"), [("12", (BEN, OWN)), ("11", ()), (None, ()), ("odd", ())])
def test_who_made_a_room_stands_above_all_levels_since_version_12(version: object, expected: tuple[str, ...]) -> None:
    creation = state("m.room.create", {"room_version": version, "additional_creators": [OWN, 3, BEN]})
    assert one_room(joined([creation])).creators == expected
