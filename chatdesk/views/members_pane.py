"""The people of the open conversation, in the side pane. Main thread only; the list is the MembersModel's."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from chatdesk.domain.conversations import Member
from chatdesk.models.members import MembersModel
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.person_delegate import AnyIndex, PersonDelegate, Texts
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import IconButton, PaneHeader, PlainLabel, TabStopWhenFilled


class MembersPane(QWidget):
    closed = Signal()
    invite_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: MembersModel | None = None
        self.setObjectName("membersPane")
        self.setAccessibleName(self.tr("Members"))
        self.setProperty("surface", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._header = PaneHeader(theme, self.tr("Members"), self.tr("Close members"), "closeMembers")
        self._header.closed.connect(self.closed)
        self.invite_button = IconButton(theme, "invite", self.tr("Invite people"), "inviteButton")
        self.invite_button.clicked.connect(self.invite_asked)
        self._header.row.insertWidget(1, self.invite_button)
        self.list = QListView()
        self.list.setObjectName("memberList")
        self.list.setAccessibleName(self.tr("Members"))
        self._delegate = PersonDelegate(theme, _texts, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._problem = PlainLabel()
        self._problem.setObjectName("membersError")
        self._problem.setProperty("kind", "error")
        self._problem.setWordWrap(True)
        self._problem.setContentsMargins(2 * SPACING, 0, 2 * SPACING, SPACING)
        self._problem.hide()
        theme.changed.connect(self.list.viewport().update)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._problem)
        column.addWidget(self.list, 1)

    def set_model(self, model: MembersModel | None) -> None:
        if self._model is not None:
            self._model.loaded.disconnect(self._show_count)
            self._model.modelReset.disconnect(self._show_count)
            self._model.failed.disconnect(self._fail)
        self._model = model
        self.list.setModel(model)
        if model is not None:
            TabStopWhenFilled(self.list)
            model.loaded.connect(self._show_count)
            model.modelReset.connect(self._show_count)
            model.failed.connect(self._fail)
            self._show_count()

    def set_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Where pictures come from."""
        self._delegate.set_thumbnails(thumbnails)

    def _show_count(self) -> None:
        count = 0 if self._model is None else self._model.joined_count
        self._header.title.setText(self.tr("Members · %n", "", count) if count else self.tr("Members"))
        self._problem.hide()

    def _fail(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()


def _texts(index: AnyIndex) -> Texts:
    member: Member = index.data(MembersModel.MEMBER)
    shown: str = index.data(Qt.ItemDataRole.DisplayRole)
    return Texts(shown, member.user_id, index.data(MembersModel.DETAIL), member.name, member.avatar_uri)
