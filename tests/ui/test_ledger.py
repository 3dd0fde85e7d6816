"""The ledger's view: what it shows and adds up, and what it wishes."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from seedance_desktop.domain.clip import Verdict
from seedance_desktop.domain.ledger import Entry
from seedance_desktop.domain.reason import Reason
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Select, Text
from seedance_desktop.ui.ledger import Ledger
from seedance_desktop.ui.ledger.model import CLIP, NOTE, PRICE, TIME, VERDICT
from seedance_desktop.ui.ledger.table import Table
from seedance_desktop.ui.wishes import Wishes
from tests.ui.ledger_entries import DAY, entry
from tests.ui.test_making_clips import Heard

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen does less

NOW = int(time.time() * 1000)
MARA = entry(prompt="Mara climbs", project="Film", shot="12B", task="cgt-1", approved=NOW)
FOG = entry(Verdict.UNSURE, "Fog rolls", project="Film", approved=NOW - 1000, reason=Reason.of("cut-off"))
STORM = entry(Verdict.NO, "Storm", project="Film", shot="7", approved=NOW - 2000)
RAIN = entry(Verdict.REFUNDED, "Rain", project="Loop", shot="12B", approved=NOW - 3000, note="refunded 3 May")
OLD = entry(prompt="Old", approved=NOW - 70 * DAY)
ALL = [MARA, FOG, STORM, RAIN, OLD]


@pytest.fixture
def wishes() -> Wishes:
    return Wishes()


@pytest.fixture
def ledger(qtbot: QtBot, qapp: QApplication, wishes: Wishes) -> Ledger:
    theme.apply(qapp, "dark")
    made = Ledger(wishes)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.set_entries(ALL)
    made.show()
    return made


def column(table: Table, at: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def pick(select: Select, text: str) -> None:
    at = select.findText(text)
    assert at >= 0, [select.itemText(row) for row in range(select.count())]
    select.setCurrentIndex(at)
    select.activated.emit(at)


def sums(ledger: Ledger) -> list[str]:
    """The footer, as a screen reader reads it."""
    named = [text.accessibleName() for text in ledger.footer.findChildren(Text) if text.isVisible()]
    return [name for name in named if name]


def choose(ledger: Ledger, *entries: Entry) -> None:
    prompts = [one.prompt for one in entries]
    rows = [row for row, said in enumerate(column(ledger.table, CLIP)) if said.split(", ")[-1] in prompts]
    ledger.table.choose(rows, rows[0])


def test_it_shows_this_month_newest_first(ledger: Ledger) -> None:
    assert column(ledger.table, CLIP) == ["12B, Mara climbs", "Fog rolls", "7, Storm", "12B, Rain"]
    assert column(ledger.table, VERDICT) == ["charged", "unknown", "not charged", "refunded"]
    assert column(ledger.table, PRICE) == ["$0.28"] * 4
    notes = column(ledger.table, NOTE)
    assert notes[0] == ""
    assert notes[1].startswith("The line broke")
    assert notes[3] == "refunded 3 May"


def test_the_footer_adds_up_by_verdict_and_what_counts(ledger: Ledger) -> None:
    assert sums(ledger) == [
        "Charged · 1: $0.28",
        "Unknown · 1: $0.28",
        "Refunded · 1: $0.28",
        "Not charged · 1: $0.00",
        "Counts toward the budget: charged + unknown: $0.56",
    ]
    ledger.set_budget(56, 5000)
    assert sums(ledger)[-1].endswith("$0.56 of $50.00")
    pick(ledger.header.month, "All time")
    assert sums(ledger)[-1].endswith(": $0.84"), "another span than the budget's is not compared with it"


def test_month_and_project_filter(ledger: Ledger) -> None:
    pick(ledger.header.month, "All time")
    assert len(column(ledger.table, CLIP)) == 5
    pick(ledger.header.project, "Loop")
    assert column(ledger.table, CLIP) == ["12B, Rain"]
    pick(ledger.header.project, "No project")
    assert column(ledger.table, CLIP) == ["Old"]
    ledger.set_entries(ALL)
    assert column(ledger.table, CLIP) == ["Old"], "new entries keep the filters"


@pytest.mark.parametrize(
    ("by", "groups", "counted"),
    [
        ("Totals by project", ["No project", "Film", "Loop"], ["$0.28", "$0.56", "$0.00"]),
        (
            "Totals by shot",
            ["No shot", "Film · No shot", "Film · 7", "Film · 12B", "Loop · 12B"],
            ["$0.28", "$0.28", "$0.00", "$0.28", "$0.00"],
        ),
    ],
)
def test_totals_by_project_and_shot(ledger: Ledger, by: str, groups: list[str], counted: list[str]) -> None:
    pick(ledger.header.month, "All time")
    pick(ledger.header.by, by)
    assert ledger.sums.isVisible()
    assert column(ledger.sums, 0) == groups
    assert column(ledger.sums, 5) == counted
    assert not ledger.header.mark.isEnabled()


def test_totals_by_day_and_month_are_newest_first(ledger: Ledger) -> None:
    pick(ledger.header.month, "All time")
    for by in ("Totals by day", "Totals by month"):
        pick(ledger.header.by, by)
        assert column(ledger.sums, 1) == ["4", "1"] or by.endswith("day")  # four submits may straddle midnight
        assert column(ledger.sums, 5)[-1] == "$0.28"


def test_a_click_on_a_heading_orders_and_keeps_the_choice(ledger: Ledger) -> None:
    choose(ledger, STORM)
    heading = ledger.table.horizontalHeader()
    at = QPoint(heading.sectionViewportPosition(CLIP) + 20, 10)
    QTest.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=at)
    first = column(ledger.table, CLIP)
    QTest.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert column(ledger.table, CLIP) == first[::-1]
    assert first[0] == "Fog rolls"
    assert ledger.chosen() == [STORM]


def test_new_entries_keep_the_choice_by_its_submit(ledger: Ledger) -> None:
    choose(ledger, FOG, RAIN)
    ledger.set_entries([entry(prompt="New", approved=NOW + 1), *ALL])
    assert ledger.chosen() == [FOG, RAIN]
    ledger.set_entries([MARA, RAIN])
    assert ledger.chosen() == [RAIN]


def test_marking_asks_for_a_note_and_wishes_it_for_each(ledger: Ledger, wishes: Wishes, qtbot: QtBot) -> None:
    heard = Heard(wishes.correct)
    choose(ledger, MARA, FOG)
    dialog = ledger.mark(Verdict.REFUNDED)
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert not dialog.isModal()
    ledger.set_entries([RAIN])  # what is chosen by then doesn't matter
    dialog.field.setText("  refunded 3 May ")
    assert heard.all == []
    dialog.agree.click()
    assert heard.all == [(MARA.id, "refunded", "refunded 3 May"), (FOG.id, "refunded", "refunded 3 May")]


def test_a_mark_that_is_cancelled_wishes_nothing_and_a_note_is_kept(
    ledger: Ledger, wishes: Wishes, qtbot: QtBot
) -> None:
    heard = Heard(wishes.correct)
    choose(ledger, RAIN)
    dialog = ledger.mark(Verdict.YES)
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert dialog.field.text() == "refunded 3 May"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert heard.all == []


def test_the_menu_offers_the_four_verdicts(ledger: Ledger, qtbot: QtBot) -> None:
    assert not ledger.header.mark.isEnabled()
    choose(ledger, FOG)
    ledger.header.mark.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names == ["Charged", "Not charged", "Refunded", "Unknown"]
    menu.close()


def test_ctrl_c_copies_the_claim_of_the_choice(ledger: Ledger, qtbot: QtBot) -> None:
    said = Heard(ledger.said)
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(ledger.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before", "nothing is chosen"
    choose(ledger, FOG)
    QTest.keyClick(ledger.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "The connection broke before a task ID came back." in QGuiApplication.clipboard().text()
    assert len(said.all) == 1


def test_export_asks_where_to_and_carries_what_is_shown(ledger: Ledger, wishes: Wishes) -> None:
    heard = Heard(wishes.export_ledger)
    pick(ledger.header.project, "Film")
    ledger.header.export.click()
    dialog = ledger.export()
    assert isinstance(dialog, QFileDialog)
    assert dialog.selectedFiles()[0].endswith(f"ledger-{time.strftime('%Y-%m')}.csv")
    dialog.fileSelected.emit("/tmp/here.csv")
    assert heard.all == [("/tmp/here.csv", [MARA, FOG, STORM])]
    dialog.reject()


def test_escape_and_the_cross_close_it(ledger: Ledger, qtbot: QtBot) -> None:
    ledger.activateWindow()
    ledger.table.setFocus()
    qtbot.waitUntil(ledger.table.hasFocus)
    with qtbot.waitSignal(ledger.closed):
        QTest.keyClick(ledger.table, Qt.Key.Key_Escape)
    with qtbot.waitSignal(ledger.closed):
        ledger.header.close_button.click()


def test_arrows_move_and_a_context_menu_orders_without_a_mouse(ledger: Ledger) -> None:
    choose(ledger, MARA)
    QTest.keyClick(ledger.table, Qt.Key.Key_Down)
    assert ledger.chosen() == [FOG]
    for _ in range(VERDICT):
        QTest.keyClick(ledger.table, Qt.Key.Key_Right)
    menu = ledger._context_menu(ledger.mapToGlobal(ledger.rect().center()))
    [order] = [action for action in menu.actions() if action.text() == "Sort by: Verdict"]
    order.trigger()
    menu.close()
    assert column(ledger.table, VERDICT) == ["charged", "not charged", "refunded", "unknown"]


def test_the_project_of_the_choice_is_added_up(ledger: Ledger) -> None:
    choose(ledger, MARA, STORM)
    assert "Film: $0.56" in sums(ledger)
    choose(ledger, MARA, RAIN)
    assert not any(said.startswith(("Film", "Loop")) for said in sums(ledger))


def test_an_empty_ledger_says_so(ledger: Ledger) -> None:
    ledger.set_entries([])
    shown = [text.text() for text in ledger.findChildren(Text) if text.isVisible()]
    assert any(text.startswith("Nothing has been sent yet") for text in shown)
    assert not ledger.table.isVisible()
    assert not ledger.header.export.isEnabled()


def test_changes_while_it_is_on_screen_cost_one_question(ledger: Ledger, wishes: Wishes, qtbot: QtBot) -> None:
    heard = Heard(wishes.ledger_wanted)
    for _ in range(5):
        ledger.stale()
    qtbot.waitUntil(lambda: heard.all == [()])
    ledger.hide()
    ledger.stale()
    assert not ledger._stale.isActive()


def test_every_control_has_a_name(ledger: Ledger) -> None:
    header = ledger.header
    controls = (header.month, header.project, header.by, header.mark, header.copy, header.export, header.close_button)
    names = [control.accessibleName() for control in controls]
    assert names == ["Month", "Project", "Totals by", "Mark as…", "Copy claim", "Export CSV…", "Close the ledger"]
    assert ledger.table.accessibleName() == "Ledger"
    index = ledger.table.model().index(0, CLIP)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "12B, Mara climbs"


@pytest.mark.parametrize("width", [420, 711, 1100])
def test_no_column_is_pushed_out(ledger: Ledger, width: int) -> None:
    ledger.resize(width, 600)
    table = ledger.table
    wide = sum(table.columnWidth(at) for at in range(7) if not table.isColumnHidden(at))
    assert wide <= max(table.viewport().width() + 7, 470)


def test_ten_thousand_rows_stay_quick(ledger: Ledger) -> None:
    pick(ledger.header.month, "All time")
    many: Sequence[Entry] = [entry(prompt=f"Clip {n}", approved=NOW - n, project=f"P{n % 7}") for n in range(10_000)]
    begun = time.process_time()
    ledger.set_entries(many)
    ledger.table.order_by(NOTE, Qt.SortOrder.AscendingOrder)
    ledger.table.order_by(TIME, Qt.SortOrder.DescendingOrder)
    ledger.table.selectAll()
    ledger.set_entries(many)
    assert len(ledger.chosen()) == len(column(ledger.table, TIME))
    ledger.table.choose(range(0, 10_000, 2))
    assert len(ledger.chosen()) == 5_000
    ledger.grab()
    assert time.process_time() - begun < 4.0  # about 1 s here; what grows with the square of the rows takes far longer
