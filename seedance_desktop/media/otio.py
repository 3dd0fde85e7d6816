"""Lays out a cut with the OpenTimelineIO library; imported only where one is written, for not every machine has it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from opentimelineio import opentime, schema

from seedance_desktop.domain.listing import Handed

from .spans import Span


def laid_out(name: str, handed: Sequence[Handed], found: Mapping[str, Span], *, recipes: bool) -> str:
    """The cut as the text of an .otio file; `found` are the files by their names."""
    timeline = schema.Timeline(
        _plain(name), global_start_time=opentime.RationalTime(0, float(found[handed[0].file].rate))
    )
    kinds = [schema.TrackKind.Video]
    if any(span.sound for span in found.values()):
        kinds.append(schema.TrackKind.Audio)
    for kind in kinds:
        track = schema.Track(f"{kind[0]}1", kind=kind)
        for one in handed:
            heard = kind == schema.TrackKind.Video or found[one.file].sound is not None
            track.append(_clip(one, found[one.file], recipes=recipes) if heard else _gap(one, found[one.file]))
        timeline.tracks.append(track)
    text: str = timeline.to_json_string(indent=1)
    return text


def _clip(one: Handed, span: Span, *, recipes: bool) -> schema.Clip:
    name = _plain(one.file)
    reference = schema.ExternalReference(name, _frames(0, len(span.times), span.rate))
    reference.name = name
    made = schema.Clip(name, reference, _range(one, span))
    made.metadata["seedance"] = _about(one, recipes=recipes)
    return made


def _gap(one: Handed, span: Span) -> schema.Gap:
    return schema.Gap(source_range=_range(one, span))


def _range(one: Handed, span: Span) -> opentime.TimeRange:
    return _frames(one.first, one.last - one.first + 1, span.rate)


def _frames(first: int, count: int, rate: Fraction) -> opentime.TimeRange:
    begin, length = (opentime.RationalTime(number, float(rate)) for number in (first, count))
    return opentime.TimeRange(begin, length)


def _about(one: Handed, *, recipes: bool) -> dict[str, Any]:
    about: dict[str, Any] = {"clip": one.clip.name}
    if recipes:
        recipe = json.dumps(one.clip.recipe.to_public_dict(), ensure_ascii=False)
        about["recipe"] = json.loads(_plain(recipe))
    return about


def _plain(text: str) -> str:
    """Without what UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
