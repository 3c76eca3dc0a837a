"""The catalogues: complete, in the right contexts, with the right plurals; and which one a setting chooses."""

import errno
import os
import re
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

import chatdesk
from chatdesk.app import languages
from chatdesk.core.disk_errors import disk_error
from chatdesk.domain.errors import InputError
from chatdesk.matrix.failures import from_transport
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.sentences import translated
from chatdesk.resources import resources
from chatdesk.views.new_conversation_dialog import NewConversationDialog

TRANSLATIONS = resources() / "translations"


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[None]:
    """Takes every language back out."""
    before, locale = set(qapp.findChildren(QTranslator)), QLocale()
    yield
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


@pytest.mark.parametrize("name", ["chatdesk_zh_CN", "chatdesk_en"])
def test_a_catalogue_is_complete(name: str) -> None:
    root = Xml.parse(TRANSLATIONS / f"{name}.ts").getroot()
    messages = list(root.iter("message"))
    assert messages
    for message in messages:
        source, translation = message.findtext("source"), message.find("translation")
        assert source and translation is not None
        forms = [form.text or "" for form in translation] or [translation.text or ""]
        assert translation.get("type") is None, source
        for form in forms:
            assert form.strip(), source
            for place in re.findall(r"%n|\{\w+\}", source):
                assert place in form, source
        if name.endswith("zh_CN") and re.search(r"[A-Za-z]{3}", re.sub(r"%n|chatdesk|^HTTP$|^SOCKS5$", "", source)):
            assert any(re.search(r"[\u4e00-\u9fff]", form) for form in forms), source


def test_every_context_is_a_class_so_that_tr_finds_it() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in Path(chatdesk.__file__).parent.rglob("*.py"))
    root = Xml.parse(TRANSLATIONS / "chatdesk_zh_CN.ts").getroot()
    for context in root.iter("context"):
        name = context.findtext("name")
        assert re.search(rf'^class {name}\b|translate\(\s*"{name}"', sources, re.MULTILINE), name


@pytest.mark.parametrize(
    ("setting", "system", "chosen"),
    [
        ("zh_CN", ["de-DE"], "zh_CN"),
        ("en", ["zh-Hans-CN"], "en"),
        ("system", ["zh-Hans-CN", "en-US"], "zh_CN"),
        ("system", ["zh-SG"], "zh_CN"),
        ("system", ["en-US", "zh-CN"], "en"),
        ("system", ["de-DE", "zh-CN"], "zh_CN"),
        ("system", ["zh-Hant-TW"], "en"),
        ("system", ["de-DE"], "en"),
        ("system", [], "en"),
    ],
)
def test_the_choice(setting: str, system: list[str], chosen: str) -> None:
    assert languages.choose(setting, system) == chosen


@pytest.mark.parametrize(
    ("chosen", "system", "time", "day"),
    [
        ("en", "de_DE", "HH:mm", "Monday"),
        ("en", "en_US", "h:mm", "Monday"),
        ("en", "en_GB", "HH:mm", "Monday"),
        ("en", "C", "HH:mm", "Monday"),
        ("en", "zh_CN", "HH:mm", "Monday"),
        ("zh_CN", "zh_CN", "HH:mm", "星期一"),
        ("zh_CN", "en_US", "HH:mm", "星期一"),
    ],
)
def test_formats_are_those_of_the_place(chosen: str, system: str, time: str, day: str) -> None:
    locale = languages.formats(chosen, QLocale(system))
    assert locale.timeFormat(QLocale.FormatType.ShortFormat).startswith(time)
    assert locale.standaloneDayName(1) == day
    assert system == "en_US" or locale.firstDayOfWeek() is Qt.DayOfWeek.Monday


def test_chinese(qapp: QApplication, speak: None) -> None:
    assert languages.install(qapp, "zh_CN") == "zh_CN"
    assert QCoreApplication.translate("MenuWords", "Recall") == "撤回"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"  # Qt's own
    assert QLocale().name() == "zh_CN"


def test_what_the_core_says_in_chinese(qapp: QApplication, speak: None) -> None:
    languages.install(qapp, "zh_CN")
    assert translated(str(InputError("There is nothing to send."))) == "没有可发送的内容。"
    error = from_transport(httpx.ReadTimeout(""), "example.org")
    assert translated(str(error)) == "example.org 响应超时。请检查网络连接。"
    refused = disk_error(Path("/somewhere/a{b}.txt"), PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    assert translated(str(refused)) == "无法写入“a{b}.txt”：权限不足。"
    assert str(refused) == "“a{b}.txt” cannot be written: Permission denied."
    assert translated("Something nobody wrote down") == "Something nobody wrote down"
    model = ConversationListModel()
    assert model.tr("%n unread", "", 3) == "3 条未读"
    assert NewConversationDialog.tr is not None
    model.deleteLater()


def test_english_plurals(qapp: QApplication, speak: None) -> None:
    assert languages.install(qapp, "en") == "en"
    one, many = (QCoreApplication.translate("DownloadsModel", "%n files", None, count) for count in (1, 2))
    assert (one, many) == ("1 file", "2 files")
