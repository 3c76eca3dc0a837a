"""The operations few programs show: notes, faces, places, custom data, export, import, sending to many, finding by
whatever names a message. Main thread only."""

import json

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from chatdesk.domain.elements import Custom, Face, Location
from chatdesk.domain.mailings import CopyState
from chatdesk.views.custom_dialog import CustomDialog
from chatdesk.views.export_dialog import ExportDialog
from chatdesk.views.import_dialog import ImportDialog
from chatdesk.views.location_dialog import LocationDialog
from chatdesk.views.mailing_dialog import MailingDialog
from tests.app.live_window import type_into, until
from tests.filmstrip.stage import Scene, Stage

PEOPLE, FAILING = 12, 3
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_MOODS = ("happy", "sad", "surprised", "sleepy", "in love", "thinking", "laughing", "angry")


async def notes(stage: Stage) -> None:
    await stage.open("Ben", "Looking forward")
    field = stage.window.chat_view.composer.field
    stage.type("Ask Ben whether the tent is dry")
    QTest.keyClick(field, Qt.Key.Key_Return, _CTRL_SHIFT)
    await until(lambda: "tent" in stage.messages()[-1].text, "the note")
    await stage.both("private-note")
    QTest.keyClick(field, Qt.Key.Key_Up)
    await stage.shoot("private-note-changed")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    await stage.choose(stage.messages()[-1], "deleteMessage")
    await stage.dialog()
    await stage.both("delete-private-note")
    await stage.close_dialogs()


def _draw_faces(stage: Stage) -> str:
    """Two sets of round faces, each with its own colour."""
    folder = stage.folder / "faces"
    for place, (name, hue) in enumerate((("", 45), ("Sea creatures", 190))):
        inner = folder / name
        inner.mkdir(exist_ok=True)
        for number, mood in enumerate(_MOODS):
            picture = QImage(96, 96, QImage.Format.Format_ARGB32)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor.fromHsv((hue + 9 * number) % 360, 190, 240))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QRectF(6, 6, 84, 84))
            painter.setBrush(QColor("#30343a"))
            for x in (32, 64):
                painter.drawEllipse(QRectF(x - 5, 34, 10, 6 + 2 * (number % 4)))
            painter.drawChord(QRectF(30, 46 + 4 * place, 36, 24), (180 if number % 2 == 0 else 0) * 16, 180 * 16)
            painter.end()
            picture.save(str(inner / f"{number + 1}_{mood}.png"))
    return str(folder)


async def faces(stage: Stage) -> None:
    await stage.open("Ben", "Looking forward")
    tools = stage.window.chat_view.composer.tools
    tools.choose_face()
    await until(lambda: tools._popup().isVisible(), "the picker")
    await stage.shoot("faces-none")
    tools._popup().close()
    tools.take_face_folder(_draw_faces(stage))
    picker = tools._popup().picker
    await until(lambda: picker.faces.count() == len(_MOODS), "faces")
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClick(picker.faces, Qt.Key.Key_Right)
    await stage.both("faces")
    QTest.keyClick(picker.faces, Qt.Key.Key_Return)
    await until(lambda: isinstance(stage.messages()[-1].elements[0], Face), "the face")


async def places_and_data(stage: Stage) -> None:
    await stage.open("Ben", "Looking forward")
    tools = stage.window.chat_view.composer.tools
    tools.choose_location()
    place = await stage.dialog()
    assert isinstance(place, LocationDialog)
    QTest.keyClicks(place.place, "52.5163, 13.3777")
    QTest.keyClicks(place.description, "Brandenburg Gate")
    await stage.both("send-location")
    QTest.keyClick(place.description, Qt.Key.Key_Return)
    await until(lambda: isinstance(stage.messages()[-1].elements[0], Location), "the place")
    tools.choose_custom()
    dialog = await stage.dialog()
    assert isinstance(dialog, CustomDialog)
    dialog.description.setText("Order 1234: two tents, delivered on Friday")
    dialog.data.setPlainText('{\n  "order": 1234,\n  "items": ["tent", "tent"]\n}')
    await stage.both("custom-data")
    dialog.action_button.click()
    await until(lambda: isinstance(stage.messages()[-1].elements[0], Custom), "the data")
    await stage.both("face-location-and-data")
    await stage.choose(stage.messages()[-1], "viewMessageData")
    await stage.dialog()
    await stage.both("view-data")
    await stage.close_dialogs()


def _last_summer() -> list[dict[str, object]]:
    """As an export of chatdesk says it: an answer, a reaction, a recall."""

    def said(number: int, sender: str, text: str, **more: object) -> dict[str, object]:
        element = {"elem_type": 0, "text_elem_content": text}
        time_s = 1_782_000_000 + 7000 * number
        named = {"message_msg_id": f"summer-{number}", "message_sender": sender, "message_server_time": time_s}
        return {"message_elem_array": [element], **named, **more}

    liked = {
        "message_reaction_id": "👍",
        "message_reaction_partial_user_info_array": [{"user_profile_identifier": "ann"}],
    }
    return [
        said(1, "wei", "We found the boat!", chatdesk_reactions=[liked]),
        said(2, "ann", "Well done!", chatdesk_message={"reply_to": "summer-1"}),
        said(3, "wei", "", message_status=6),
        said(4, "wei", "Still raining on the third day.", chatdesk_message={"edited_ms": 1_782_030_000_000}),
    ]


async def out_and_in(stage: Stage) -> None:
    await stage.open("Ben", "Looking forward")
    window = stage.window
    window.chat_view.header.export_asked.emit()
    dialog = await stage.dialog()
    assert isinstance(dialog, ExportDialog)
    dialog.files.setChecked(True)
    await stage.both("export")
    dialog.write(stage.folder / "Ben.html")
    await until(lambda: "Ben.html" in dialog.said.text(), "the page")
    await stage.shoot("exported")
    await stage.close_dialogs()
    earlier = stage.folder / "Last summer.json"
    earlier.write_text(json.dumps(_last_summer()), encoding="utf-8")
    window.list_pane.import_asked.emit()
    incoming = await stage.dialog()
    assert isinstance(incoming, ImportDialog)
    incoming.take_file(earlier)
    incoming.target.setCurrentIndex(incoming.target.findText("王伟"))
    await until(incoming.action_button.isEnabled, "what is in it")
    await stage.both("import")
    incoming.action_button.click()
    await until(lambda: "imported" in incoming.said.text(), "the import")
    await stage.both("imported")
    await stage.close_dialogs()
    await stage.open("王伟", "third day")
    stage.pane.show_message(stage.message("third day").key)
    await stage.both("imported-messages")
    window.list_pane.import_asked.emit()
    again = await stage.dialog()
    assert isinstance(again, ImportDialog)
    await until(again.undo_button.isVisible, "what can be undone")
    again.undo_button.click()
    await until(lambda: "undone" in again.said.text(), "the undoing")
    await stage.close_dialogs()


async def many(stage: Stage) -> None:
    """Some of whom the server does not know."""
    window = stage.window
    server = stage.cast.accounts["ann"].user_id.partition(":")[2]
    names = [f"guest-{number}" for number in range(PEOPLE)]
    for number, name in enumerate(names):
        if number >= FAILING:
            await stage.server.register(name, "secret", f"Guest {number}")
    window.list_pane.mailing_asked.emit()
    dialog = await stage.dialog()
    assert isinstance(dialog, MailingDialog)
    dialog.people.field.setText(" ".join(f"@{name}:{server}" for name in names))
    QTest.keyClick(dialog.people.field, Qt.Key.Key_Return)
    dialog.text.setPlainText("We start at nine on Saturday, by the harbour. Bring a coat!")
    dialog.action_button.click()
    await stage.both("mailing-preview")
    dialog.action_button.click()
    assert window._session is not None
    model = window._session.mailing
    await until(lambda: len(model.copies) == PEOPLE and not model.is_running, "a verdict for everybody")
    assert [copy.state for copy in model.copies].count(CopyState.FAILED) == FAILING
    await stage.both("mailing-results")
    for name in names[:FAILING]:
        await stage.server.register(name, "secret", name)
    assert dialog.action_button.text() == f"Try {FAILING} again"
    dialog.action_button.click()
    await until(lambda: not model.is_running, "the second try")
    assert all(copy.state is CopyState.SENT for copy in model.copies)
    await stage.shoot("mailing-retried")
    dialog.another_button.click()
    await stage.close_dialogs()


async def finding(stage: Stage) -> None:
    """By locators, by a date."""
    await stage.open("Ben", "Looking forward")
    shown = [message for message in stage.messages() if message.message_id and not message.is_tip][:3]
    locators = [
        {
            "message_locator_time": message.time_ms // 1000,
            "message_locator_seq": message.seq,
            "message_locator_rand": message.rand,
            "message_locator_is_self": message.is_self,
        }
        for message in shown
    ]
    nowhere = {"message_locator_time": 1, "message_locator_seq": 7, "message_locator_rand": 9}
    window = stage.window
    window.open_switcher()
    dialog = await stage.dialog()
    field = stage.find(QLineEdit, "switcherField")
    type_into(field, json.dumps([*locators, nowhere]))
    await stage.both("find-by-locators")
    type_into(field, shown[0].message_id)
    await stage.shoot("find-by-id")
    type_into(field, "2026-11-27 09:30")
    await stage.shoot("find-by-date")
    dialog.close()
    QApplication.processEvents()


SCENES: tuple[Scene, ...] = (notes, faces, places_and_data, out_and_in, many, finding)
