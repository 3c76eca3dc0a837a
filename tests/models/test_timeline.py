"""The timeline model: diffs in, rows and look-ups out, with Qt's own model tester watching."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert, ListDiff, LoadState, Remove, Reset, Update, apply_diff
from chatdesk.domain.elements import File, Media, Text
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.transfers import Download, DownloadState, UploadProgress
from chatdesk.models.timeline import TimelineModel
from tests.views.message_samples import BEN, OWN, display_name, message, talk


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[TimelineModel]:
    model = TimelineModel(OWN, True, display_name)
    yield model


def _download(download_id: int, key: int, state: DownloadState = DownloadState.RUNNING, element: int = 0) -> Download:
    return Download(download_id, key, element, Media("mxc://a/b", "a.pdf"), "/tmp/a.pdf", state)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_diffs_make_the_list_that_apply_diff_makes(model: TimelineModel, data: st.DataObject) -> None:
    key = 0

    def fresh(count: int) -> tuple[Message, ...]:
        nonlocal key
        key += count
        return talk(count, key - count + 1)

    expected: list[Message] = []
    model.apply(Reset(()))
    for _ in range(data.draw(st.integers(1, 12))):
        kinds = ["insert", "reset"] + (["remove", "update", "replace"] if expected else [])
        diff: ListDiff[Message]
        match data.draw(st.sampled_from(kinds)):
            case "insert":
                where = data.draw(st.sampled_from([0, len(expected), len(expected) // 2]))
                diff = Insert(where, fresh(data.draw(st.integers(0, 5))))
            case "remove":
                index = data.draw(st.integers(0, len(expected) - 1))
                diff = Remove(index, data.draw(st.integers(0, len(expected) - index)))
            case "update":
                index = data.draw(st.integers(0, len(expected) - 1))
                diff = Update(index, message("new", key=expected[index].key))
            case "replace":
                diff = Update(data.draw(st.integers(0, len(expected) - 1)), fresh(1)[0])
            case _:
                diff = Reset(fresh(data.draw(st.integers(0, 5))))
        apply_diff(expected, diff)
        model.apply(diff)
        assert list(model.items) == expected
        assert model.rowCount() == len(expected)
        if data.draw(st.booleans()):
            assert [model.row_of(item.key) for item in expected] == list(range(len(expected)))
            assert model.row_of(key + 1) == -1


def test_an_inserted_page_is_one_insert(model: TimelineModel, qtbot: QtBot) -> None:
    model.apply(Reset(talk(3, 100)))
    calls: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _, first, last: calls.append((first, last)))
    model.apply(Insert(0, talk(50)))
    model.apply(Insert(0, ()))
    assert calls == [(0, 49)]


def test_data_gives_the_roles(model: TimelineModel) -> None:
    own = message("Hi", sender=OWN, key=7, position=7)
    model.apply(Reset((own,)))
    model.set_read_positions({BEN: 7, OWN: 9})
    progress = UploadProgress(7, 5, 10)
    model.set_progress(progress)
    index = model.index(0)
    roles: dict[int, Any] = {
        model.MESSAGE: own,
        model.READERS: (BEN,),
        model.PROGRESS: progress,
        model.DOWNLOAD: None,
        int(Qt.ItemDataRole.DisplayRole): "Hi",
    }
    assert {role: model.data(index, role) for role in roles} == roles


def test_read_positions_change_the_readers_only(model: TimelineModel) -> None:
    model.apply(Reset(tuple(message(str(n), sender=OWN, key=n, position=n) for n in range(1, 4))))
    roles: list[list[int]] = []
    model.dataChanged.connect(lambda _first, _last, changed: roles.append(changed))
    model.set_read_positions({BEN: 2})
    assert [model.readers(row) for row in range(3)] == [(BEN,), (BEN,), ()]
    assert roles == [[model.READERS]]


def test_progress_ends_with_the_upload(model: TimelineModel) -> None:
    uploading = message("x", sender=OWN, key=1, state=MessageState.UPLOADING)
    model.apply(Reset((uploading,)))
    model.set_progress(UploadProgress(1, 1, 2))
    model.set_progress(UploadProgress(99, 1, 2))
    model.apply(Update(0, message("y", sender=OWN, key=1, state=MessageState.UPLOADING)))
    assert model.progress(0) == UploadProgress(1, 1, 2)
    model.apply(Update(0, message("y", sender=OWN, key=1, state=MessageState.SENT)))
    assert model.progress(0) is None


def test_downloads_by_element_newest_wins(model: TimelineModel) -> None:
    file = File(Media("mxc://a/b", "a.pdf"))
    model.apply(Reset((message([Text("two"), file, file], key=5),)))
    model.set_downloads([_download(3, 5, element=1), _download(2, 5, DownloadState.FAILED, element=1)])
    first = model.data(model.index(0), model.DOWNLOAD)
    assert first == model.download(0, 1) == _download(3, 5, element=1)
    assert model.download(0, 2) is None
    model.set_download(_download(2, 5, DownloadState.CANCELLED, element=1))
    assert model.download(0, 1) == _download(3, 5, element=1)
    model.set_download(_download(4, 5, DownloadState.DONE, element=2))
    assert model.download(0, 2) == _download(4, 5, DownloadState.DONE, element=2)
    model.remove_download(4)
    model.remove_download(77)
    assert model.download(0, 2) is None


def test_older_is_requested_once_until_the_load_state_answers(model: TimelineModel) -> None:
    asked: list[bool] = []
    model.older_requested.connect(lambda: asked.append(True))
    states: list[LoadState] = []
    model.load_state_changed.connect(states.append)
    model.request_older()
    model.request_older()
    assert len(asked) == 1
    model.set_load_state(LoadState.LOADING)
    model.request_older()
    assert len(asked) == 1
    model.set_load_state(LoadState.FAILED, "No answer")
    assert model.load_failure == "No answer"
    model.request_older()
    assert len(asked) == 2
    model.set_load_state(LoadState.START_REACHED)
    model.request_older()
    assert len(asked) == 2
    assert states == [LoadState.LOADING, LoadState.FAILED, LoadState.START_REACHED]


def test_names_fall_back_to_the_local_part(model: TimelineModel) -> None:
    assert model.display_name(BEN) == "Ben"
    assert model.display_name("@dora:example.org") == "dora"
    changed: list[bool] = []
    model.apply(Reset(talk(2)))
    model.dataChanged.connect(lambda *_: changed.append(True))
    model.set_display_name(lambda _: "Someone")
    assert model.display_name(BEN) == "Someone"
    assert changed == [True]
