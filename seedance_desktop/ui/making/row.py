"""One clip in the making as a row of real widgets: on its way, or failed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import spoken, theme
from seedance_desktop.ui.accessible import as_item
from seedance_desktop.ui.controls import Button, Chip, ElidedLabel, Panel, Text
from seedance_desktop.ui.flow import Flow
from seedance_desktop.ui.glyph import Glyph
from seedance_desktop.ui.posters import Posters
from seedance_desktop.ui.wishes import Wishes

from . import actions
from .bar import Bar
from .face import Face, spoken_name
from .slot import Slot

_CORNER = ("queue", "remove", "stop", "menu")  # actions that stand as icons on the title's line
_QUEUED = ("queue", "remove")  # the buttons of what is planned
_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_NARROW, _GAP = 320, 5
_LEAST = 200
_TONES = {
    "plain": ("raised", "card-border"),
    "danger": ("danger-tint", "danger"),
    "warning": ("warning-tint", "warning"),
}


class Row(Panel):
    """What every kind of row shares: a slot, a title, buttons that change only when the actions do."""

    def __init__(self, clip: Clip, face: Face, wishes: Wishes, posters: Posters, library: Path) -> None:
        fill, border = _TONES[face.tone]
        super().__init__(fill, border=border, radius="card")
        self.tone = face.tone
        self.clip = clip
        self._wishes = wishes
        self._asked: tuple[object, ...] = ()
        self._buttons: dict[str, Button] = {}
        self.slot = Slot(posters, library)
        as_item(self, clip.recipe.prompt)

    def show_clip(self, clip: Clip, face: Face) -> bool:
        """Show this state; what is the same as before is not touched. Whether the buttons are new ones."""
        self.clip = clip
        self.slot.show_clip(clip)
        self.show_face(clip, face)
        asked = (face.actions, clip.task, clip.price, clip.stage)
        if asked == self._asked:
            return False
        self._asked = asked
        self._rebuild(face.actions)
        return True

    def show_face(self, clip: Clip, face: Face) -> None:
        """Show what changes with time alone; rows add their words to this."""
        name = spoken_name(clip, face)
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its widgets want at first: a row that gets less room rearranges itself."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def stops(self) -> list[QWidget]:
        """Where Tab stops in the row, in order."""
        return list(self._buttons.values())

    def button(self, name: str) -> Button:
        """The button of an action; KeyError where the row hasn't it."""
        return self._buttons[name]

    def place(self, name: str, button: Button) -> None:
        """Put a new button where it belongs; rows say where."""
        raise NotImplementedError

    def _rebuild(self, names: tuple[str, ...]) -> None:
        focus = self.window().focusWidget()
        focused = next((name for name, button in self._buttons.items() if button is focus), "")
        for button in self._buttons.values():
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for name in names:
            self._buttons[name] = actions.build(name, self.clip, self._wishes)
            self.place(name, self._buttons[name])
        if focused and self._buttons:
            heir = self._buttons.get(focused, next(iter(self._buttons.values())))
            heir.show()  # at once: what isn't shown yet can't have the focus
            heir.setFocus()


class TitleLine(QHBoxLayout):
    """The shot's badge and the first words of the prompt."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(6)
        self._shot, self._title = Chip("", "outline"), ElidedLabel("", "body-strong", "text")
        self.addWidget(self._shot)
        self.addWidget(self._title, 1)

    def show_clip(self, clip: Clip, title: str = "") -> None:
        """Say which clip it is: by `title`, else by the first words of its prompt."""
        put(self._title, title or spoken.title(clip))
        put(self._shot, clip.shot)
        self._shot.setVisible(bool(clip.shot))


class WayRow(Row):
    """A clip on its way: title, stage and money, bar. While it is planned, its place in the queue can be changed."""

    menu_wanted = Signal(object, QPoint)  # id of the clip; where, on the screen
    step_wanted = Signal(object, int)  # id of the clip; -1 is up, 1 is down

    def __init__(self, clip: Clip, face: Face, wishes: Wishes, posters: Posters, library: Path) -> None:
        super().__init__(clip, face, wishes, posters, library)
        self._glyph = Glyph()
        self._word = ElidedLabel("", "label", "text-2", tabular=True)
        self._money = Text("", "caption", "text-2", tabular=True)
        self._sentence = Text("", "caption", "text-3", wrap=True)
        self._bar = Bar()
        self._note = ElidedLabel("", "caption", "text-3", tabular=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._top = TitleLine()
        self._middle = _line(self._glyph, self._word)
        self._middle.addStretch(1)
        self._below = _line(self._bar)
        self._below.setSpacing(8)
        self._lowest = _line()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch()
        for line in (self._top, self._middle, self._below, self._lowest):
            words.addLayout(line)
        words.addWidget(self._sentence)
        words.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 9, 8, 9)
        layout.setSpacing(10)
        layout.addWidget(self.slot, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        self.setMinimumHeight(66)
        self._bar.hide()
        self._narrow: bool | None = None
        self._fit(narrow=False)
        self.show_clip(clip, face)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow row puts its money on a line of its own."""
        super().resizeEvent(event)
        self._fit(narrow=self._is_narrow())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of a planned clip, by the mouse or by the menu key."""
        if "queue" in self._buttons:
            self._ask_menu(event.globalPos())
        else:
            super().contextMenuEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt with up and down, from any button of the row, moves a planned clip; a button would take the arrows."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _KEYS.get(Qt.Key(event.key()), 0)
            if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.step_wanted.emit(self.clip.id, step)
                return True
        return super().eventFilter(watched, event)

    def place(self, name: str, button: Button) -> None:
        """Icons on the title's line, Undo after the words that it takes back."""
        if name in _QUEUED:
            button.installEventFilter(self)
        if name == "queue":
            button.clicked.connect(lambda: self._ask_menu(button.mapToGlobal(button.rect().bottomLeft())))
        if name in _CORNER:
            self._top.addWidget(button)
        else:
            self._middle.insertWidget(2, button)
        self._fit(narrow=self._is_narrow())

    def show_face(self, clip: Clip, face: Face) -> None:
        """Icon, words, money, bar."""
        super().show_face(clip, face)
        self._top.show_clip(clip, face.title)
        self._glyph.show_icon(face.icon, face.color)
        put(self._word, face.word)
        self._word.set_color(face.color)
        put(self._money, face.money)
        self._money.set_color(face.money_color)
        put(self._note, face.note)
        self._note.setVisible(bool(face.note))
        put(self._sentence, face.sentence)
        self._sentence.setVisible(bool(face.sentence))
        self._bar.show_bar(face.bar, face.share, "text-2" if "undo" in face.actions else "accent-text")
        self._fit(narrow=self._is_narrow())

    def _is_narrow(self) -> bool:
        """Where stage, button and money have no room beside each other."""
        buttons = (button for name, button in self._buttons.items() if name not in _CORNER)
        beside = (self._glyph, self._word, self._money, *buttons)
        words = sum(widget.sizeHint().width() + _GAP for widget in beside)
        slot = int(theme.tokens()["size"]["row"]["slot"][0])
        return self.width() < max(_NARROW, slot + words + 26)  # the margins

    def _ask_menu(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.clip.id, at)

    def _fit(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.slot.set_compact(narrow)
        (self._lowest if narrow else self._middle).addWidget(self._money)
        (self._lowest if narrow else self._below).addWidget(self._note)


class FailedRow(Row):
    """A clip that failed: why, in one sentence, what it cost, and the way on."""

    def __init__(self, clip: Clip, face: Face, wishes: Wishes, posters: Posters, library: Path) -> None:
        super().__init__(clip, face, wishes, posters, library)
        self._title = TitleLine()
        self._sentence = Text("", "label", "danger", wrap=True)
        self._money = Text("", "caption", "text-2", tabular=True)
        self._flow = Flow(spacing=4)
        why = QHBoxLayout()
        why.setSpacing(5)
        why.addWidget(Glyph("stage-failed", "danger"), 0, Qt.AlignmentFlag.AlignTop)
        why.addWidget(self._sentence, 1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(self._title)
        words.addLayout(why)
        words.addWidget(self._money)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.slot, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 9, 8, 9)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(self._flow)
        self.show_clip(clip, face)

    def place(self, name: str, button: Button) -> None:
        """One after the other."""
        self._flow.addWidget(button)

    def show_face(self, clip: Clip, face: Face) -> None:
        """Sentence and money."""
        super().show_face(clip, face)
        self._title.show_clip(clip, face.title)
        put(self._sentence, face.sentence or face.word)
        put(self._money, face.money)
        self._money.set_color(face.money_color)


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(_GAP)
    for widget in widgets:
        line.addWidget(widget)
    return line


def put(label: Text | Chip, text: str) -> None:
    """Set a text only where it is another: setting costs a layout."""
    if label.text() != text:
        label.setText(text)
