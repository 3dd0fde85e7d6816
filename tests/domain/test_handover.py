"""What is handed over: names, ranges, the picture that a child repeats, and the list that goes with the files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from seedance_desktop.domain.clip import Clip, Flag, Footage, Stage
from seedance_desktop.domain.errors import BadRecipe
from seedance_desktop.domain.handover import Format, Handover, Listing, check, parts, span, stem
from seedance_desktop.domain.listing import Handed, to_csv, to_json
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe, Reference, Use

FOOTAGE = Footage(1280, 720, 121, 24.0, 121 / 24, 1000)
CLIP = Clip(
    1, Recipe("A boat leaves"), 1_700_000_000_000, "", Money(0), project="Pier", shot="1", footage=FOOTAGE,
    stage=Stage.READY,
)  # fmt: skip


def child(parent: Clip, frame: int, use: Use = Use.FIRST_FRAME) -> Clip:
    return replace(CLIP, id=2, recipe=Recipe("And turns", (Reference("end", "ab", clip=parent.id, frame=frame),), use))


def test_a_handover_is_checked_and_names_each_clip_once() -> None:
    asked = Handover((1, 2, 1), "/tmp/out", format="prores", listing="csv")  # type: ignore[arg-type]
    checked = check(asked)
    assert (checked.ids, checked.format, checked.listing) == ((1, 2), Format.PRORES, Listing.CSV)
    for wrong in (replace(asked, ids=()), replace(asked, folder="out"), replace(asked, template="{price}")):
        with pytest.raises(BadRecipe):
            check(wrong)


def test_names_follow_the_template_and_hold_the_id_only_where_it_asks_for_it() -> None:
    assert stem("{number} {project} {shot}", CLIP, 7, 120) == "007 Pier 1"
    assert stem("{shot}-{id}", CLIP, 1, 1) == f"1-{CLIP.name}"
    assert stem("{number}{number}", replace(CLIP, shot="{number}"), 2, 2) == "22"
    assert stem("{shot}", replace(CLIP, shot="{number}"), 2, 2) == "{number}"
    assert stem("{shot}", replace(CLIP, shot=" / "), 1, 1) == CLIP.name, "a name is never empty"


@pytest.mark.parametrize(
    ("marks", "expected"),
    [((-1, -1), (0, 120)), ((10, -1), (10, 120)), ((-1, 10), (0, 10)), ((10, 20), (10, 20)), ((300, 5), (0, 5))],
)
def test_a_range_is_the_marks_or_the_whole(marks: tuple[int, int], expected: tuple[int, int]) -> None:
    assert span(replace(CLIP, mark_in=marks[0], mark_out=marks[1])) == expected


def test_the_picture_that_a_child_repeats_is_left_out_of_a_joined_file() -> None:
    assert parts([CLIP, child(CLIP, 120)], trimmed=False) == [(0, 120), (1, 120)]
    assert parts([CLIP, child(CLIP, 100)], trimmed=False) == [(0, 120), (0, 120)]
    assert parts([replace(CLIP, mark_out=100), child(CLIP, 100)], trimmed=True) == [(0, 100), (1, 120)]
    assert parts([child(CLIP, 120), CLIP], trimmed=False) == [(0, 120), (0, 120)]
    assert parts([CLIP, child(CLIP, 120, Use.REFERENCES)], trimmed=False)[1] == (0, 120)
    assert parts([CLIP, replace(child(CLIP, 120), mark_in=5)], trimmed=True)[1] == (5, 120)


def test_the_list_has_all_recipes_and_no_formula() -> None:
    clip = replace(CLIP, stars=4, flag=Flag.PICK, tags=("rain", "=1+1"), notes="@boss\r\nlater", footage=None)
    handed = [Handed(clip, "a.mp4", 3, 9), Handed(child(CLIP, 120), "=b.mov", 0, 120)]
    first, second = csv.DictReader(io.StringIO(to_csv(handed)))
    assert (first["file"], first["prompt"], first["tags"], first["notes"]) == (
        "a.mp4", "A boat leaves", "rain, =1+1", "'@boss\nlater",
    )  # fmt: skip
    assert (first["first_frame"], first["last_frame"], first["width"]) == ("3", "9", "")
    assert (second["file"], second["images"], second["use"]) == ("'=b.mov", "end", "first-frame")
    read = json.loads(to_json(handed))["clips"]
    assert read[0]["tags"] == ["rain", "=1+1"]
    assert read[0]["flag"] == "pick"
    assert "width" not in read[0]
    assert not {"price", "task", "gateway"} & read[1].keys()
