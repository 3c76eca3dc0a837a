"""Finding people, starting conversations, members: against a real Synapse."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from chatdesk.core.session import Session
from chatdesk.domain.conversations import Membership
from chatdesk.domain.powers import Powers
from chatdesk.models.members import MembersModel
from chatdesk.models.people import PeopleSearch
from chatdesk.models.session import SessionModel
from tests.models.offline import group, member, receive
from tests.models.waiting import until
from tests.servers.accounts import NewAccount
from tests.servers.people import Person


@pytest.fixture
async def ann(new_account: NewAccount, tmp_path: Path, qapp: QApplication) -> AsyncIterator[Person]:
    person = await Person(await new_account("ann"), tmp_path / "ann").log_in()
    yield person
    await person.session.close()


@pytest.fixture
async def model(ann: Person) -> AsyncIterator[SessionModel]:
    model = SessionModel(ann.session)
    model.load()
    yield model
    await model.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_people_are_found_while_one_types(model: SessionModel, new_account: NewAccount) -> None:
    await new_account("zora", "Zora Zelenka")
    people = model.people
    people.set_term("Zor")
    assert people.is_searching
    people.set_term("Zora Zel")
    await until(lambda: people.rowCount() == 1)
    index = people.index(0)
    assert index.data() == "Zora Zelenka"
    assert index.data(PeopleSearch.PROFILE).user_id == index.data(Qt.ItemDataRole.ToolTipRole)
    assert not people.is_searching
    people.set_term("")
    assert people.rowCount() == 0
    assert not people.is_searching


async def test_an_answer_to_an_older_term_is_dropped(model: SessionModel, new_account: NewAccount) -> None:
    await new_account("yara", "Yara Young")
    await new_account("xeno", "Xeno Xu")
    shown: list[list[str]] = []
    people = model.people
    people.modelReset.connect(lambda: shown.append([p.name for p in people.items]))
    people.set_term("Yara")
    people._ask()  # the pause is over: the question leaves now, its answer comes after the next term
    people.set_term("Xeno")
    await until(lambda: people.rowCount() == 1 and not people.is_searching)
    assert ["Xeno Xu"] in shown
    assert ["Yara Young"] not in shown


async def test_a_search_without_a_line_says_so(model: SessionModel, ann: Person) -> None:
    people = model.people
    await ann.session.close()
    people.set_term("somebody")
    await until(lambda: people.failure)
    assert not people.is_searching


async def test_starting_a_conversation_opens_it(model: SessionModel, new_account: NewAccount) -> None:
    ben = await new_account("ben")
    started: list[object] = []
    failed: list[str] = []
    model.starter.started.connect(started.append)
    model.starter.failed.connect(failed.append)
    model.starter.start_c2c("nobody-of-this-name")
    assert model.starter.is_busy
    model.starter.start_c2c(ben.user_id)  # ignored: one at a time
    await until(lambda: failed)
    assert "no user" in failed[0]
    assert not model.starter.is_busy
    model.starter.start_c2c(f"  {ben.name} ")
    await until(lambda: started)
    model.chat.open(started[0])
    await until(lambda: model.chat.conversation is not None)
    assert model.chat.conversation is not None
    assert model.chat.conversation.id.id == ben.user_id


async def test_empty_forms_are_answered_at_once(model: SessionModel) -> None:
    failed: list[str] = []
    model.starter.failed.connect(failed.append)
    model.starter.start_c2c(" ")
    model.starter.create_group(" ", [])
    assert len(failed) == 2
    assert not model.starter.is_busy


async def test_members_are_shown_and_can_be_invited(model: SessionModel, new_account: NewAccount) -> None:
    ben, carla = await new_account("ben"), await new_account("carla")
    started: list[object] = []
    model.starter.started.connect(started.append)
    model.starter.create_group("Lunch", [ben.user_id])
    await until(lambda: started)
    await until(lambda: model.conversations.rowCount() == 1)
    members = model.members
    members.show(model.conversations.items[0])
    await until(lambda: members.rowCount() == 2)

    assert [name for name, _ in _rows(members)] == ["Ann (you)", "Ben"]
    assert _rows(members)[1] == ("Ben", "Invited")
    invited: list[int] = []
    failed: list[str] = []
    members.invited.connect(invited.append)
    members.failed.connect(failed.append)
    members.invite(["nobody-of-this-name"])
    await until(lambda: failed)
    assert invited == []
    members.invite([carla.user_id])
    await until(lambda: members.rowCount() == 3)
    assert invited == [1]
    assert ("Carla", "Invited") in _rows(members)
    members.show(None)
    assert members.rowCount() == 0


async def test_roles_come_first_and_the_invited_last(session: Session, account: SessionModel) -> None:
    people = (
        member("@zoe:h", "Zoe"),
        member("@max:h", "Max"),
        member("@bea:h", "bea"),
        member("@ina:h", "Ina", membership=Membership.INVITED),
        member("@gone:h", "Gone", membership=Membership.LEFT),
    )
    await receive(session, group("!lunch", "Lunch", members=people, powers=Powers({"@zoe:h": 100, "@max:h": 50})))
    account.load()
    await until(lambda: account.is_loaded)
    account.members.show(account.conversations.items[0])
    await until(lambda: account.members.rowCount())
    assert _rows(account.members) == [
        ("Zoe", "Admin"),
        ("Max", "Moderator"),
        ("Ann (you)", ""),
        ("bea", ""),
        ("Ina", "Invited"),
    ]


def _rows(members: MembersModel) -> list[tuple[str, str]]:
    indexes = [members.index(row) for row in range(members.rowCount())]
    return [(index.data(), index.data(MembersModel.DETAIL)) for index in indexes]
