"""Which files could run something when they are opened. Pure, any thread; decides by name, never reads a file."""

from pathlib import PurePath

_WORDS = (
    # Windows: programs, installers, scripts, shortcuts and everything its shell runs on a double click
    "exe com scr pif cpl msi msp mst msc bat cmd ps1 psm1 vbs vbe js jse ws wsf wsh hta reg lnk url inf scf gadget "
    "appref-ms application msix appx jar jnlp dll ocx sys chm hlp iso img vhd vhdx xll settingcontent-ms "
    # macOS
    "app pkg mpkg dmg command tool workflow action terminal scpt applescript osx "
    # Linux and other systems with a shell
    "sh bash zsh fish csh ksh run bin elf appimage desktop deb rpm flatpak flatpakref snap so py pyc pyw pl rb php lua "
    # documents that carry macros
    "docm dotm xlsm xltm xlam pptm potm ppam ppsm sldm"
)
_PROGRAMS = frozenset(_WORDS.split())
_MORE = (
    "7z rar gz bz2 xz zst tgz docx xlsx pptx odt ods odp odg epub mobi flac ogg oga ogv opus m4a m4v mkv wma wmv "
    "heic heif avif webp jxl psd md rst log yaml yml toml ini cfg conf ics vcf kdbx gpx kml geojson po srt sqlite "
    "db dwg dxf stl step blend ttf otf woff2 eml tex bib parquet ipynb go rs c h cpp hpp java kt swift ts tsx sql "
    "diff patch bak"
)
_USUAL = frozenset(_MORE.split())
"""What Python's own table of types lacks."""


def may_run(name: str) -> bool:
    """True when opening a file of this name could run a program of the sender's. A file without an extension counts:
    nothing says what it is."""
    suffix = PurePath(name.strip()).suffix.rstrip(". ").lower()
    return not suffix.removeprefix(".") or suffix.removeprefix(".") in _PROGRAMS


def is_known(name: str) -> bool:
    """True when it can be said what kind of file this is. By tables of our own: the system's differ."""
    import mimetypes  # with the first file that is opened

    suffix = PurePath(name.strip()).suffix.rstrip(". ").lower()
    known = mimetypes.MimeTypes(filenames=()).types_map
    return suffix.removeprefix(".") in _USUAL or any(suffix in table for table in known)
