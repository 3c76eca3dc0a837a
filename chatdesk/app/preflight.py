"""Can a window open here? Found out before Qt is loaded, because Qt ends the process when it cannot.

Answers in one sentence that says what to install or set; None when all is well.
"""

import ctypes
import importlib.util
import os
import re
import sys
from pathlib import Path

_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""The Debian package of each system library that Qt's X11 and Wayland plugins load."""


def problem() -> str | None:
    """Why no window can open here, or None."""
    if importlib.util.find_spec("PySide6") is None:
        return "Qt is missing. Install it with: pip install PySide6-Essentials"
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") not in (None, "", "xcb"):
        return _missing_library("Qt/lib/libQt6Widgets.so.6") if sys.platform == "linux" else None
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return (
            "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. "
            "Start chatdesk in a desktop session, or set DISPLAY."
        )
    missing = _missing_library("Qt/lib/libQt6Widgets.so.6")
    if missing is not None:
        return missing
    # Qt takes whichever of the two works: without a usable X server a Wayland session is still enough.
    wayland = _missing_library("Qt/plugins/platforms/libqwayland.so") if os.environ.get("WAYLAND_DISPLAY") else ""
    if wayland is None or not os.environ.get("DISPLAY"):
        return wayland
    return _missing_library("Qt/plugins/platforms/libqxcb.so") or _unreachable_display()


def _missing_library(inside_pyside: str) -> str | None:
    spec = importlib.util.find_spec("PySide6")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(folders[0]) / inside_pyside if folders else None
    if path is None or not path.exists():
        return None
    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        found = re.match(r"([^\s:]+):", str(error))
        library = found[1] if found else str(error)
        package = _PACKAGES.get(library)
        hint = f", on Debian or Ubuntu with: sudo apt-get install {package}" if package else ""
        return f"Qt needs the system library {library}, which is not installed. Install it{hint}."
    return None


def _unreachable_display() -> str | None:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if not failed:
        return None
    return (
        f"The display {os.environ['DISPLAY']} cannot be reached. Set DISPLAY to a running X server that you may use, "
        "for example the one of your desktop session."
    )
