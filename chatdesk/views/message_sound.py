"""Sounds inside a message: a disc to play and pause, how loud it is where, how far it is, how fast it goes.

Main thread. A card of its own geometry; what is heard comes with each paint and each question about a point.
"""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from chatdesk.domain.elements import Sound
from chatdesk.models.sounds import Sounds
from chatdesk.views.message_glyphs import Glyph, draw_glyph, draw_ring
from chatdesk.views.message_media import CardBlock, Facts, elided, moving_share, style_height
from chatdesk.views.message_style import Style
from chatdesk.views.message_words import Words, duration_text
from chatdesk.views.wave_painting import paint_wave

_BAR, _GAP = 3, 2
_START = "0:00"


class SoundBlock(CardBlock):
    def __init__(self, element: Sound, style: Style, words: Words, width: int) -> None:
        super().__init__(element, style, words, width)
        self._sound = element
        self.width = min(width, max(self.width, style.card if element.waveform else 0))

    # -- what is where, from the block's top left ---------------------------------------------------------------------

    @property
    def _wave(self) -> QRectF:
        """Where the waveform stands."""
        style = self._style
        left = 0 if style.is_rtl else style.icon + style.px(10)
        width = self.width - style.icon - style.px(10) - self._speed_width
        left += self._speed_width if style.is_rtl else 0
        return QRectF(left, (self.height - style_height(style)) / 2, max(width, 1), style.name_line)

    @property
    def _speed_width(self) -> int:
        return ceil(self._style.small_metrics.horizontalAdvance("1.5×")) + 2 * self._style.small_gap

    @property
    def _speed(self) -> QRectF:
        wave = self._wave
        x = 0 if self._style.is_rtl else self.width - self._speed_width
        return QRectF(x, wave.y(), self._speed_width, wave.height())

    def share_at(self, x: int, y: int) -> float:
        """How far into the sound a point is; -1 where there is no waveform."""
        wave = self._wave
        if not self._sound.waveform or not wave.contains(x, y):
            return -1.0
        share = (x - wave.x()) / wave.width()
        return 1 - share if self._style.is_rtl else share

    def is_speed(self, x: int, y: int) -> bool:
        return self._speed.contains(x, y)

    # -- painting ----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, x: int, y: int, facts: Facts, right_room: int) -> None:
        sounds = facts.sounds
        is_current = sounds is not None and sounds.is_current(*facts.place)
        if not self._sound.waveform and not is_current:
            super().paint(painter, x, y, facts, right_room)
            return
        style, colors = self._style, self._style.colors
        disc_x = x + self.width - style.icon if style.is_rtl else x
        disc = QRectF(disc_x, y + (self.height - style.icon) / 2, style.icon, style.icon)
        self._paint_play(painter, disc, facts, sounds if is_current else None)
        heard = sounds.share if is_current and sounds is not None else 0.0
        wave, bars = self._wave.translated(x, y), (style.px(_BAR), style.px(_GAP))
        paint_wave(painter, wave, self._sound.waveform, heard, colors, *bars, is_mirrored=style.is_rtl)
        if is_current and sounds is not None:
            painter.setFont(style.small_font)
            painter.setPen(colors.color("accent"))
            text = f"{sounds.speed:g}×"
            painter.drawText(self._speed.translated(x, y), Qt.AlignmentFlag.AlignCenter, text)
        detail = self._words.transfer(facts.download, self._words.card_facts(self._sound))
        if facts.progress is not None:
            detail = self._words.uploading(facts.progress.sent, facts.progress.total)
        elif is_current and sounds is not None:
            detail = f"{duration_text(sounds.position_ms) or _START} / {duration_text(self._sound.duration_ms)}"
        width = self.width - style.icon - style.px(10)
        detail = elided(style.small_metrics, detail, width - right_room)
        left = x if style.is_rtl else x + style.icon + style.px(10)
        shift = width - style.small_metrics.horizontalAdvance(detail) if style.is_rtl else 0
        painter.setFont(style.small_font)
        painter.setPen(colors.color("muted"))
        painter.drawText(QPointF(left + shift, y + self.detail_top + style.small_metrics.ascent()), detail)

    def _paint_play(self, painter: QPainter, disc: QRectF, facts: Facts, sounds: Sounds | None) -> None:
        colors = self._style.colors
        ink = colors.color("on_accent")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("accent"))
        painter.drawEllipse(disc)
        painter.restore()
        side = disc.width()
        share = moving_share(facts)
        if share is not None:
            edge = side * 0.1
            faint = QColor(ink)
            faint.setAlpha(70)
            draw_ring(painter, disc.adjusted(edge, edge, -edge, -edge), share, ink, faint, max(2.0, side * 0.06))
        edge = side * 0.28
        is_playing = sounds is not None and (sounds.is_playing or sounds.is_loading)
        draw_glyph(painter, Glyph.PAUSE if is_playing else Glyph.PLAY, disc.adjusted(edge, edge, -edge, -edge), ink)
