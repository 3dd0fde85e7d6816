"""Variations: `{sunset|dawn|night}` in a prompt stands for one prompt each. `｛｜｝` count as `{|}`."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from math import prod

from .catalogue import MOST_BATCH
from .errors import BadRecipe
from .recipe import Draft, Recipe

_SIGNS = str.maketrans("｛｜｝", "{|}")
_GROUP = re.compile(r"\{([^{}]*\|[^{}]*)\}")
_SPACES = re.compile(r" {2,}")


def groups(prompt: str) -> list[tuple[int, int]]:
    """Where the groups of choices stand in a prompt: from the brace that opens to past the one that closes."""
    return [match.span() for match in _GROUP.finditer(prompt.translate(_SIGNS))]


def count(prompt: str) -> int:
    """How many prompts this one stands for, each counted once; 1 without variations.

    Beyond `catalogue.MOST_BATCH` the product of the choices, which may count some twice.
    """
    rough = prod(len(choices) for choices in _choices(prompt))
    return rough if rough > MOST_BATCH else len(expand(prompt))


def expand(prompt: str) -> list[str]:
    """Every prompt that this one stands for, in order, the last group changing first; raises `BadRecipe`.

    Braces without a choice in them are text like any other. Spaces that an empty choice leaves behind go.
    """
    choices = _choices(prompt)
    if not choices:
        return [prompt]
    number = prod(len(one) for one in choices)
    if number > MOST_BATCH:
        raise BadRecipe("variations-too-many", count=number, most=MOST_BATCH)
    texts = _between(prompt)
    made = ("".join(_woven(texts, one)) for one in product(*choices))
    return list(dict.fromkeys(_SPACES.sub(" ", text).strip() for text in made))


def plan(draft: Draft) -> list[Recipe]:
    """One recipe for each clip of a click: every variation, each as often as there are takes; raises `BadRecipe`."""
    prompts = expand(draft.recipe.prompt)
    clips = len(prompts) * draft.takes
    if clips > MOST_BATCH:
        raise BadRecipe("variations-too-many", count=clips, most=MOST_BATCH)
    if not all(prompt.strip() for prompt in prompts):
        raise BadRecipe("prompt-empty")
    return [replace(draft.recipe, prompt=prompt) for prompt in prompts for _ in range(draft.takes)]


def _choices(prompt: str) -> list[list[str]]:
    """The choices of each group, without the spaces round them."""
    plain = prompt.translate(_SIGNS)
    return [[choice.strip() for choice in match[1].split("|")] for match in _GROUP.finditer(plain)]


def _between(prompt: str) -> list[str]:
    """The texts before, between and after the groups, as they were written."""
    texts, end = [], 0
    for start, past in groups(prompt):
        texts.append(prompt[end:start])
        end = past
    return [*texts, prompt[end:]]


def _woven(texts: list[str], choices: tuple[str, ...]) -> list[str]:
    woven = [texts[0]]
    for choice, text in zip(choices, texts[1:], strict=True):
        woven += [choice, text]
    return woven
