"""The controls: Qt's own roles and keys under the design's drawing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFocusFrame, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import (
    Button,
    Chip,
    ElidedLabel,
    Field,
    Option,
    Panel,
    Picker,
    Select,
    Separator,
    Stepper,
    Switch,
    Text,
)

_OPTIONS = [
    Option("a", "First", "use-first", "First frame"),
    Option("b", "Both", "use-first-last"),
    Option("c", "Refs", "use-refs"),
]


pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)  # offscreen says it


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")


class Show:
    """Shows widgets below each other in a window that stays until the test is over."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._kept: list[QWidget] = []

    def __call__(self, *widgets: QWidget) -> QWidget:
        holder = QWidget()
        self._qtbot.addWidget(holder)
        self._kept.append(holder)
        layout = QVBoxLayout(holder)
        for widget in widgets:
            layout.addWidget(widget)
        holder.resize(320, 60 * len(widgets))
        holder.show()
        holder.activateWindow()
        self._qtbot.waitUntil(holder.isActiveWindow)
        return holder


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    return Show(qtbot)


def test_roles_and_names(show: Show) -> None:
    picker, stepper, switch = Picker(_OPTIONS, name="Use"), Stepper(1, 8, name="Takes"), Switch("Loud")
    button, field, select = Button("Go"), Field(name="Shot", prefix="Shot"), Select(name="Sort by")
    holder = show(picker, stepper, switch, button, field, select)
    assert _spoken(picker.segment("a")) == ("First frame", QAccessible.Role.RadioButton)
    assert _spoken(picker.segment("b")) == ("Both", QAccessible.Role.RadioButton)
    assert _spoken(stepper) == ("Takes", QAccessible.Role.SpinBox)
    assert _spoken(switch) == ("Loud", QAccessible.Role.CheckBox)
    assert _spoken(button) == ("Go", QAccessible.Role.Button)
    assert _spoken(field) == ("Shot", QAccessible.Role.EditableText)
    assert _spoken(select) == ("Sort by", QAccessible.Role.ComboBox)
    assert holder.isVisible()


def test_only_what_has_the_keyboard_has_a_ring(qtbot: QtBot, show: Show) -> None:
    buttons = [Button(name) for name in "ABCDE"]
    holder = show(*buttons)
    for button in buttons:
        button.setFocus()
        qtbot.waitUntil(lambda: len(holder.findChildren(QFocusFrame)) == 1)  # the last one is gone for good
        (ring,) = holder.findChildren(QFocusFrame)
        assert ring.widget() is button


def test_an_icon_button_says_its_name() -> None:
    button = Button("Loop", "loop-20", "icon")
    assert button.toolTip() == "Loop"
    assert _spoken(button)[0] == "Loop"
    button.set_text("Play")
    assert (button.toolTip(), _spoken(button)[0]) == ("Play", "Play")


def test_arrows_move_the_choice_and_tell_it(show: Show) -> None:
    picker = Picker(_OPTIONS, name="Use")
    show(picker)
    told: list[str] = []
    picker.picked.connect(told.append)
    picker.segment("a").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(picker.segment("a"), Qt.Key.Key_Right)
    QTest.keyClick(picker.segment("b"), Qt.Key.Key_Right)
    QTest.keyClick(picker.segment("c"), Qt.Key.Key_Left)
    assert told == ["b", "c", "b"]
    assert picker.value == "b"
    assert picker.segment("b").hasFocus()


def test_a_picker_takes_one_tab_stop(show: Show) -> None:
    first, picker, last = Button("One"), Picker(_OPTIONS, name="Use"), Button("Two")
    show(first, picker, last)
    picker.set_value("b")
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert picker.segment("b").hasFocus()
    QTest.keyClick(picker.segment("b"), Qt.Key.Key_Tab)
    assert last.hasFocus()


def test_setting_a_value_is_silent(show: Show) -> None:
    picker = Picker(_OPTIONS, name="Use")
    show(picker)
    told: list[str] = []
    picker.picked.connect(told.append)
    picker.set_value("c")
    picker.set_value("unheard of")
    assert (picker.value, told) == ("c", [])


def test_the_whole_segment_answers_to_the_mouse(show: Show) -> None:
    picker = Picker(_OPTIONS, name="Use")
    show(picker)
    segment = picker.segment("c")
    QTest.mouseClick(segment, Qt.MouseButton.LeftButton, pos=QPoint(segment.width() - 2, segment.height() - 2))
    assert picker.value == "c"


def test_the_mouse_steps_on_the_arms_only(show: Show) -> None:
    stepper = Stepper(1, 3, name="Takes")
    show(stepper)
    plus, middle, minus = QPoint(90, 15), QPoint(52, 15), QPoint(10, 15)
    for place, value in ((plus, 2), (plus, 3), (plus, 3), (middle, 3), (minus, 2)):
        QTest.mouseClick(stepper, Qt.MouseButton.LeftButton, pos=place)
        assert stepper.value() == value


def test_scrolling_past_changes_no_number(show: Show) -> None:
    stepper, other = Stepper(1, 8, name="Takes"), Field(name="Shot")
    show(stepper, other)
    other.setFocus()
    event = QWheelEvent(
        QPointF(50, 10),
        QPointF(50, 10),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(stepper, event)
    assert stepper.value() == 1


def test_a_switch_can_be_set_in_silence(show: Show) -> None:
    switch = Switch("Loud")
    show(switch)
    told: list[bool] = []
    switch.toggled.connect(told.append)
    switch.blockSignals(True)
    switch.set_on(True)
    switch.blockSignals(False)
    assert (switch.isChecked(), told) == (True, [])
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_a_long_text_is_cut_and_told_whole(qtbot: QtBot, show: Show) -> None:
    long = "A very long prompt " * 20
    label = ElidedLabel(long)
    holder = show(label)
    holder.resize(200, 60)
    qtbot.waitUntil(lambda: label.width() < 220)
    assert label.toolTip() == long
    assert _spoken(label)[0].strip() == long.strip()


def test_no_control_changes_its_size_with_the_theme(show: Show, qapp: QApplication) -> None:
    made = [Button("Go", "check"), Text("Text"), Chip("12B", "outline"), Separator(), Panel(), Stepper(1, 8, name="N")]
    holder = show(*made)
    before = [widget.sizeHint() for widget in made]
    theme.apply(qapp, "light")
    assert [widget.sizeHint() for widget in made] == before
    assert not holder.grab().isNull()


def test_a_field_keeps_the_text_right_of_its_prefix() -> None:
    assert Field(name="Project", prefix="Project").textMargins().left() > Field(name="Project").textMargins().left()


def _spoken(widget: QWidget) -> tuple[str, QAccessible.Role]:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name), interface.role()
