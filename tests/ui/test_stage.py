"""The stage as a creator uses it: what it shows, what it wishes for, its keys and its names."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.domain import links
from seedance_desktop.domain.clip import Clip, Flag, Verdict
from seedance_desktop.domain.frames import FramesWanted
from seedance_desktop.ui.controls import Button
from seedance_desktop.ui.stage import Stage
from seedance_desktop.ui.wishes import Wishes
from tests.ui.test_stage_clips import PROMPT, Decoder, clip_of, make_clip, shown, times

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

WIDE, NARROW = (728, 834), (632, 634)
Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Bench(QWidget):
    """A window with a stage in it, and everything that was wished for."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.wishes = Wishes()
        self.stage = Stage(self.wishes)
        self.typed = QLineEdit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stage)
        layout.addWidget(self.typed)
        self.judged: list[tuple[object, int, str]] = []
        self.asked: list[str] = []
        self.decoder: Decoder | None = None
        self._qtbot = qtbot
        wishes, stage = self.wishes, self.stage
        wishes.judge.connect(lambda *judged: self.judged.append(judged))
        wishes.edit_recipe.connect(lambda one: self.asked.append(f"edit {one}"))
        wishes.show_in_folder.connect(lambda one: self.asked.append(f"folder {one}"))
        wishes.trash.connect(lambda ids: self.asked.append(f"trash {ids}"))
        wishes.frames_wanted.connect(self._answer)
        stage.next_clip.connect(lambda: self.asked.append("next"))
        stage.previous_clip.connect(lambda: self.asked.append("previous"))

    def open(self, file: Path, clip: Clip | None = None) -> Clip:
        made = clip or clip_of()
        self.stage.open(made, file, times())
        self._qtbot.waitUntil(lambda: self.stage.deck.number == 0)
        self.stage.viewer.canvas.setFocus()
        return made

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.stage, key, modifier)

    def label(self) -> str:
        return QAccessible.queryAccessibleInterface(self.stage.transport.time).text(QAccessible.Text.Name)

    def _answer(self, wanted: FramesWanted) -> None:
        if self.decoder is not None:
            self.stage.frames(self.decoder.answer(wanted), wanted.file)


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("clips") / "numbered.mp4")


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    made = Bench(qtbot)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    qtbot.waitExposed(made)
    made.stage.setFocus()
    yield made
    made.stage.shut()


def interface_of(widget: QWidget, name: str) -> list[str]:
    """The roles of everything below `widget` that is called `name`."""
    found = [one for one in widget.findChildren(QWidget) if one.accessibleName() == name]
    return [QAccessible.queryAccessibleInterface(one).role().name for one in found]


def says(frame: int) -> str:
    return f"Timecode 00:00:{frame // 24:02}:{frame % 24:02} · frame {frame}"


@pytest.mark.parametrize("answered", [True, False])
def test_picture_number_and_label_are_always_equal(qtbot: QtBot, bench: Bench, numbered: Path, answered: bool) -> None:
    bench.decoder = Decoder(numbered) if answered else None
    bench.open(numbered)
    stage, dice, expected = bench.stage, random.Random(5), 0
    assert bench.label() == says(0)
    for turn in range(60):
        if turn % 10 == 9:
            expected = dice.randrange(121)
            stage.transport.timeline.setValue(expected)
        else:
            key = dice.choice([Key.Key_Left, Key.Key_Right])
            many = dice.random() < 0.3
            step = (24 if many else 1) * (1 if key == Key.Key_Right else -1)
            expected = max(0, min(120, expected + step))
            bench.press(key, SHIFT if many else PLAIN)
        qtbot.waitUntil(lambda wanted=expected: stage.deck.number == wanted)  # type: ignore[misc]
        assert shown(stage.viewer.canvas) == expected
        assert bench.label() == says(expected)
        assert stage.transport.timeline.value() == expected


def test_dragging_the_timeline_scrubs_and_play_goes_on_after(qtbot: QtBot, bench: Bench, numbered: Path) -> None:
    bench.decoder = Decoder(numbered)
    bench.open(numbered)
    timeline, deck = bench.stage.transport.timeline, bench.stage.deck
    bench.press(Key.Key_Space)
    qtbot.waitUntil(lambda: deck.number > 2)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, PLAIN, QPoint(timeline.width() // 2, 10))
    qtbot.waitUntil(lambda: abs(deck.number - 60) <= 1)
    assert deck.moving == 0
    for share in (0.6, 0.7, 0.3):
        QTest.mouseMove(timeline, QPoint(round(timeline.width() * share), 10))
        qtbot.waitUntil(lambda wanted=share: abs(deck.number - wanted * 120) <= 2)  # type: ignore[misc]
        assert shown(bench.stage.viewer.canvas) == deck.number
        assert bench.label() == says(deck.number)
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, PLAIN, QPoint(0, 10))
    assert deck.moving == 1


def test_nothing_starts_by_itself(qtbot: QtBot, bench: Bench, numbered: Path) -> None:
    bench.open(numbered)
    qtbot.wait(250)
    assert bench.stage.deck.number == 0
    assert bench.stage.transport.play.accessibleName() == "Play"


def test_a_saved_judgement_does_not_disturb_what_plays(qtbot: QtBot, bench: Bench, numbered: Path) -> None:
    clip = bench.open(numbered)
    bench.press(Key.Key_Space)
    qtbot.waitUntil(lambda: bench.stage.deck.number > 3)
    at = bench.stage.deck.number
    starred = replace(clip, stars=3, flag=Flag.PICK)
    bench.stage.update_clip(starred)
    bench.stage.open(starred, numbered, times())
    assert bench.stage.deck.moving == 1
    assert bench.stage.deck.number >= at
    assert bench.stage.recipe.stars.value() == 3
    assert bench.stage.recipe.pick.isChecked()
    bench.stage.update_clip(replace(clip_of(), stars=1))
    assert bench.stage.recipe.stars.value() == 3


def test_judging_by_keys_builds_on_what_was_just_said(bench: Bench, numbered: Path) -> None:
    clip = bench.open(numbered)
    for key in (Key.Key_4, Key.Key_P, Key.Key_X, Key.Key_U, Key.Key_0):
        bench.press(key)
    assert bench.judged == [
        (clip.id, 4, ""),
        (clip.id, 4, "pick"),
        (clip.id, 4, "reject"),
        (clip.id, 4, ""),
        (clip.id, 0, ""),
    ]
    assert bench.stage.recipe.stars.value() == 0  # shown when it is saved


def test_shift_judges_and_goes_on(bench: Bench, numbered: Path) -> None:
    clip = bench.open(numbered)
    bench.press(Key.Key_X, SHIFT)
    bench.press(Key.Key_Down)
    bench.press(Key.Key_Up)
    bench.press(Key.Key_Delete)
    assert bench.judged == [(clip.id, 0, "reject")]
    assert bench.asked == ["next", "next", "previous", f"trash [{clip.id}]"]


def test_stars_pick_and_reject_by_mouse_and_slider_keys(qtbot: QtBot, bench: Bench, numbered: Path) -> None:
    clip = bench.open(numbered)
    recipe = bench.stage.recipe
    QTest.mouseClick(recipe.stars, Qt.MouseButton.LeftButton, PLAIN, QPoint(3 * 17 + 5, 12))
    QTest.mouseClick(recipe.pick, Qt.MouseButton.LeftButton)
    QTest.mouseClick(recipe.reject, Qt.MouseButton.LeftButton)
    assert bench.judged == [(clip.id, 4, ""), (clip.id, 4, "pick"), (clip.id, 4, "reject")]
    recipe.stars.setFocus()
    bench.press(Key.Key_Left)
    bench.press(Key.Key_2)
    assert bench.judged[3:] == [(clip.id, 3, "reject"), (clip.id, 2, "reject")]
    QTest.mouseClick(recipe.stars, Qt.MouseButton.LeftButton, PLAIN, QPoint(2 * 17 + 5, 12))
    assert bench.judged[-1] == (clip.id, 0, "reject")


def test_keys_move_the_picture(qtbot: QtBot, bench: Bench, numbered: Path) -> None:
    bench.decoder = Decoder(numbered)
    bench.open(numbered)
    deck, transport = bench.stage.deck, bench.stage.transport
    bench.press(Key.Key_End)
    qtbot.waitUntil(lambda: deck.number == 120)
    bench.press(Key.Key_J)
    qtbot.waitUntil(lambda: deck.number < 117)
    bench.press(Key.Key_K)
    assert deck.moving == 0
    bench.press(Key.Key_Home)
    qtbot.waitUntil(lambda: deck.number == 0)
    bench.press(Key.Key_L)
    bench.press(Key.Key_L)
    assert (deck.moving, deck.speed) == (1, 2.0)
    bench.press(Key.Key_Space)
    bench.press(Key.Key_BracketRight)
    assert transport.speed.currentText() == "2×"
    bench.press(Key.Key_BracketLeft)
    bench.press(Key.Key_BracketLeft)
    assert deck.speed == 0.5
    bench.press(Key.Key_M)
    assert transport.loudness.mute.isChecked()


def test_keys_belong_to_whoever_types(bench: Bench, numbered: Path) -> None:
    bench.open(numbered)
    bench.typed.setFocus()
    for key in (Key.Key_4, Key.Key_P, Key.Key_Space, Key.Key_F):
        bench.press(key)
    assert not bench.judged
    assert bench.typed.text() == "4p f"
    assert bench.stage.deck.moving == 0


def test_a_button_with_the_focus_keeps_space_and_gives_away_arrows(qtbot: QtBot, bench: Bench, numbered: Path) -> None:
    bench.open(numbered)
    transport = bench.stage.transport
    transport.loop.setFocus()
    bench.press(Key.Key_Space)
    assert transport.loop.isChecked()
    assert bench.stage.deck.moving == 0
    bench.press(Key.Key_Right)
    qtbot.waitUntil(lambda: bench.stage.deck.number == 1)
    assert transport.loop.hasFocus()


def test_the_prompt_can_be_read_by_keyboard_while_letters_judge(bench: Bench, numbered: Path) -> None:
    bench.open(numbered)
    prompt = next(one for one in bench.stage.findChildren(QWidget) if one.accessibleName() == "Prompt of this clip")
    prompt.setFocus()
    bench.press(Key.Key_Right)
    bench.press(Key.Key_3)
    assert bench.stage.deck.number == 0
    assert [stars for _, stars, _ in bench.judged] == [3]


@pytest.mark.parametrize("shape", [(320, 180), (180, 320), (240, 240)])
@pytest.mark.parametrize("window", [WIDE, NARROW])
def test_the_player_is_exactly_the_picture(
    qtbot: QtBot, bench: Bench, tmp_path: Path, shape: tuple[int, int], window: tuple[int, int]
) -> None:
    bench.resize(*window)
    bench.open(make_clip(tmp_path / "shape.mp4", *shape, 4), clip_of(*shape))
    canvas, viewer = bench.stage.viewer.canvas, bench.stage.viewer
    ratio = shape[0] / shape[1]
    assert abs(canvas.width() - canvas.height() * ratio) <= max(1, ratio)
    assert canvas.width() == viewer.width() or canvas.height() == viewer.height()
    assert viewer.rect().contains(canvas.geometry())
    assert QAccessible.queryAccessibleInterface(canvas).rect().size() == canvas.size()
    picture = canvas.grab().toImage()
    corners = [(1, 1), (picture.width() - 2, 1), (1, picture.height() - 2), (picture.width() - 2, picture.height() - 2)]
    colours = [picture.pixelColor(*corner) for corner in corners]
    assert colours[0] == colours[1] == QColor(0, 0, 0)  # frame 0 is black above and red below, up to its edges
    assert colours[2].red() == colours[3].red() == 255


def test_the_empty_stage_has_its_transport_disabled(bench: Bench) -> None:
    stage = bench.stage
    assert not stage.viewer.canvas.isVisible()
    assert not stage.recipe.isVisible()
    assert bench.label() == says(0)
    marks, moves = ("Set in", "Set out"), ("Play", "Previous frame", "Next frame", "Loop", "Speed")
    for name in (*marks, *moves, "Zoom", "Mute", "Volume", "Full screen", "Timeline"):
        found = [one for one in stage.findChildren(QWidget) if one.accessibleName() == name]
        assert len(found) == 1, name
        assert found[0].isVisible(), name
        assert not found[0].isEnabled(), name
    for key in (Key.Key_Space, Key.Key_F, Key.Key_3, Key.Key_Right):
        bench.press(key)
    assert not bench.judged
    assert not bench.asked


def test_names_and_roles(bench: Bench, numbered: Path) -> None:
    bench.open(numbered)
    roles = {
        "Play": "Button",
        "Previous frame": "Button",
        "Next frame": "Button",
        "Full screen": "Button",
        "Set in": "Button",
        "Set out": "Button",
        "Zoom": "ComboBox",
        "Loop": "CheckBox",
        "Mute": "CheckBox",
        "Pick": "CheckBox",
        "Reject": "CheckBox",
        "Speed": "ComboBox",
        "Timeline": "Slider",
        "Volume": "Slider",
        "Stars": "Slider",
        "Use recipe": "Button",
        "Show in folder": "Button",
        "Prompt of this clip": "EditableText",
    }
    found = {name: interface_of(bench.stage, name) for name in roles}
    assert found == {name: [role] for name, role in roles.items()}
    assert len(interface_of(bench.stage, "Player")) == 1
    bench.press(Key.Key_Space)
    assert bench.stage.transport.play.accessibleName() == "Pause"


def test_the_tab_key_goes_through_in_the_order_of_the_design(bench: Bench, numbered: Path) -> None:
    bench.open(numbered)
    order = []
    for _ in range(14):
        focus = QApplication.focusWidget()
        assert focus is not None
        order.append(focus.accessibleName())
        bench.press(Key.Key_Tab)
    assert order == [
        "Player",
        "Set in",
        "Previous frame",
        "Play",
        "Next frame",
        "Set out",
        "Loop",
        "Zoom",
        "Speed",
        "Mute",
        "Volume",
        "Full screen",
        "Timeline",
        "Stars",
    ]


def test_the_recipe_says_what_made_the_clip(bench: Bench, numbered: Path) -> None:
    clip = bench.open(numbered, clip_of(1920, 1080))
    texts = {one.property("text") for one in bench.stage.findChildren(QWidget)}
    facts = {
        "Lighthouse film · 12B",
        "5 s · 121 frames",
        "1080p · 1920 × 1080 · H.264",
        "charged $0.28",
        "2026-11-22 Lighthouse film 12B.mp4",
        "Mara, Tower",
    }
    assert {*facts, "12B", "Take 1 of 4", " ".join(PROMPT.split()[:8])} <= texts
    assert not {"Take 1 of 1"} & texts
    for name in ("Use recipe", "Show in folder"):
        next(one for one in bench.stage.findChildren(Button) if one.accessibleName() == name).click()
    assert bench.asked == [f"edit {clip.id}", f"folder {clip.id}"]


def test_a_clip_that_says_little_has_no_empty_rows(bench: Bench, numbered: Path) -> None:
    poor = replace(clip_of(), project="", shot="", takes=1, charged=Verdict.NO)
    bench.open(numbered, replace(poor, recipe=replace(poor.recipe, references=())))
    texts = [one.property("text") for one in bench.stage.recipe.findChildren(QWidget) if one.isVisible()]
    assert "Project" not in texts
    assert "References" not in texts
    assert "not charged" in texts


def test_narrow_stages_keep_every_name(bench: Bench, numbered: Path) -> None:
    bench.resize(*NARROW)
    bench.open(numbered)
    folder = next(one for one in bench.stage.findChildren(Button) if one.accessibleName() == "Show in folder")
    assert folder.width() == folder.height()
    texts = [one.property("text") for one in bench.stage.recipe.findChildren(QWidget) if one.isVisible()]
    assert "16:9 · 5 s · 1080p · charged $0.28" in texts
    volume = bench.stage.transport.loudness.volume
    assert not volume.isVisible()
    bench.stage.transport.loudness.mute.setFocus(Qt.FocusReason.TabFocusReason)
    assert volume.isVisible()
    bench.press(Key.Key_Tab)
    assert volume.hasFocus()
    bench.press(Key.Key_Left)
    assert volume.value() == 95
    bench.resize(*WIDE)
    assert volume.isVisible()
    assert bench.stage.isAncestorOf(volume)


@pytest.mark.qt_log_ignore("This plugin does not support", "Could not open media", extend=True)
def test_a_broken_file_says_so_in_words(qtbot: QtBot, bench: Bench, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no video" * 200)
    bench.stage.open(clip_of(), broken, times())
    words = "broken.mp4 is not a video that can be played."
    qtbot.waitUntil(lambda: words in [one.property("text") for one in bench.stage.viewer.findChildren(QWidget)])
    button = next(one for one in bench.stage.findChildren(Button) if one.text() == "Open in the system's player")
    assert button.isVisible()
    assert not bench.stage.transport.play.isEnabled()
    assert not bench.stage.viewer.canvas.isVisible()
    bench.press(Key.Key_2)
    assert [stars for _, stars, _ in bench.judged] == [2]  # a clip can be judged all the same


def test_a_clip_without_its_file_says_so(bench: Bench, numbered: Path) -> None:
    bench.open(numbered)
    bench.stage.open(clip_of(), None, None)
    assert not bench.stage.transport.play.isEnabled()
    button = next(one for one in bench.stage.findChildren(Button) if one.text() == "Open in the system's player")
    assert not button.isVisible()
    bench.stage.open(None, None, None)
    assert not bench.stage.recipe.isVisible()


def test_full_screen_borrows_the_picture_and_gives_it_back(qtbot: QtBot, bench: Bench, numbered: Path) -> None:
    bench.open(numbered)
    stage = bench.stage
    bench.press(Key.Key_Space)
    qtbot.waitUntil(lambda: stage.deck.number > 2)
    bench.press(Key.Key_F)
    full = stage.viewer.window()
    assert full is not bench
    assert full.isFullScreen()
    at = stage.deck.number
    qtbot.waitUntil(lambda: stage.deck.number > at + 2)
    assert shown(stage.viewer.canvas) == stage.deck.number
    bench.press(Key.Key_Space)
    assert stage.deck.moving == 0
    bench.press(Key.Key_Escape)
    assert stage.viewer.window() is bench
    assert stage.transport.window() is bench
    assert [stage.layout().itemAt(row).widget() for row in range(4)] == [  # type: ignore[union-attr]
        stage.header,
        stage.viewer,
        stage.transport,
        stage.recipe,
    ]
    bench.press(Key.Key_F)
    bench.press(Key.Key_F)
    assert stage.viewer.window() is bench


def test_the_menu_copies_the_task_and_moves_to_the_trash(bench: Bench, numbered: Path) -> None:
    clip = bench.open(numbered)
    more = next(one for one in bench.stage.findChildren(Button) if one.accessibleName() == "More about this clip")
    more.click()
    menu = bench.stage.findChild(QMenu)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    actions["Copy task ID"].trigger()
    assert QApplication.clipboard().text() == clip.task
    actions["Copy link"].trigger()
    assert links.parse(QApplication.clipboard().text()) == clip.id
    actions["Move to trash"].trigger()
    assert bench.asked == [f"trash [{clip.id}]"]
    menu.close()


def test_frames_of_another_file_are_let_go(qtbot: QtBot, bench: Bench, numbered: Path) -> None:
    bench.open(numbered)
    frames = Decoder(numbered).answer(FramesWanted(str(numbered), 50, 50))
    bench.stage.frames([replace(frames[0], number=1)], "/somewhere/else.mp4")
    bench.press(Key.Key_Right)
    qtbot.waitUntil(lambda: bench.stage.deck.number == 1)
    assert shown(bench.stage.viewer.canvas) == 1


def test_exact_times_may_come_later(qtbot: QtBot, bench: Bench, numbered: Path) -> None:
    clip = clip_of()
    bench.stage.open(clip, numbered, None)
    qtbot.waitUntil(lambda: bench.stage.deck.number == 0)
    bench.press(Key.Key_Right)
    qtbot.waitUntil(lambda: bench.stage.deck.number == 1)
    bench.stage.open(clip, numbered, times())
    assert bench.label() == says(1)
    assert bench.stage.transport.timeline.maximum() == 120


def test_making_the_stage_does_not_load_the_player() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
        "from seedance_desktop.ui.stage import Stage; from seedance_desktop.ui.wishes import Wishes\n"
        "stage = Stage(Wishes()); stage.open(None, None, None); stage.shut()\n"
        "sys.exit('PySide6.QtMultimedia' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode == 0
