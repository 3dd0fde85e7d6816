"""The dialog that hands clips over: what it shows, in which order, what it says, and what it wishes for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Clip, Footage
from seedance_desktop.domain.handover import Format, Handover, Listing
from seedance_desktop.ui.handover import HandoverDialog, keep, kept
from tests.ui.test_making_clips import clip
from tests.ui.test_window import Bench

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

Key = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
FOOTAGE = Footage(1280, 720, 120, 24.0, 5.0, 1000, "h264")


def footed(number: int, **more: object) -> Clip:
    made = clip(id=number, prompt=f"Shot {number}", shot=f"S{number}", file=f"clips/{number}.mp4", footage=FOOTAGE)
    return replace(made, **more)  # type: ignore[arg-type]


class Asked:
    """The dialog over three clips, and what it was agreed to."""

    def __init__(self, qtbot: QtBot, folder: Path, chosen: Handover, clips: list[Clip] | None = None) -> None:
        self.agreed: list[Handover] = []
        self.over = QWidget()
        self.over.resize(1440, 900)
        qtbot.addWidget(self.over)
        self.over.show()
        clips = clips or [footed(1), footed(2, mark_in=24, mark_out=47), footed(3)]
        self.dialog = HandoverDialog(self.over, clips, chosen, folder, self.agreed.append)
        self.dialog.open()
        qtbot.waitExposed(self.dialog)

    @property
    def texts(self) -> str:
        return "\n".join(label.text() for label in self.dialog.findChildren(QLabel) if label.isVisible())

    def rows(self) -> list[str]:
        model = self.dialog.list.order
        return [str(model.data(model.index(row))) for row in range(model.rowCount())]


@pytest.fixture
def asked(qtbot: QtBot, tmp_path: Path) -> Asked:
    return Asked(qtbot, tmp_path, Handover((), str(tmp_path), "{number} {shot}"))


def test_it_says_which_clips_and_how_long(asked: Asked) -> None:
    assert "3 clips · 0:15" in asked.texts
    assert asked.rows() == ["1: Shot 1, S1 · 5.0 s", "2: Shot 2, S2 · 5.0 s", "3: Shot 3, S3 · 5.0 s"]
    assert "1 of 3 have in and out points." in asked.texts
    asked.dialog.form.trimmed.click()
    assert "3 clips · 0:11" in asked.texts
    assert asked.rows()[1] == "2: Shot 2, S2 · 1.0 s of 5.0 s"


def test_the_order_is_changed_by_keys_and_the_example_follows(asked: Asked) -> None:
    row = asked.dialog.list
    assert "First file: 1 S1.mp4" in asked.texts
    row.setFocus()
    row.setCurrentIndex(row.order.index(2))
    for _ in range(3):  # once more than there is room for
        QTest.keyClick(row, Key.Key_Up, ALT)
    assert [one.id for one in row.order.clips] == [3, 1, 2]
    assert row.currentIndex().row() == 0
    assert "First file: 1 S3.mp4" in asked.texts
    QTest.keyClick(row, Key.Key_Down, ALT)
    QTest.keyClick(asked.dialog, Key.Key_Return)
    assert [one.ids for one in asked.agreed] == [(1, 3, 2)]
    assert not asked.dialog.isVisible()


def test_rows_are_moved_as_a_drop_moves_them(asked: Asked) -> None:
    model = asked.dialog.list.order
    root = asked.dialog.list.rootIndex()
    assert model.moveRows(root, 0, 1, root, 3)
    assert [one.id for one in model.clips] == [2, 3, 1]
    assert model.moveRows(root, 1, 2, root, 0)
    assert [one.id for one in model.clips] == [3, 1, 2]
    assert not model.moveRows(root, 1, 1, root, 2), "it is there already"
    assert [one.id for one in model.clips] == [3, 1, 2]


def test_everything_that_is_chosen_is_wished_for(asked: Asked, tmp_path: Path) -> None:
    form = asked.dialog.form
    form.folder.setText(str(tmp_path / "out"))
    form.names.setText("{shot} {id}")
    for segment in (form.form.segment("prores"), form.listing.segment("csv")):
        segment.click()
    for switch in (form.trimmed, form.joined, form.otio, form.recipes):
        switch.click()
    assert "can't read H.264" in asked.texts
    assert f"First file: S1 {footed(1).name} +2.mov" in asked.texts
    asked.dialog.agree.click()
    wanted = Handover(
        (1, 2, 3),
        str(tmp_path / "out"),
        "{shot} {id}",
        Format.PRORES,
        trimmed=True,
        joined=True,
        otio=True,
        recipes=False,
        listing=Listing.CSV,
    )
    assert asked.agreed == [wanted]


def test_what_is_wrong_is_said_in_the_dialog(asked: Asked, tmp_path: Path) -> None:
    form = asked.dialog.form
    form.names.setText("{shot} {camera}")
    assert "File names cannot hold camera" in asked.texts
    assert "First file" not in asked.texts
    asked.dialog.agree.click()
    form.names.setText("")
    assert "First file: " in asked.texts, "an empty one is the default"
    form.folder.clear()
    asked.dialog.agree.click()
    assert "Choose a folder to hand over to." in asked.texts
    form.folder.setText("Films")
    assert "Choose a folder" not in asked.texts
    asked.dialog.agree.click()
    assert "Films is not a folder to hand over to" in asked.texts
    assert not asked.agreed
    form.folder.setText(str(tmp_path))
    asked.dialog.agree.click()
    assert len(asked.agreed) == 1


def test_a_folder_is_browsed_without_a_loop_inside_ours(asked: Asked, tmp_path: Path) -> None:
    asked.dialog.form.browse.click()
    asked.dialog.form.browse.click()
    (browser,) = asked.dialog.findChildren(QFileDialog)
    (tmp_path / "chosen").mkdir()
    browser.selectFile(str(tmp_path / "chosen"))
    browser.accept()
    assert Path(asked.dialog.form.folder.text()) == tmp_path / "chosen"


def test_cancel_wishes_for_nothing(asked: Asked) -> None:
    QTest.keyClick(asked.dialog, Key.Key_Escape)
    assert not asked.agreed
    assert not asked.dialog.isVisible()


def test_every_control_has_a_name(asked: Asked) -> None:
    form = asked.dialog.form
    named = [form.folder, form.browse, form.names, form.form, form.trimmed, form.joined, form.recipes, form.otio]
    for widget in (*named, form.listing, asked.dialog.list, asked.dialog.agree):
        assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name), widget


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "betacam", "joined": 1, "folder": null}', '"x"'])
def test_what_is_remembered_may_be_anything(text: str) -> None:
    assert kept(text) == Handover((), "")


def test_what_is_kept_is_read_again() -> None:
    chosen = Handover((4, 5), "/films", "{take}", Format.DNXHR, True, True, True, False, Listing.JSON)
    assert kept(keep(chosen)) == replace(chosen, ids=())


# in the window


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(qtbot, tmp_path)
    yield made
    made.window.shut()
    made.model.deleteLater()


def test_the_key_hands_over_the_chosen_cards_in_the_order_shown(bench: Bench, tmp_path: Path) -> None:
    wanted, wished = bench.wish("handover_wanted"), bench.wish("hand_over")
    bench.window.shelf.grid.selectAll()
    QTest.keyClick(bench.window, Key.Key_E, CTRL)
    assert wanted == [[1, 2]]
    bench.window.outside.ask_how([footed(1), footed(2)], Handover((), str(tmp_path)))
    dialog = bench.window.outside.dialog
    assert isinstance(dialog, HandoverDialog)
    QTest.keyClick(bench.window, Key.Key_E, CTRL)
    assert len(wanted) == 1, "one dialog at a time"
    dialog.agree.click()
    assert [one.ids for one in wished] == [(1, 2)]
    assert bench.window.outside.dialog is None


def test_without_chosen_cards_it_is_the_clip_on_the_stage(bench: Bench) -> None:
    wanted = bench.wish("handover_wanted")
    QTest.keyClick(bench.window, Key.Key_E, CTRL)
    assert not wanted
    bench.window.stage.open(footed(7), None, None)
    QTest.keyClick(bench.window, Key.Key_E, CTRL)
    assert wanted == [[7]]


def test_the_menu_of_the_cards_has_it(bench: Bench) -> None:
    wanted = bench.wish("handover_wanted")
    bench.window.shelf.select(2)
    menu = QMenu(bench.window)
    bench.window.shelf.commands.fill_menu(menu)
    next(one for one in menu.actions() if one.text().startswith("Hand over…")).trigger()
    assert wanted == [[2]]
    bench.window.shelf.filters.show_trash(True)
    QTest.keyClick(bench.window, Key.Key_E, CTRL)
    assert len(wanted) == 1, "nothing is handed over from the trash"


@pytest.mark.parametrize(
    ("handed", "said"),
    [
        ((0, 0), "2 clips moved to the trash"),
        ((5, 0), "2 clips moved to the trash · 1 of them was handed over"),
        ((5, 6), "2 clips moved to the trash · 2 of them were handed over"),
    ],
)
def test_clips_that_were_handed_over_say_so_in_the_trash(bench: Bench, handed: tuple[int, int], said: str) -> None:
    bench.model.rows([replace(one, handed=at) for one, at in zip(bench.clips, handed, strict=True)])
    restored = bench.wish("restore")
    bench.window.shelf.grid.selectAll()
    bench.window.shelf.commands.trash()
    assert said in bench.texts(bench.window.toasts)
    bench.window.toasts.action.click()
    assert restored == [[1, 2]]


def test_one_clip_and_very_many_clips_that_were_handed_over(bench: Bench) -> None:
    bench.model.rows([replace(bench.clips[0], handed=5)])
    assert bench.window.outside.handed([1]) == "it was handed over"
    assert bench.window.outside.handed([1, 2, *range(100, 200)]) == "some of them were handed over"
    assert bench.window.outside.handed([2]) == ""
