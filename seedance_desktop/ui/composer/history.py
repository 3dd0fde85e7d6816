"""Undo over everything in the composer: steps between whole states, typing gathered into words."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from weakref import finalize

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from .state import Edit, Snapshot

_MOST = 200
_PAUSE = 1.5  # seconds: what is typed after a longer one is a step of its own
_TYPED = 1  # Qt asks to merge only steps of one number
TYPING, PROJECT, SHOT, MENTION, ARRIVAL, OTHER = "typing", "project", "shot", "mention", "arrival", "other"
BATCH = "batch"  # one of several images that were added together


class _Step(QUndoCommand):
    """From one state to the next. It knows the states only: the history shows them when Qt has gone to another step."""

    def __init__(self, before: Snapshot, after: Snapshot, kind: str, edit: Edit | None, made: float) -> None:
        super().__init__()
        self.before, self.after = before, after
        if edit is not None:  # back there, the cursor stands where it was changed, not where the step before ended
            self.before = replace(before, cursor=(edit.position + edit.removed,) * 2)
        self.kind, self.edit, self.made = kind, edit, made

    def id(self) -> int:
        """Qt's hook: which steps may be asked whether they merge."""
        return _TYPED

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a following step in, if it goes on with the same word."""
        if not isinstance(other, _Step) or not _goes_on(self, other):
            return False
        self.after, self.edit, self.made = other.after, other.edit, other.made
        return True


@dataclass(frozen=True, slots=True)
class Steps:
    """Of each step the states before and after, its kind, its edit and when it was made; `index` of them are done."""

    made: tuple[tuple[Snapshot, Snapshot, str, Edit | None, float], ...] = ()
    index: int = 0


class History(QObject):
    """Holds the steps; `show` is called with the state to go to. `clock` gives seconds."""

    def __init__(
        self,
        state: Snapshot,
        show: Callable[[Snapshot], None],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._show = show
        self._clock = clock
        self._apart = False  # whether the next step is one of its own, whatever it is
        self._stack = QUndoStack()
        self._stack.setUndoLimit(_MOST)
        # PySide 6.11 dies where its collector comes upon a stack with many steps: it is emptied before.
        finalize(self, self._stack.clear).atexit = False

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._stack.canUndo()

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self._stack.canRedo()

    @property
    def steps(self) -> Steps:
        """All of them; another composer may go on with them."""
        commands = (self._stack.command(index) for index in range(self._stack.count()))
        made = ((one.before, one.after, one.kind, one.edit, one.made) for one in commands if isinstance(one, _Step))
        return Steps(tuple(made), self._stack.index())

    @steps.setter
    def steps(self, steps: Steps) -> None:
        self._stack.clear()
        for before, after, kind, edit, made in steps.made:
            step = _Step(before, after, kind, edit, made)
            step.before = before  # it has its cursor already
            self._stack.push(step)
        self._stack.setIndex(steps.index)

    def start(self, state: Snapshot) -> None:
        """Begin anew: nothing before `state` can be brought back."""
        self._stack.clear()
        self._state = state

    def record(self, state: Snapshot, kind: str = OTHER, edit: Edit | None = None) -> None:
        """A state that was reached by the creator; nothing happens where it is the one there was."""
        if state != self._state:
            made = float("inf") if self._apart else self._clock()
            self._stack.push(_Step(self._state, state, kind, edit, made))
            self._state, self._apart = state, False

    def amend(self, state: Snapshot) -> None:
        """The present state in other words (an image was renamed): no step."""
        self._state = state

    def undo(self) -> None:
        """One step back."""
        if (step := self._step(-1)) is not None:
            self._stack.undo()
            self._go_to(step.before)

    def redo(self) -> None:
        """One step forth."""
        if (step := self._step(0)) is not None:
            self._stack.redo()
            self._go_to(step.after)

    def _step(self, offset: int) -> _Step | None:
        index = self._stack.index() + offset
        found = self._stack.command(index) if 0 <= index < self._stack.count() else None
        return found if isinstance(found, _Step) else None

    def _go_to(self, state: Snapshot) -> None:
        self._state, self._apart = state, True
        self._show(state)


def _goes_on(step: _Step, following: _Step) -> bool:
    """Whether two steps are one to the creator: letters of a word, a chip and the image that it fetched."""
    if following.kind == ARRIVAL:
        return step.kind == MENTION
    if step.kind != following.kind or following.made - step.made > _PAUSE:
        return False
    if step.kind == TYPING and step.edit is not None and following.edit is not None:
        return _same_word(step.edit, following.edit)
    return step.kind in (PROJECT, SHOT, BATCH)


def _same_word(last: Edit, edit: Edit) -> bool:
    if last.letter and edit.letter and not edit.removed:
        begins = edit.letter.isspace() and not last.letter.isspace()
        return edit.position == last.position + 1 and not begins and "\u2029" not in (last.letter, edit.letter)
    erased = not (last.added or edit.added) and last.removed == edit.removed == 1
    return erased and edit.position in (last.position, last.position - 1)
