"""What a row says at every stage: words, money, reason and the ways on."""

from __future__ import annotations

import pytest

from seedance_desktop.domain.clip import Clip, Stage, Verdict
from seedance_desktop.domain.news import Fetched
from seedance_desktop.domain.reason import Reason
from seedance_desktop.ui.making.face import face, spoken_name
from tests.ui.test_making_clips import NOW, clip, failed, unsure, waiting

ROWS: list[tuple[Clip, str, str, tuple[str, ...]]] = [
    (clip(Stage.PLANNED), "Planned", "not charged", ("queue", "remove")),
    (clip(Stage.PLANNED, send_after=NOW + 1500), "Sending in 2 s", "not charged", ("undo",)),
    (clip(Stage.SENDING), "Sending", "charge unknown", ()),
    (waiting(), "Queued at the gateway", "charged $0.28", ("stop", "menu")),
    (waiting(rendering=True, started=NOW - 84_000), "Rendering 1:24", "charged $0.28", ("stop", "menu")),
    (clip(Stage.FETCHING, charged=Verdict.YES, task="t"), "Downloading", "charged $0.28", ("menu",)),
    (failed("content-refused"), "Failed", "not charged", ("edit", "dismiss")),
    (failed(charged=Verdict.YES, task="t"), "Failed", "charged $0.28", ("retry", "dismiss")),
    (failed("quota"), "Failed", "not charged", ("retry", "dismiss")),
    (failed("image-damaged"), "Failed", "not charged", ("edit", "dismiss")),
    (unsure(), "Charge unknown", "", ("again", "adopt", "dismiss", "details")),
    (failed(charged=Verdict.REFUNDED), "Failed", "refunded", ("retry", "dismiss")),
]


@pytest.mark.parametrize(("one", "word", "money", "actions"), ROWS)
def test_every_stage_has_its_words_money_and_ways_on(
    one: Clip, word: str, money: str, actions: tuple[str, ...]
) -> None:
    shown = face(one, NOW)
    assert (shown.word, shown.money, shown.actions) == (word, money, actions)
    name = spoken_name(one, shown)
    assert name.startswith(f"{one.recipe.prompt}, ")
    assert word in name
    assert money in name


def test_a_countdown_is_planned_to_a_screen_reader() -> None:
    one = clip(Stage.PLANNED, made=NOW - 1000, send_after=NOW + 3000)
    shown = face(one, NOW)
    assert spoken_name(one, shown) == "Fog rolls over the pass, Planned, Sending in 3 s, not charged"
    assert shown.share == pytest.approx(0.25)


def test_a_countdown_ends_by_itself() -> None:
    assert face(clip(Stage.PLANNED, send_after=NOW), NOW).word == "Planned"


def test_what_is_left_comes_from_the_library_and_never_from_hope() -> None:
    one = waiting(rendering=True, started=NOW)
    assert face(one, NOW).note == ""
    assert face(one, NOW, typical=150.0).note == "about 3 min left"
    assert face(one, NOW + 120_000, typical=150.0).note == "about 30 s left"
    assert face(one, NOW + 200_000, typical=150.0).note == ""


def test_a_download_says_how_far_it_is() -> None:
    one = clip(Stage.FETCHING, charged=Verdict.YES)
    shown = face(one, NOW, Fetched(one.id, 5_100_000, 8_200_000))
    assert (shown.word, shown.note) == ("Downloading 62 %", "5.1 MB of 8.2 MB")
    assert "62 %" in spoken_name(one, shown)
    assert face(one, NOW, Fetched(one.id, 5_100_000, 0)).bar == "busy"


def test_a_reason_is_said_in_one_sentence_and_its_raw_answer_is_not() -> None:
    one = failed("content-refused", reason=Reason.of("content-refused", message="names a person", raw="<html>"))
    name = spoken_name(one, face(one, NOW))
    assert name.endswith("The gateway refused the prompt or an image: names a person")
    assert "<html>" not in name
    assert "details" in face(one, NOW).actions


def test_only_what_changes_with_time_asks_for_the_clock() -> None:
    assert face(waiting(), NOW).ticking
    assert face(clip(Stage.PLANNED, send_after=NOW + 1), NOW).ticking
    for still in (clip(Stage.PLANNED), failed(), unsure(), clip(Stage.SENDING)):
        assert not face(still, NOW).ticking
