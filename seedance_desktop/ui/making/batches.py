"""Titles that tell the clips of one batch apart: what only this prompt has, before the words that all begin with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from seedance_desktop.domain.clip import Clip

Span = tuple[int, int]
"""From the first character to past the last one."""

# Chinese has no spaces: by letters. Compiled by the first use (and kept by `re`): it takes a millisecond of the start.
_WORD = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|\w+|\s+|[^\w\s]"
_MOST = 60  # words between the shared ends that are compared one by one; of longer ones the ends tell
_LETTERS = 120


class Batches:
    """Knows the prompts of every click that has a clip in the list, those included that have left it."""

    def __init__(self) -> None:
        self._click: dict[int, int] = {}  # of each clip in the list
        self._members: dict[int, set[int]] = {}
        self._prompts: dict[int, list[str]] = {}
        self._titles: dict[int, dict[str, str]] = {}

    def put(self, clip: Clip) -> list[int]:
        """A clip is in the list; the ids of the others whose titles are others now."""
        if clip.takes == 1:
            return []
        self._click[clip.id] = clip.click
        members = self._members.setdefault(clip.click, set())
        members.add(clip.id)
        prompts = self._prompts.setdefault(clip.click, [])
        if clip.recipe.prompt in prompts:
            return []
        prompts.append(clip.recipe.prompt)
        self._titles.pop(clip.click, None)
        return [one for one in members if one != clip.id]

    def drop(self, number: int) -> None:
        """A clip has left the list."""
        click = self._click.pop(number, None)
        if click is None:
            return
        self._members[click].discard(number)
        if not self._members[click]:
            del self._members[click], self._prompts[click]
            self._titles.pop(click, None)

    def title(self, clip: Clip) -> str:
        """What tells this clip from the others of its click; empty where their prompts are the same."""
        prompts = self._prompts.get(clip.click, ())
        if len(prompts) < 2:
            return ""
        if clip.click not in self._titles:
            self._titles[clip.click] = titles(prompts)
        return self._titles[clip.click].get(clip.recipe.prompt, "")


def titles(prompts: Sequence[str]) -> dict[str, str]:
    """A title for each of the prompts of one click; empty where all are the same and the first words do."""
    different = list(dict.fromkeys(prompts))
    told = zip(different, _differing(different), strict=True)
    return {prompt: _title(prompt, spans) for prompt, spans in told}


def _title(prompt: str, spans: Sequence[Span]) -> str:
    own = ", ".join(prompt[start:end] for start, end in spans)
    return f"{own} · {prompt}"[:_LETTERS] if own else ""


def _differing(prompts: Sequence[str]) -> list[list[Span]]:
    """For each of the prompts the spans in which it isn't the same as all the others."""
    if len(prompts) < 2:
        return [[] for _ in prompts]
    words = [re.findall(_WORD, prompt) for prompt in prompts]
    head, tail = _shared(words), _shared([one[::-1] for one in words])
    tail = min(tail, min(len(one) for one in words) - head)
    marks = _marks([one[head : len(one) - tail] for one in words])
    return [_spans(one, [False] * head + mark + [False] * tail) for one, mark in zip(words, marks, strict=True)]


def _shared(words: Sequence[Sequence[str]]) -> int:
    """How many words at the beginning all have."""
    number = 0
    for same in zip(*words, strict=False):
        if any(word != same[0] for word in same):
            break
        number += 1
    return number


def _marks(words: Sequence[list[str]]) -> list[list[bool]]:
    """For each word whether it, or what stands in its place, is another somewhere."""
    from difflib import SequenceMatcher  # nothing is in the making before the first paint

    first = words[0]
    if any(len(one) > _MOST for one in words):
        return [[place in (0, len(one) - 1) for place in range(len(one))] for one in words]
    slots = [False] * (len(first) + 1)
    same: list[dict[int, int]] = []  # places that are the same, of each one to those of the first
    for one in words:
        matcher = SequenceMatcher(None, one, first, autojunk=False)
        blocks = {a + n: b + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}
        for place in set(range(len(first))) - set(blocks.values()):
            slots[place] = True
        same.append(blocks)
    return [
        [place not in blocks or slots[blocks[place]] for place in range(len(one))]
        for one, blocks in zip(words, same, strict=True)
    ]


def _spans(words: Sequence[str], marked: Sequence[bool]) -> list[Span]:
    """Marked words that follow each other as one span, without white space at its ends."""
    spans: list[Span] = []
    at, open_ = 0, False
    for word, mark in zip(words, marked, strict=True):
        if mark and not word.isspace():
            start = spans.pop()[0] if open_ else at
            spans.append((start, at + len(word)))
        open_ = mark and bool(spans) and (open_ or not word.isspace())
        at += len(word)
    return spans
