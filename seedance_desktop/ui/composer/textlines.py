"""A text over a few lines with some of it marked, for rows that are painted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from seedance_desktop.ui import theme

Span = tuple[int, int]
"""From the first character to past the last one."""

_BEFORE = 24  # characters that stand before the first find, where that isn't in view
_IN_VIEW = 90


def found(text: str, words: str) -> list[Span]:
    """Where the words of a search stand in a text, capital letters or not; overlapping ones are one."""
    wanted = [re.escape(word) for word in words.split()]
    if not wanted:
        return []
    pattern = re.compile("|".join(sorted(wanted, key=len, reverse=True)), re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]


def excerpt(text: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """The text from a little before its first find on, where that would not be in view, and the spans in it."""
    if not spans or spans[0][0] < _IN_VIEW:
        return text, list(spans)
    start = spans[0][0] - _BEFORE
    space = text.find(" ", start, spans[0][0])
    start = space + 1 if space >= 0 else start
    return "…" + text[start:], [(one - start + 1, end - start + 1) for one, end in spans]


@lru_cache(maxsize=256)
def broken(text: str, scale: str, width: int, most: int) -> tuple[Span, ...]:
    """Where a text breaks into lines of `width` pixels: at most `most`, the last of which holds all the rest."""
    layout = QTextLayout(text, theme.font(scale))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[Span] = []
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append((line.textStart(), line.textStart() + line.textLength()))
    layout.endLayout()
    if lines:
        lines[-1] = (lines[-1][0], len(text))
    return tuple(lines)


def flat(text: str) -> str:
    """The text on one paragraph, every letter where it was."""
    return text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("\u2028", " ").replace("\u2029", " ")


def high(text: str, scale: str, width: int, most: int, line: int) -> int:
    """How high the text is in pixels, `line` for each line."""
    return max(1, len(broken(flat(text), scale, max(1, width), most))) * line


def draw(
    painter: QPainter, box: QRect, text: str, spans: Sequence[Span], *, scale: str, most: int, line: int, ink: str
) -> None:
    """Draw it from the top of `box`, with `spans` marked and an ellipsis where it doesn't end."""
    font = theme.font(scale)
    metrics = QFontMetricsF(font)
    for row, (start, end) in enumerate(broken(flat(text), scale, max(1, box.width()), most)):
        part = flat(text)[start:end].rstrip()  # the space that a line breaks at hangs over its end
        if end == len(text):
            part = metrics.elidedText(part, Qt.TextElideMode.ElideRight, box.width() + 0.5)
        layout = QTextLayout(part, font)
        layout.setFormats(_formats(len(part), start, spans, ink))
        layout.beginLayout()
        laid = layout.createLine()
        laid.setLineWidth(1e6)
        layout.endLayout()
        layout.draw(painter, QPointF(box.left(), box.top() + row * line + (line - laid.height()) / 2))


def _formats(length: int, start: int, spans: Sequence[Span], ink: str) -> list[QTextLayout.FormatRange]:
    formats = [_format(0, length, ink, "")]
    for one, end in spans:
        first, past = max(0, one - start), min(length, end - start)
        if first < past:
            formats.append(_format(first, past - first, "accent-text", "accent-tint"))
    return formats


def _format(start: int, length: int, ink: str, ground: str) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    look = QTextCharFormat()
    look.setForeground(theme.color(ink))
    if ground:
        look.setBackground(theme.color(ground))
    made.start, made.length, made.format = start, length, look
    return made
