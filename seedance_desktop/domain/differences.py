"""What differs between the recipes of two to four clips, in a form that can be told in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise

from . import mentions
from .clip import Clip
from .recipe import Reference

_WORD = re.compile(
    r"(?:[^\W\u3400-\u9fff\uf900-\ufaff]+|[\u3400-\u9fff\uf900-\ufaff]|[^\w\s])\s*"
)  # and the blanks behind
_BEFORE, _AFTER = 4, 2  # words of what is the same that stand beside what differs
_MOST_WORDS = 14  # of one stretch that differs
_MOST_COMPARED = 800  # words beyond those that begin and end all prompts; longer ones simply differ
_MINUTE = 60_000
ELLIPSIS = "…"


class Setting(StrEnum):
    """What a difference is about."""

    PROMPT = "prompt"
    REFERENCES = "references"
    USE = "use"
    RATIO = "ratio"
    DURATION = "duration"
    RESOLUTION = "resolution"
    MODEL = "model"
    RATE = "rate"
    SHOT = "shot"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value; `differs` where it is what the others don't have.

    A reference that is a frame of another one of the clips says which (`side`, from 0) and the frame (-1: its last).
    """

    text: str
    differs: bool = False
    side: int = -1
    frame: int = -1


Value = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A setting that is not the same in all clips, with its value in each.

    Of prompts only the words that differ with a few beside them; of settings their code (duration in seconds, made in
    milliseconds since 1970, use as its value).
    """

    setting: Setting
    values: tuple[Value, ...]


def differences(clips: Sequence[Clip]) -> list[Difference]:
    """Everything that made these clips different; empty where one recipe made them all in the same minute."""
    found: list[Difference] = []
    prompts = [_prompt(clip) for clip in clips]
    if len(set(prompts)) > 1:
        found.append(Difference(Setting.PROMPT, tuple(_told(prompts))))
    if len({tuple(_key(one) for one in clip.recipe.references) for clip in clips}) > 1:
        found.append(Difference(Setting.REFERENCES, tuple(_references(clips))))
    for setting, value in _PLAIN.items():
        values = [value(clip) for clip in clips]
        if len(set(values)) > 1:
            found.append(Difference(setting, tuple((Piece(one),) if one else () for one in values)))
    if len({clip.made // _MINUTE for clip in clips}) > 1:
        found.append(Difference(Setting.MADE, tuple((Piece(str(clip.made)),) for clip in clips)))
    return found


def continued(child: Clip, parent: Clip) -> int | None:
    """The frame of `parent` that `child` was continued from (-1 is the last); None where it was not."""
    frames = [one.frame for one in child.recipe.references if one.clip == parent.id]
    return frames[0] if frames else None


_PLAIN: dict[Setting, Callable[[Clip], str]] = {
    Setting.USE: lambda clip: clip.recipe.use.value if clip.recipe.references else "",
    Setting.RATIO: lambda clip: clip.recipe.ratio,
    Setting.DURATION: lambda clip: str(clip.recipe.duration),
    Setting.RESOLUTION: lambda clip: clip.recipe.resolution,
    Setting.MODEL: lambda clip: clip.recipe.model,
    Setting.RATE: lambda clip: f"{clip.footage.fps:.3f}".rstrip("0").rstrip(".") if clip.footage else "",
    Setting.SHOT: lambda clip: " · ".join(part for part in (clip.project, clip.shot) if part),
}


def _prompt(clip: Clip) -> str:
    """The prompt with the names of its images."""
    images = [(one.key, one.name) for one in clip.recipe.references]
    pieces = mentions.pieces(mentions.bound(clip.recipe.prompt, images))
    return "".join(one if isinstance(one, str) else one.name for one in pieces)


def _key(reference: Reference) -> tuple[str, str, object]:
    return reference.key, reference.name, reference.part


def _references(clips: Sequence[Clip]) -> Iterable[Value]:
    """Each clip's references by number and name; those that not every clip has are marked."""
    shared = set.intersection(*({_key(one) for one in clip.recipe.references} for clip in clips))
    ids = [clip.id for clip in clips]
    for clip in clips:
        yield tuple(
            Piece(
                f"{number} {one.name}",
                _key(one) not in shared,
                ids.index(one.clip) if one.clip in ids else -1,
                _frame(one, clips),
            )
            for number, one in enumerate(clip.recipe.references, 1)
        )


def _frame(reference: Reference, clips: Sequence[Clip]) -> int:
    """The frame that a reference is, -1 where it is the last one of another of the clips."""
    ends = [clip.footage.frames - 1 for clip in clips if clip.id == reference.clip and clip.footage]
    return -1 if reference.frame in ends else reference.frame


def _told(prompts: Sequence[str]) -> list[Value]:
    """Of each prompt the words that differ, with a little of what stands beside them."""
    texts = [_WORD.findall(prompt) for prompt in prompts]
    words = [[one.rstrip() for one in text] for text in texts]
    common = words[0]
    for others in words[1:]:
        common = [common[at] for at, _ in _matches(common, others)]
    own = [_matches(common, one) for one in words]
    gaps = sorted({gap for one, match in zip(words, own, strict=True) for gap in _gaps(len(one), match, len(common))})
    return [_pieces(text, match, gaps) for text, match in zip(texts, own, strict=True)]


def _matches(one: list[str], other: list[str]) -> list[tuple[int, int]]:
    """Pairs of places where both have the same word, in order."""
    least = min(len(one), len(other))
    head = next((at for at in range(least) if one[at] != other[at]), least)
    tail = next((at for at in range(least - head) if one[-1 - at] != other[-1 - at]), least - head)
    pairs = [(at, at) for at in range(head)]
    middle, rest = one[head : len(one) - tail], other[head : len(other) - tail]
    if len(middle) <= _MOST_COMPARED and len(rest) <= _MOST_COMPARED:
        for block in SequenceMatcher(None, middle, rest, autojunk=False).get_matching_blocks():
            pairs += [(head + block.a + step, head + block.b + step) for step in range(block.size)]
    return pairs + [(len(one) - tail + at, len(other) - tail + at) for at in range(tail)]


def _gaps(count: int, match: list[tuple[int, int]], common: int) -> list[int]:
    """Before which common words (their number; `common` is the end) a prompt has words of its own."""
    ends = [(-1, -1), *match, (common, count)]
    return [after[0] for before, after in pairwise(ends) if after[1] - before[1] > 1]


def _pieces(words: list[str], match: list[tuple[int, int]], gaps: list[int]) -> Value:
    """The words at the gaps, marked, those beside them, and an ellipsis for the rest."""
    places = dict(match)
    own = set(range(len(words))) - set(places.values())
    shown: set[int] = set()
    for gap in gaps:
        end = places.get(gap, len(words))
        begin = end
        while begin - 1 in own:
            begin -= 1
        shown.update(range(begin, min(end, begin + _MOST_WORDS)))
        shown.update(_beside(words, begin, -1, _BEFORE))
        if end - begin <= _MOST_WORDS:
            shown.update(_beside(words, end - 1, 1, _AFTER))
    return tuple(_joined(words, sorted(shown), own))


def _beside(words: list[str], start: int, way: int, count: int) -> list[int]:
    """The places of `count` words before (-1) or after (1) a place, with what stands between them."""
    found: list[int] = []
    at = start + way
    while 0 <= at < len(words) and count:
        found.append(at)
        count -= words[at][0].isalnum()
        at += way
    return found


def _joined(words: list[str], shown: list[int], own: set[int]) -> Iterable[Piece]:
    """Neighbours of one kind as one piece, an ellipsis where something is left out."""
    text, marked, before = "", False, -1
    for at in [*shown, len(words)]:
        for word, differs in ((ELLIPSIS, False) if at > before + 1 else ("", marked), _word(words, at, own)):
            if word and text and differs != marked:
                cut = len(text.rstrip()) if marked else len(text)
                yield Piece(_plain(text[:cut]), marked)
                text = text[cut:]
            marked = differs if word else marked
            text += word
        before = at
    if text.strip():
        yield Piece(_plain(text.rstrip()), marked)


def _word(words: list[str], at: int, own: set[int]) -> tuple[str, bool]:
    return (words[at], at in own) if at < len(words) else ("", False)


def _plain(text: str) -> str:
    """On one line, without a blank beside an ellipsis."""
    line = re.sub(r"\s+", " ", text)
    return line.replace(f"{ELLIPSIS} ", ELLIPSIS).replace(f" {ELLIPSIS}", ELLIPSIS)
