"""The clip list: every id of the library in order, and a window of rows round what is on screen."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from seedance_desktop.domain.clip import Clip
from seedance_desktop.ui import spoken
from seedance_desktop.ui.making.batches import Batches
from seedance_desktop.words import ntr

_KEPT = 600  # rows kept in memory: several screens full
_ASKED_AT_ONCE = 200  # ids in one question, the latest ones: what was scrolled past is not asked for
_BLOCK = 4096
_FEW = 64  # more changed rows than this are a new list, not a change; what is added at the end is always one

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ClipList(QAbstractListModel):
    """The shelf's model. `wanted` asks for rows by id, `rows` answers; the rest of the library stays on disk."""

    wanted = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids = array("q")
        self.whole = True  # whether all that was asked for is here, or its beginning only
        self._rows: OrderedDict[int, Clip] = OrderedDict()
        self._hints: dict[int, int] = {}  # id to the row where it was last seen; checked before use
        self._missing: dict[int, None] = {}
        self._asked: set[int] = set()
        self._stacks: dict[int, int] = {}  # id of a stack's best take to how many takes lie on it
        self._stacked = False
        self._batches = Batches()
        self._ask = QTimer(self, singleShot=True, interval=5)
        self._ask.timeout.connect(self._ask_now)

    # what is shown

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many clips the library shows."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The texts of a row; the delegate reads the clip itself by `clip_at`."""
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        clip = self.clip_at(index.row())
        if clip is None:
            return ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            takes = self.takes_of(clip.id)
            return ", ".join([spoken.name_of(clip), *([ntr("{n} take", "{n} takes", takes)] if takes > 1 else [])])
        return self.title(clip) if role == Qt.ItemDataRole.DisplayRole else spoken.tooltip(clip)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every card can be chosen and dragged out; none holds others."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        item = Qt.ItemFlag
        return item.ItemIsEnabled | item.ItemIsSelectable | item.ItemIsDragEnabled | item.ItemNeverHasChildren

    def clip_at(self, row: int) -> Clip | None:
        """The clip in `row`; None where it is not in memory yet, and then it is asked for."""
        if not 0 <= row < len(self._ids):
            return None
        number = self._ids[row]
        clip = self._rows.get(number)
        self._hints[number] = row
        if clip is None:
            self._miss(number)
        else:
            self._rows.move_to_end(number)
        return clip

    def title(self, clip: Clip) -> str:
        """The first words of its prompt; of several prompts of one click, first what only this one has."""
        alone = self.takes_of(clip.id) == 1
        return (alone and self._batches.title(clip)) or spoken.title(clip)

    def id_at(self, row: int) -> int:
        """The id of the clip in `row`."""
        return self._ids[row]

    def ids(self, first: int, last: int) -> list[int]:
        """The ids in the rows from `first` to `last`, both included."""
        return self._ids[first : last + 1].tolist()

    def takes_of(self, number: int) -> int:
        """How many takes lie on the stack that a card stands for; 1 for a card that stands for itself."""
        return self._stacks.get(number, 1) if self._stacked else 1

    def in_memory(self) -> list[int]:
        """The ids of the clips that are kept, the last ones that were drawn last."""
        return list(self._rows)

    def kept(self, number: int) -> Clip | None:
        """That clip as it was last heard of, without asking for it."""
        return self._rows.get(number)

    def row_of(self, number: int) -> int:
        """Where the clip with that id stands, or -1."""
        hint = self._hints.get(number, -1)
        if 0 <= hint < len(self._ids) and self._ids[hint] == number:
            return hint
        try:
            return self._ids.index(number)
        except ValueError:
            return -1

    def shots(self) -> list[str]:
        """The shots of the clips that are kept, in order."""
        return sorted({clip.shot for clip in self._rows.values() if clip.shot}, key=str.casefold)

    # what comes down

    def set_ids(self, ids: array[int], *, whole: bool = True) -> None:
        """Show these clips in this order, with the least change to what is shown already.

        Not `whole` says that they are the beginning of an answer, the rest of which is still to come.
        """
        self.whole = whole
        head, tail = _common(self._ids, ids)
        gone, come = len(self._ids) - head - tail, len(ids) - head - tail
        self._asked.clear()
        if gone > _FEW or (come > _FEW and tail):
            self._reset(ids)
            return
        instead = gone == come  # what stands in another's place is there before that one goes: see the grid's choice
        if gone and not instead:
            self._remove(head, gone)
        if come:
            at = head + gone if instead else head
            self.beginInsertRows(QModelIndex(), at, at + come - 1)
            self._ids[at:at] = ids[head : head + come]
            self.endInsertRows()
        if gone and instead:
            self._remove(head, gone)

    def show_stacks(self, stacked: bool) -> None:
        """Whether a card stands for all takes of its stack."""
        if stacked != self._stacked:
            self._stacked = stacked
            self._changed(self._stacks)

    def set_stacks(self, counts: dict[int, int]) -> None:
        """How many takes lie on the stacks of these clips; what is known of others stays."""
        new = {number: count for number, count in counts.items() if self._stacks.get(number, 1) != count}
        self._stacks.update(new)
        if len(self._stacks) > 4 * _KEPT:
            self._stacks = {number: self._stacks[number] for number in self._rows if number in self._stacks}
        self._changed(new)

    def rows(self, clips: list[Clip]) -> None:
        """The answer to `wanted`."""
        for clip in clips:
            self.put(clip)

    def put(self, clip: Clip) -> bool:
        """Keep the new state of a clip; whether it is one of those shown."""
        row = self.row_of(clip.id)
        if row < 0:
            return False
        self._asked.discard(clip.id)
        self._missing.pop(clip.id, None)
        if self._rows.get(clip.id) != clip:
            self._rows[clip.id] = clip
            self._hints[clip.id] = row
            siblings = self._batches.put(clip)
            self._forget_oldest()
            self._changed([clip.id, *siblings])
        return True

    def drop(self, number: int) -> None:
        """Take one clip out of the list."""
        row = self.row_of(number)
        if row >= 0:
            self._remove(row, 1)

    # within

    def _changed(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            row = self._hints.get(number, -1)
            if 0 <= row < len(self._ids) and self._ids[row] == number:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _remove(self, row: int, count: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row + count - 1)
        for number in self._ids[row : row + count]:
            self._rows.pop(number, None)
            self._hints.pop(number, None)
            self._batches.drop(number)
        del self._ids[row : row + count]
        self.endRemoveRows()

    def _reset(self, ids: array[int]) -> None:
        self.beginResetModel()
        self._ids = array("q", ids)
        self._hints.clear()
        self.endResetModel()

    def _forget_oldest(self) -> None:
        while len(self._rows) > _KEPT:
            number, _clip = self._rows.popitem(last=False)
            self._hints.pop(number, None)
            self._batches.drop(number)

    def _miss(self, number: int) -> None:
        if number not in self._asked:
            self._missing[number] = None
            if not self._ask.isActive():
                self._ask.start()

    def _ask_now(self) -> None:
        ids = list(self._missing)[-_ASKED_AT_ONCE:]
        self._missing.clear()
        self._asked.update(ids)
        if ids:
            self.wanted.emit(ids)


def _common(old: array[int], new: array[int]) -> tuple[int, int]:
    """How many ids the two lists share at their beginnings and, of the rest, at their ends."""
    most = min(len(old), len(new))
    head = _longest(most, lambda start, end: old[start:end] == new[start:end])
    before, after = len(old), len(new)
    tail = _longest(
        most - head,
        lambda start, end: old[before - end : before - start] == new[after - end : after - start],
    )
    return head, tail


def _longest(most: int, same: Callable[[int, int], bool]) -> int:
    """How far from 0 to `most` all is the same: in blocks, so that arrays do the comparing, then by halving."""
    at, block = 0, _BLOCK
    while at < most and block:
        end = min(at + block, most)
        if same(at, end):
            at = end
        else:
            block //= 2
    return at
