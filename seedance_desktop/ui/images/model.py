"""The list of images: all that answer the present question, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from . import saying

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import KeptImage

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_Role = Qt.ItemDataRole


class ImageList(QAbstractListModel):
    """An array of images. An edited name is only said by `renamed`: it shows when the library has it."""

    renamed = Signal(str, str)  # hash, name

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images: list[KeptImage] = []
        self.fixed = False  # in the trash nothing is renamed

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many images are shown."""
        return 0 if parent.isValid() else len(self._images)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """The texts of a row; the delegate reads the image itself by `image_at`."""
        image = self.image_at(index.row())
        if image is None:
            return None
        if role in (_Role.DisplayRole, _Role.EditRole):
            return image.name
        if role == _Role.AccessibleTextRole:
            return saying.name_of(image)
        return saying.tooltip(image) if role == _Role.ToolTipRole else None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        """A new name is wished; an empty one is none."""
        image, name = self.image_at(index.row()), " ".join(str(value).split())
        if image is None or role != _Role.EditRole or not name:
            return False
        if name != image.name:
            self.renamed.emit(image.hash, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every image can be chosen, dragged out and, outside the trash, renamed; none holds others."""
        item = Qt.ItemFlag
        if not index.isValid():
            return item.NoItemFlags
        can = item.ItemIsEnabled | item.ItemIsSelectable | item.ItemIsDragEnabled | item.ItemNeverHasChildren
        return can if self.fixed else can | item.ItemIsEditable

    def image_at(self, row: int) -> KeptImage | None:
        """The image in `row`, or None."""
        return self._images[row] if 0 <= row < len(self._images) else None

    def row_of(self, hash_: str) -> int:
        """Where the image with that content stands, or -1."""
        return next((row for row, image in enumerate(self._images) if image.hash == hash_), -1)

    def rows_of(self, hashes: list[str]) -> list[int]:
        """Where those of them stand that are shown, from the top down."""
        wanted = set(hashes)
        return [row for row, image in enumerate(self._images) if image.hash in wanted]

    def set_images(self, images: list[KeptImage]) -> None:
        """Show these, with the least change to what is shown already."""
        old, new = [image.hash for image in self._images], [image.hash for image in images]
        head = _shared(old, new)
        tail = _shared(old[head:][::-1], new[head:][::-1])
        gone, come = len(old) - head - tail, len(new) - head - tail
        if gone:
            self.beginRemoveRows(_NOWHERE, head, head + gone - 1)
            del self._images[head : head + gone]
            self.endRemoveRows()
        if come:
            self.beginInsertRows(_NOWHERE, head, head + come - 1)
            self._images[head:head] = images[head : head + come]
            self.endInsertRows()
        if images != self._images:
            self._images = list(images)
            self.dataChanged.emit(self.index(0), self.index(len(images) - 1))


def _shared(one: list[str], other: list[str]) -> int:
    """How many hashes two lists have in common at their beginnings."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))
