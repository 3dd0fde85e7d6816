"""What differs between clips is told by the words and settings that differ, and by nothing else."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import Any

import pytest

from seedance_desktop.domain.clip import Clip, Footage
from seedance_desktop.domain.differences import ELLIPSIS, Difference, Piece, Setting, Value, continued, differences
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Recipe, Reference, Use

MADE = 1_795_300_000_000
MARA, TOWER, DUSK = Reference("Mara", "aa"), Reference("Tower", "bb"), Reference("Dusk", "cc")
Settings = dict[Setting, tuple[Value, ...]]


def clip(prompt: str = "A boat.", number: int = 1, **changes: object) -> Clip:
    recipe = replace(Recipe(prompt), **changes)  # type: ignore[arg-type]
    return Clip(number, recipe, MADE, "https://gateway.example", Money(28))


def told(*clips: Clip) -> Settings:
    return {one.setting: one.values for one in differences(clips)}


def line(value: Value) -> str:
    """A value with its marked words in brackets."""
    return "".join(f"[{one.text}]" if one.differs else one.text for one in value)


def prompts(*texts: str) -> list[str]:
    return [line(value) for value in told(*(clip(text) for text in texts))[Setting.PROMPT]]


def test_takes_of_one_click_differ_in_nothing() -> None:
    assert differences([clip(), replace(clip(number=2), made=MADE + 900, take=2)]) == []


def test_only_the_words_that_differ_with_a_little_beside_them() -> None:
    begin = "The keeper climbs the last stairs of the lighthouse while the lamp turns slowly, "
    assert prompts(begin + "blue hour", begin + "green dusk") == [
        "…the lamp turns slowly, [blue hour]",
        "…the lamp turns slowly, [green dusk]",
    ]


def test_words_that_one_prompt_lacks_leave_their_place_to_be_seen() -> None:
    assert prompts("one two three four five six seven", "one two three four five red six seven") == [
        "…two three four five six seven",
        "…two three four five [red] six seven",
    ]


def test_what_lies_between_two_differences_is_left_out() -> None:
    middle = "a b c d e f g h i j"
    assert prompts(f"red {middle} end", f"blue {middle} stop") == [
        "[red] a b…g h i j [end]",
        "[blue] a b…g h i j [stop]",
    ]


def test_chinese_is_compared_by_its_characters() -> None:
    assert prompts("海边的灯塔,蓝调时刻,镜头缓缓推近", "海边的灯塔,黄昏时刻,镜头缓缓推近") == [
        "…边的灯塔,[蓝调]时刻…",
        "…边的灯塔,[黄昏]时刻…",
    ]


def test_three_prompts_are_compared_with_all_others() -> None:
    assert prompts("a red boat", "a blue boat", "a red ship") == ["a [red boat]", "a [blue boat]", "a [red ship]"]


def test_a_prompt_of_quite_other_words_is_cut() -> None:
    one, other = prompts(" ".join(f"a{n}" for n in range(99)), " ".join(f"b{n}" for n in range(99)))
    assert one.startswith("[a0 a1")
    assert one.endswith(ELLIPSIS)
    assert len(other) < 80


def test_images_in_a_prompt_are_told_by_name() -> None:
    one = clip("Image 1 waits", references=(MARA,), use=Use.REFERENCES)
    other = clip("Image 1 waits", references=(TOWER,), use=Use.REFERENCES)
    assert [line(value) for value in told(one, other)[Setting.PROMPT]] == ["[Mara] waits", "[Tower] waits"]


def test_references_by_name_marked_where_not_all_have_them() -> None:
    one = clip(references=(MARA, TOWER, DUSK), use=Use.REFERENCES)
    other = clip(references=(MARA, TOWER), use=Use.REFERENCES)
    values = told(one, other)[Setting.REFERENCES]
    assert [[(piece.text, piece.differs) for piece in value] for value in values] == [
        [("1 Mara", False), ("2 Tower", False), ("3 Dusk", True)],
        [("1 Mara", False), ("2 Tower", False)],
    ]


def test_a_reference_that_is_a_frame_of_the_other_clip_says_so() -> None:
    parent = clip(number=7)
    child = clip(number=8, references=(Reference("frame", "dd", clip=7, frame=120),))
    values = told(parent, child)
    assert values[Setting.REFERENCES] == ((), (Piece("1 frame", True, 0, 120),))
    assert values[Setting.USE] == ((), (Piece("first-frame"),))
    assert continued(child, parent) == 120
    assert continued(parent, child) is None
    known = replace(parent, footage=Footage(10, 10, 121, 24.0, 5.0, 9))
    assert told(known, child)[Setting.REFERENCES][1] == (Piece("1 frame", True, 0, -1),)


@pytest.mark.parametrize(
    ("setting", "change", "values"),
    [
        (Setting.RATIO, {"ratio": "9:16"}, ("16:9", "9:16")),
        (Setting.DURATION, {"duration": 10}, ("5", "10")),
        (Setting.RESOLUTION, {"resolution": "480p"}, ("1080p", "480p")),
        (Setting.MODEL, {"model": "other"}, (Recipe("").model, "other")),
    ],
)
def test_each_setting(setting: Setting, change: dict[str, Any], values: tuple[str, str]) -> None:
    pieces = tuple((Piece(value),) for value in values)
    assert differences([clip(), clip(**change)]) == [Difference(setting, pieces)]


def test_shot_rate_and_time_of_making() -> None:
    film = Footage(10, 10, 5, 24.0, 1.0, 9)
    one = replace(clip(), shot="12B", project="Film", footage=film)
    other = replace(clip(), shot="12C", project="Film", footage=replace(film, fps=29.97), made=MADE + 60_000)
    found = told(one, other)
    assert found[Setting.SHOT] == ((Piece("Film · 12B"),), (Piece("Film · 12C"),))
    assert found[Setting.RATE] == ((Piece("24"),), (Piece("29.97"),))
    assert found[Setting.MADE] == ((Piece(str(MADE)),), (Piece(str(MADE + 60_000)),))
    assert len(found) == 3


def test_any_prompts_can_be_told_and_marked_words_are_never_common_to_all() -> None:
    dice = random.Random(11)
    for _ in range(300):
        texts = [
            " ".join(dice.choice("a b c 海 , x").strip() or "y" for _ in range(dice.randrange(12))) for _ in range(3)
        ]
        if len(set(texts)) == 1:
            continue
        for value, text in zip(told(*(clip(one) for one in texts))[Setting.PROMPT], texts, strict=True):
            for piece in value:
                for part in piece.text.split(ELLIPSIS):
                    assert part.strip() in " ".join(text.split())


def test_long_prompts_are_compared_in_a_moment() -> None:
    dice = random.Random(5)
    texts = ["".join(dice.choice("灯塔海边蓝调时刻镜头推近") for _ in range(4000)) for _ in range(4)]
    begin = time.perf_counter()
    told(*(clip(text) for text in texts))
    assert time.perf_counter() - begin < 2
