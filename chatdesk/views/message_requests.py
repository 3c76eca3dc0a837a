"""What the message pane asks for: one signal per wish, always by message key. Main thread; owns nothing.

Mouse, keys, menus and screen readers all end here, so whoever carries the wishes out connects once. Keys are 64 bits
wide: Signal(int) would cut them to 32.
"""

from PySide6.QtCore import QObject, Signal


class Requests(QObject):
    revoke_requested = Signal(object)
    retry_requested = Signal(object)
    discard_requested = Signal(object)
    """An own message that has not left: forget it."""
    download_requested = Signal(object, int)
    """Message key and the number of its element."""
    save_as_requested = Signal(object, int)
    view_requested = Signal(object, int)
    """Show a picture large."""
    sound_requested = Signal(object, int, float, bool)
    """Play or pause; with a share (0 to 1, else -1) go there, or with True change the speed, if it plays already."""
    open_requested = Signal(object)
    """The id of a finished download."""
    folder_requested = Signal(object)
    """Show where it lies: the id of a finished download."""
    cancel_requested = Signal(object)
    """The id of a running download."""
    pause_requested = Signal(object)
    resume_requested = Signal(object)
    """The id of a paused download, or of one that failed."""
    copy_file_requested = Signal(object)
    """Put it on the clipboard: the id of a finished download."""
    copy_picture_requested = Signal(object, int)
    """Put a picture itself on the clipboard."""
    save_all_requested = Signal(object)
    """Keys and element numbers of several files."""
    local_file_requested = Signal(str, bool)
    """The path of an own file that was sent from here, and whether its folder is wanted."""
    link_activated = Signal(str)
    reply_requested = Signal(object)
    edit_requested = Signal(object)
    edit_again_requested = Signal(object)
    """Put the text of a recalled message into the composer."""
    react_requested = Signal(object, str)
    """Put a symbol there, or take the own one away."""
    pin_requested = Signal(object, bool)
    """Pin it for everybody, or take the pin away."""
    forward_requested = Signal(object)
    """A tuple of keys."""
    delete_requested = Signal(object)
    """A tuple of keys."""
    permalink_requested = Signal(object)
    """Put the address of a message on the clipboard."""
    undo_requested = Signal()
    """Bring back what was deleted a moment ago."""
    message_wanted = Signal(object)
    """A message that a quote leads to and that is not loaded."""

    # What the pane itself answers.
    choose_requested = Signal(object)
    readers_requested = Signal(object)
    details_requested = Signal(object)
    data_requested = Signal(object)
    """The details with what the message consists of."""
    day_clicked = Signal(object)
    """The date line above this message."""
    quote_clicked = Signal(object)
    picker_requested = Signal(object)
    """Choose a symbol to react with."""
    whole_requested = Signal(object, int)
    """Show a text that is too long to be laid out in its bubble."""
