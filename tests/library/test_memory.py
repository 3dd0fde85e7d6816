"""What the composer remembers survives: drafts side by side, presets, every prompt ever sent, projects and shots."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedance_desktop.domain.clip import Clip, Stage, Verdict, new_id
from seedance_desktop.domain.memory import KeptDraft, PastPrompt, Preset
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.library import Library


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    opened = Library.open(tmp_path / "library")
    yield opened
    opened.close()


def a_draft(prompt: str, number: int = 0, **facts: object) -> KeptDraft:
    kept = KeptDraft(number, Draft(Recipe(prompt, (Reference("Mara", "a" * 64, ".png"),)), 3, "P", "S"))
    return replace(kept, **facts)  # type: ignore[arg-type]


async def test_drafts_side_by_side_survive(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    first = await library.memory.keep_draft(a_draft("雨夜", changed=10))
    second = await library.memory.keep_draft(a_draft("a fox", name="The fox", changed=20))
    await library.memory.set_current(first.number)
    assert 0 < first.number < second.number
    library.close()
    library = Library.open(tmp_path)
    assert await library.memory.drafts() == [second, first], "the one changed last first"
    assert await library.memory.draft(first.number) == a_draft("雨夜", first.number, changed=10)
    assert await library.memory.draft(77) is None
    assert await library.memory.current() == first.number
    changed = await library.memory.keep_draft(replace(first, draft=Draft(Recipe("雨夜街头")), changed=0))
    assert (changed.number, changed.changed > 20) == (first.number, True)
    assert await library.memory.drafts() == [changed, second]
    library.close()


async def test_a_removed_draft_can_come_back_and_its_number_goes_to_no_other(library: Library) -> None:
    kept = await library.memory.keep_draft(a_draft("first"))
    await library.memory.set_current(kept.number)
    await library.memory.remove_draft(kept.number)
    assert await library.memory.current() == 0
    other = await library.memory.keep_draft(a_draft("second"))
    assert other.number != kept.number
    assert await library.memory.keep_draft(kept) == kept
    assert {one.number for one in await library.memory.drafts()} == {kept.number, other.number}
    assert await library.memory.current() == kept.number


async def test_nothing_is_remembered_at_first(library: Library) -> None:
    memory = library.memory
    assert (await memory.drafts(), await memory.current(), await memory.presets()) == ([], 0, [])
    assert (await memory.prompts(), await memory.projects(), await memory.shots("")) == ([], [], [])


async def test_presets_by_name(library: Library) -> None:
    draft = a_draft("words").draft
    wide = Preset.of("wide", draft, images=True)
    for preset in (wide, Preset.of("Älter", draft, images=False), Preset.of("Reel", draft, images=False)):
        await library.memory.keep_preset(preset)
    tall = Preset.of("Reel", replace(draft, recipe=replace(draft.recipe, ratio="9:16")), images=False)
    await library.memory.keep_preset(tall)
    assert [one.name for one in await library.memory.presets()] == ["Reel", "wide", "Älter"]
    assert (await library.memory.presets())[:2] == [tall, wide]
    await library.memory.remove_preset("Reel")
    await library.memory.remove_preset("never there")
    assert [one.name for one in await library.memory.presets()] == ["wide", "Älter"]


async def sent(library: Library, prompt: str, made: int, **facts: object) -> Clip:
    """A clip for which a submit went out."""
    clip = Clip(new_id(), Recipe(prompt), made, "g", Money(28), approved=made, stage=Stage.SENDING)
    sending = await library.begin_submit(replace(clip, **facts))  # type: ignore[arg-type]
    return await library.end_submit(replace(sending, stage=Stage.FAILED), Verdict.NO)


async def test_every_prompt_ever_sent_once_newest_first(library: Library) -> None:
    await sent(library, "a fox", 1)
    night = await sent(library, "雨夜街头", 2, trashed=9)
    await sent(library, "a fox", 3, take=1)
    fox = await sent(library, "a fox", 3, take=2)
    await library.add([Clip(new_id(), Recipe("never sent"), 4, "g", Money(28))])
    await library.add([Clip(new_id(), Recipe("a fox"), 5, "g", Money(28))])
    assert await library.memory.prompts("") == [
        PastPrompt("a fox", fox.id, 3, 3),
        PastPrompt("雨夜街头", night.id, 2, 1),
    ]
    assert await library.memory.prompts("", 1) == [PastPrompt("a fox", fox.id, 3, 3)]


async def test_prompts_with_one_beginning_are_told_apart(library: Library) -> None:
    long = "the same long beginning of a prompt that goes on and on, "
    for number, end in enumerate(("dawn", "dusk", "dawn")):
        await sent(library, long + end, number)
    assert [(one.prompt[-4:], one.clips) for one in await library.memory.prompts()] == [("dawn", 2), ("dusk", 1)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fox", {"a FOX in the snow"}),
        ("ox no", {"a FOX in the snow"}),
        ("雨夜", {"雨夜街头的霓虹灯"}),
        ("灯", {"雨夜街头的霓虹灯"}),
        ("霓虹灯", {"雨夜街头的霓虹灯"}),
        ('"it\'s"', {'100% "it\'s" done'}),
        ("%", {'100% "it\'s" done'}),
        ("prompt:fox", set()),
        ("project", set()),
        ("pr", set()),
    ],
    ids=lambda value: ascii(value),
)
async def test_prompts_are_found_by_their_words(library: Library, text: str, found: set[str]) -> None:
    for number, prompt in enumerate(("a FOX in the snow", "雨夜街头的霓虹灯", '100% "it\'s" done')):
        await sent(library, prompt, number, project="project", notes="fox project")
    assert {one.prompt for one in await library.memory.prompts(text)} == found - {""}


@given(st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
async def test_nothing_typed_breaks_the_search(library: Library, text: str) -> None:
    await library.memory.prompts(text)
    await library.memory.shots(text.encode(errors="replace").decode())


async def test_projects_and_shots_the_last_worked_on_first(library: Library) -> None:
    def clip(project: str, shot: str, made: int, **facts: object) -> Clip:
        made_clip = Clip(new_id(), Recipe("x"), made, "g", Money(28), project=project, shot=shot)
        return replace(made_clip, **facts)  # type: ignore[arg-type]

    await library.add([clip("Winter", "1A", 1), clip("Winter", "1B", 2), clip("Sea", "1A", 3), clip("Winter", "1A", 4)])
    await library.add([clip("Gone", "9", 9, trashed=1), clip("Sea", "", 5), clip("", "loose", 6)])
    assert await library.memory.projects() == ["Sea", "Winter"]
    assert await library.memory.shots("Winter") == ["1A", "1B"]
    assert await library.memory.shots("Sea") == ["1A"]
    assert await library.memory.shots("") == ["loose"]
    assert await library.memory.shots("Gone") == []


async def test_prompts_are_walked_and_counted_by_index(library: Library) -> None:
    await sent(library, "a fox", 1)
    asked: list[str] = []
    reader = library._threads.reader
    reader.set_trace_callback(asked.append)
    await library.memory.prompts("fo fox")
    reader.set_trace_callback(None)
    statements = [one for one in asked if one.startswith("SELECT") and "submits" in one]
    plans = [" | ".join(row["detail"] for row in reader.execute(f"EXPLAIN QUERY PLAN {one}")) for one in statements]
    assert "USING INDEX clips_newest" in plans[0], "a walk that ends with the last that is wanted"
    assert "clips_by_prompt" in plans[1]
    assert not any("TEMP B-TREE" in plan or plan.startswith("SCAN clips |") for plan in plans)
