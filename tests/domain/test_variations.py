"""What a prompt with choices stands for, and old suffixes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_desktop.domain import suffixes, variations
from seedance_desktop.domain.catalogue import MOST_BATCH
from seedance_desktop.domain.errors import BadRecipe
from seedance_desktop.domain.recipe import Draft, Recipe

EXPANDED = {
    "a bay at {sunset|dawn|night}": ["a bay at sunset", "a bay at dawn", "a bay at night"],
    "{a|b} {c|d}": ["a c", "a d", "b c", "b d"],
    "｛海｜山｝的清晨": ["海的清晨", "山的清晨"],
    "a { red | blue } car": ["a red car", "a blue car"],
    "a {red|} car": ["a red car", "a car"],
    "{x|x} twice": ["x twice"],
    "no {choice} here": ["no {choice} here"],
    "open {a|b": ["open {a|b"],
    "two  spaces stay": ["two  spaces stay"],
}


@pytest.mark.parametrize(("prompt", "expanded"), EXPANDED.items())
def test_what_it_stands_for(prompt: str, expanded: list[str]) -> None:
    assert variations.expand(prompt) == expanded
    assert variations.count(prompt) == len(expanded)


def test_takes_multiply() -> None:
    planned = variations.plan(Draft(Recipe("{a|b}", ratio="1:1"), takes=2))
    assert [one.prompt for one in planned] == ["a", "a", "b", "b"]
    assert {one.ratio for one in planned} == {"1:1"}


@pytest.mark.parametrize("draft", [Draft(Recipe("{a|b|c|d|e}" * 3)), Draft(Recipe("{a|b|c}{1|2|3}"), takes=8)])
def test_too_many_are_refused(draft: Draft) -> None:
    with pytest.raises(BadRecipe) as refused:
        variations.plan(draft)
    assert refused.value.reason.code == "variations-too-many"
    assert int(refused.value.reason.fact("count")) > MOST_BATCH


def test_a_million_choices_are_counted_at_once() -> None:
    assert variations.count("{a|b|c|d}" * 40) == 4**40


def test_a_choice_of_nothing_is_an_empty_prompt() -> None:
    with pytest.raises(BadRecipe) as refused:
        variations.plan(Draft(Recipe("{a|}")))
    assert refused.value.reason.code == "prompt-empty"


@given(st.text(alphabet="ab {}|｛｜｝,", max_size=30))
def test_any_text_expands_or_is_refused(prompt: str) -> None:
    number = variations.count(prompt)
    if number > MOST_BATCH:
        with pytest.raises(BadRecipe):
            variations.expand(prompt)
        return
    found = variations.expand(prompt)
    assert len(found) == number == len(set(found)) >= 1
    for start, end in variations.groups(prompt):
        assert prompt[start] in "{｛"
        assert prompt[end - 1] in "}｝"


def test_old_suffixes_are_found_and_become_settings() -> None:
    recipe = Recipe("a fox runs --ratio 9:16 --dur 10s --rs 720P --seed 42 --watermark false")
    assert [(one.setting, one.value) for one in suffixes.find(recipe.prompt)] == [
        ("ratio", "9:16"),
        ("duration", "10"),
        ("resolution", "720p"),
        ("", ""),
        ("", ""),
    ]
    applied = suffixes.applied(recipe)
    assert (applied.prompt, applied.ratio, applied.duration, applied.resolution) == ("a fox runs", "9:16", 10, "720p")


def test_what_this_gateway_does_not_have_only_goes() -> None:
    applied = suffixes.applied(Recipe("a fox --ratio 21:9 --dur 7, at night"))
    assert applied.ratio == Recipe("").ratio
    assert applied.duration == Recipe("").duration


def test_a_dash_in_a_sentence_is_no_suffix() -> None:
    assert suffixes.find("she waits --- then runs, 5--7 gulls, --no-entry sign") == []
