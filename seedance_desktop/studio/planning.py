"""The clips of one click, and their order among all that is planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from seedance_desktop.domain.clip import Clip
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Draft, Recipe


def planned(
    draft: Draft,
    recipes: Sequence[Recipe],
    ids: Sequence[int],
    *,
    gateway: str,
    price: Money,
    now: int,
    send_after: int,
) -> list[Clip]:
    """One clip for each recipe; they are takes of one click, whatever varies between them."""
    first = Clip(
        id=ids[0],
        recipe=recipes[0],
        made=now,
        gateway=gateway,
        price=price,
        click=ids[0],
        takes=len(recipes),
        project=draft.project,
        shot=draft.shot,
        approved=now,
        send_after=send_after,
        place=now,
    )
    return [
        replace(first, id=one, recipe=recipe, take=take)
        for take, (one, recipe) in enumerate(zip(ids, recipes, strict=True), 1)
    ]


def order(clip: Clip) -> tuple[int, int, int, int]:
    """What is planned is sent in this order."""
    return (clip.place, clip.made, clip.click, clip.take)


def moved(clips: Iterable[Clip], clip: int, by: int) -> dict[int, int]:
    """The places that change when a clip goes `by` places down the order (up, where negative), as far as it can."""
    before = sorted(clips, key=order)
    old = next(index for index, one in enumerate(before) if one.id == clip)
    new = min(max(0, old + by), len(before) - 1)
    after = [*before]
    after.insert(new, after.pop(old))
    placed = after[: min(old, new)]
    for index in range(len(placed), len(after)):
        one = after[index]
        inside = index <= max(old, new)
        if not inside and order(placed[-1]) < order(one):
            break  # the rest stands behind as it did
        placed.append(_behind(placed[-1:], replace(one, place=before[index].place) if inside else one))
    was = {one.id: one.place for one in before}
    return {one.id: one.place for one in placed if one.place != was[one.id]}


def _behind(last: Sequence[Clip], clip: Clip) -> Clip:
    """The clip at the first place from its own on that lies behind the last one."""
    for before in last:
        if order(clip) < order(before):
            at_same = replace(clip, place=before.place)
            return at_same if order(before) < order(at_same) else replace(clip, place=before.place + 1)
    return clip
