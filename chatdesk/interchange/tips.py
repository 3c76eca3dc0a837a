"""Group tips: what the system wrote about a group, as the SDK's GroupTipsElem and back. Pure, any thread."""

from typing import Any

from chatdesk.domain.elements import Tip, TipKind
from chatdesk.interchange import reading

SYSTEM_SENDER = "@TIM#SYSTEM"
_INVITE, _QUIT, _KICK, _SET_ADMIN, _INFO = 1, 2, 3, 4, 6
_BY_REQUEST, _BY_INVITATION = 1, 2
_TYPES = {
    TipKind.INVITED: _INVITE,
    TipKind.JOINED: _INVITE,
    TipKind.LEFT: _QUIT,
    TipKind.DECLINED: _QUIT,
    TipKind.KICKED: _KICK,
    TipKind.BANNED: _KICK,
    TipKind.ROLES: _SET_ADMIN,
    TipKind.RENAMED: _INFO,
    TipKind.TOPIC: _INFO,
    TipKind.AVATAR: _INFO,
    TipKind.ENCRYPTED: _INFO,
}
_INFO_FLAGS = {TipKind.RENAMED: 1, TipKind.TOPIC: 2, TipKind.AVATAR: 4, TipKind.ENCRYPTED: 0}
_FLAG_KINDS = {1: TipKind.RENAMED, 2: TipKind.TOPIC, 3: TipKind.TOPIC, 4: TipKind.AVATAR}
_KINDS = {_QUIT: TipKind.LEFT, _KICK: TipKind.KICKED, _SET_ADMIN: TipKind.ROLES}


def tip_object(tip: Tip, group_id: str, actor: str) -> dict[str, Any]:
    """The keys of a GroupTipsElem, without the element's type."""
    type_ = _TYPES.get(tip.kind, 0)
    found: dict[str, Any] = {
        "group_tips_elem_changed_user_info_array": [_profile(user) for user in tip.targets],
        "group_tips_elem_group_change_info_array": [],
        "group_tips_elem_group_id": group_id,
        "group_tips_elem_member_change_info_array": [],
        "group_tips_elem_op_user": actor,
        "group_tips_elem_op_user_info": _profile(actor),
        "group_tips_elem_tip_type": type_,
        "group_tips_elem_user_array": list(tip.targets),
    }
    if type_ == _INVITE:
        found["group_tips_elem_join_type"] = _BY_REQUEST if tip.kind is TipKind.JOINED else _BY_INVITATION
    if type_ == _INFO:
        found["group_tips_elem_group_change_info_array"] = [
            {
                "group_tips_group_change_info_flag": _INFO_FLAGS[tip.kind],
                "group_tips_group_change_info_value": tip.value,
            }
        ]
    return found


def read_tip(values: dict[str, Any]) -> Tip:
    users = reading.sequence(values, "group_tips_elem_user_array")
    targets = tuple(user for user in users if isinstance(user, str))
    type_ = reading.number(values, "group_tips_elem_tip_type")
    if type_ == _INFO:
        infos = reading.sequence(values, "group_tips_elem_group_change_info_array")
        info = infos[0] if infos and isinstance(infos[0], dict) else {}
        flag = reading.number(info, "group_tips_group_change_info_flag")
        kind = _FLAG_KINDS.get(flag, TipKind.ENCRYPTED)
        return Tip(kind, targets, reading.string(info, "group_tips_group_change_info_value"))
    if type_ == _INVITE:
        asked = reading.number(values, "group_tips_elem_join_type") == _BY_REQUEST
        return Tip(TipKind.JOINED if asked else TipKind.INVITED, targets)
    return Tip(_KINDS.get(type_, TipKind.CREATED), targets)


def _profile(user_id: str) -> dict[str, str]:
    return {
        "user_profile_face_url": "",
        "user_profile_friend_remark": "",
        "user_profile_identifier": user_id,
        "user_profile_nick_name": "",
    }
