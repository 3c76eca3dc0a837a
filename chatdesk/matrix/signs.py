"""The account's own data about rooms: tags, marks, push rules, people it ignores. Pure, any thread."""

from collections.abc import Iterable
from typing import Any

from chatdesk.domain.conversations import Sign
from chatdesk.matrix.lenient import mapping, sequence, text
from chatdesk.matrix.wire import Event

TAGS = "m.tag"
FAVOURITE = "m.favourite"
MARKED = "m.marked_unread"
MARKED_EARLIER = "com.famedly.marked_unread"
"""Before it was part of the specification."""
PUSH_RULES = "m.push_rules"
IGNORED = "m.ignored_user_list"


def signs_of(events: Iterable[Event]) -> dict[Sign, bool]:
    """What a room's account data says; a sign that is not mentioned is not in the answer."""
    found: dict[Sign, bool] = {}
    marked: dict[object, bool] = {}
    for event in events:
        content = mapping(event.content)
        if event.type == TAGS:
            found[Sign.PINNED] = FAVOURITE in mapping(content.get("tags"))
        elif event.type in (MARKED, MARKED_EARLIER):
            marked[event.type] = content.get("unread") is True
    if marked:
        found[Sign.UNREAD] = marked.get(MARKED, marked.get(MARKED_EARLIER, False))
    return found


def muted_in(content: dict[str, Any]) -> frozenset[str]:
    """The rooms that the account's push rules keep quiet: by a rule of the room, or by one that overrules all others
    and is named after it, as other clients make them."""
    rules = mapping(content.get("global"))
    found = (mapping(rule) for kind in ("room", "override") for rule in sequence(rules.get(kind)))
    return frozenset(text(rule.get("rule_id")) for rule in found if _is_of_a_room(rule) and _is_quiet(rule))


def ignored_in(content: dict[str, Any]) -> frozenset[str]:
    return frozenset(user for user in mapping(content.get("ignored_users")) if user.startswith("@"))


def _is_of_a_room(rule: dict[str, Any]) -> bool:
    return text(rule.get("rule_id")).startswith("!")


def _is_quiet(rule: dict[str, Any]) -> bool:
    actions = sequence(rule.get("actions"))
    return rule.get("enabled") is not False and "notify" not in actions and "coalesce" not in actions
