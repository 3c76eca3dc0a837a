"""The account's picture in a circle, its letters while there is none. Main thread only; fetching is the thumbnails'."""

from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import Avatar

_LINES = 4.4


class OwnPicture(Avatar):
    def __init__(self, theme: Theme, thumbnails: Thumbnails | None) -> None:
        super().__init__(theme, _LINES)
        self.setObjectName("ownPicture")
        self.set_thumbnails(thumbnails)

    def show_for(self, name: str, key: str, is_group: bool = False, uri: str = "") -> None:
        self.setAccessibleName(self.tr("Your picture") if uri else self.tr("No picture yet"))
        super().show_for(name, key, is_group, uri)
