"""What leaves the ledger as text: the claim for the gateway's support, CSV for accounting, amounts in sentences."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta, timezone

import pytest

from seedance_desktop.domain import ledger
from seedance_desktop.domain.clip import Verdict
from seedance_desktop.domain.errors import OverBudget
from seedance_desktop.domain.money import Money, Spend, check_budget
from seedance_desktop.domain.reason import Reason
from seedance_desktop.ui.ledger import wording
from seedance_desktop.ui.ledger.claim import claim
from seedance_desktop.words import VERDICTS, say
from tests.ui.ledger_entries import entry

AT = int(datetime(2026, 11, 21, 17, 31, 7, tzinfo=UTC).timestamp() * 1000)
PARIS = timezone(timedelta(hours=1))
CUT = Reason.of("cut-off", raw="HTTP/1.1 502 sk-secret")


def test_a_claim_says_when_where_how_much_and_why() -> None:
    said = claim([entry(Verdict.UNSURE, approved=AT - 9000, sent=AT, reason=CUT)], PARIS)
    assert said == (
        "Seedance Desktop, 21 Nov 2026 18:31:07 UTC+1. One generation sent to gateway.example.com, $0.28. "
        "The connection broke before a task ID came back. "
        "Was it charged? If so, please refund it or give the task ID."
    )


def test_a_claim_of_a_charge_has_its_task_id_and_no_question() -> None:
    said = claim([entry(Verdict.YES, sent=AT, task="cgt-7b02aa", reason=Reason.of("link-expired"))], UTC)
    assert "18:31" not in said
    assert "17:31:07 UTC." in said
    assert "Task ID cgt-7b02aa. The link to the clip has expired" in said
    assert said.endswith("It was charged: please check the charge.")


@pytest.mark.parametrize(
    ("minutes", "offset"), [(0, "UTC"), (60, "UTC+1"), (480, "UTC+8"), (330, "UTC+5:30"), (-210, "UTC-3:30")]
)
def test_a_claim_tells_the_offset_of_its_times(minutes: int, offset: str) -> None:
    said = claim([entry(sent=AT)], timezone(timedelta(minutes=minutes)))
    assert f" {offset}. " in said


def test_several_are_listed_oldest_first_and_added_up() -> None:
    rows = [
        entry(Verdict.UNSURE, sent=AT + 60_000, reason=Reason.of("server-error", status=502)),
        entry(Verdict.UNSURE, sent=AT, task="cgt-1", price=Money(56)),
    ]
    assert claim(rows, UTC).splitlines() == [
        "Seedance Desktop. 2 generations sent to gateway.example.com, $0.84 together:",
        "1. 21 Nov 2026 17:31:07 UTC · $0.56 · unknown. Task ID cgt-1.",
        "2. 21 Nov 2026 17:32:07 UTC · $0.28 · unknown. The answer to the request was error 502.",
        "Were they charged? If so, please refund them or give the task IDs.",
    ]


def test_each_gateway_gets_its_own_claim() -> None:
    said = claim([entry(sent=AT), entry(Verdict.NO, sent=AT + 1, gateway="https://other.example")], UTC)
    first, second = said.split("\n\n")
    assert "gateway.example.com" in first
    assert "other.example" not in first
    assert "other.example, $0.28 together" in second


def test_mixed_verdicts_ask_for_a_check() -> None:
    said = claim([entry(Verdict.YES, sent=AT), entry(Verdict.UNSURE, sent=AT + 1)], UTC)
    assert "· charged." in said
    assert "· unknown." in said
    assert said.endswith("refund what was charged without a clip or give the task IDs.")


def test_a_claim_never_carries_the_raw_answer_and_nothing_makes_no_claim() -> None:
    assert "sk-secret" not in claim([entry(Verdict.UNSURE, sent=AT, reason=CUT)], UTC)
    assert claim([]) == ""


def test_csv_round_trips_and_no_cell_is_a_formula() -> None:
    evil = ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", "＝1+1"]
    rows = [entry(prompt=text, project=text, note=text, approved=AT, sent=0) for text in evil]
    read = list(csv.DictReader(io.StringIO(ledger.to_csv(rows, VERDICTS, wording.sentence), newline="")))
    assert [row["prompt"] for row in read] == [f"'{text}" for text in evil]
    assert all(row["project"].startswith("'") and row["note"].startswith("'") for row in read)
    assert {(row["approved"], row["sent"], row["price"], row["verdict"]) for row in read} == {
        ("2026-11-21T17:31:07+00:00", "", "0.28", "charged")
    }


def test_a_bare_carriage_return_ends_no_row() -> None:
    text = ledger.to_csv([entry(prompt="one\r=two\r\nthree", note="\r=1")], VERDICTS, wording.sentence)
    assert "\r" not in text
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["prompt"], row["note"]) == ("one\n=two\nthree", "'\n=1")


def test_csv_keeps_quotes_lines_and_chinese() -> None:
    prompt = 'She says "no",\n灯塔'
    [row] = csv.DictReader(io.StringIO(ledger.to_csv([entry(prompt=prompt)], VERDICTS, wording.sentence), newline=""))
    assert row["prompt"] == prompt


def test_a_reached_budget_is_told_in_money() -> None:
    with pytest.raises(OverBudget) as reached:
        check_budget(Spend(4000, 990), Money(28), 5000)
    reason = reached.value.reason
    assert "$49.90 of $50.00" in say(reason.code, dict(reason.facts))
