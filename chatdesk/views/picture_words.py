"""The words around pictures: why one is not shown, and what that means to do. Main thread (translations); no state."""

from PySide6.QtCore import QObject

from chatdesk.models.decoding import Fault


class PictureWords(QObject):
    def fault(self, fault: Fault) -> str:
        match fault:
            case Fault.UNREACHABLE:
                return self.tr("The picture is not here yet")
            case Fault.NO_PICTURE:
                return self.tr("This file is not a picture")
            case Fault.OTHER_KIND:
                return self.tr("This kind of picture is not shown here")
            case Fault.DRAWING:
                return self.tr("Drawings are not shown here: they can refer to other files")
            case Fault.TOO_LARGE:
                return self.tr("The picture is too large to be shown here")
            case Fault.DAMAGED:
                return self.tr("The picture is damaged or not whole")

    def broken(self, name: str, fault: Fault) -> str:
        """With what a click does."""
        return self.tr("{0}: {1}. Click to save the file.").format(name, self.fault(fault))
