"""Wishes about what the composer remembers: drafts side by side, presets, every prompt ever sent, shots."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.errors import Problem
from seedance_desktop.domain.memory import KeptDraft, Preset, is_empty
from seedance_desktop.domain.recipe import Draft, Recipe, Reference
from seedance_desktop.words import tr

from .context import Context

if TYPE_CHECKING:
    from seedance_desktop.library.memory import Memory as Kept


_NEW = KeptDraft(0, Draft())


@dataclass(slots=True)
class _Open:
    """The draft in the composer; what was typed while it stood there is kept in it, however late."""

    kept: KeptDraft


class Memory:
    """Answers the composer. What it keeps is kept one after the other, so that a new draft gets one number."""

    def __init__(self, context: Context) -> None:
        """For the window's program."""
        self._context = context
        self._open = _Open(_NEW)
        self._away = True  # what stands in the composer is not of the library that is open
        self._late: Draft | None = None  # what was typed meanwhile
        self._owed: tuple[_Open, Draft] | None = None  # what a disk has not taken yet
        self._asked = 0
        self._keeping = asyncio.Lock()

    @property
    def _kept(self) -> Kept:
        return self._context.studio.parts.library.memory

    # What stands in the composer

    async def begin(self) -> None:
        """Show the draft that was open last, and everything that is remembered.

        Words that were typed before that stay in the composer, as a draft of their own.
        """
        async with self._keeping:
            kept = await self._last()
            pictures = await self._pictures(kept.draft)
            typed = self._typed_meanwhile()
            self._away = False
            if typed is None:
                self._put(kept, pictures)
            else:
                self._open = _Open(_NEW)
                await self._kept.set_current(0)
        if typed is not None:
            await self._keep(self._open, typed)
            if not is_empty(kept.draft):
                self._context.window.toast(tr("Your draft is kept in the list of drafts"))
        await self._bring_drafts()
        self._context.window.composer.memory.set_presets(await self._kept.presets())

    def leave(self) -> None:
        """What stands in the composer is kept; from here on until `begin` it is another library's, or nobody's."""
        self._context.window.composer.flush()
        if self._owed is not None:
            self._context.do(self._keep(*self._owed))
        self._away, self._owed = True, None

    async def _last(self) -> KeptDraft:
        kept = await self._kept.draft(await self._kept.current())
        house = self._context.house
        if kept is None and house is not None and house.gateway == DEMO and not await self._kept.drafts():
            return KeptDraft(0, await self._demo_draft())
        return kept or _NEW

    def _typed_meanwhile(self) -> Draft | None:
        composer = self._context.window.composer
        composer.flush()
        if self._open.kept == _NEW:  # nothing was ever put there
            self._late = composer.draft()
        late, self._late = self._late, None
        return None if late is None or is_empty(late) else late

    def _put(self, kept: KeptDraft, pictures: dict[str, bytes]) -> None:
        """Into the composer, in one go: what is kept from here on is kept in this draft."""
        self._open = _Open(kept)
        self._context.window.composer.set_draft(kept.draft, pictures)

    async def _demo_draft(self) -> Draft:
        """A prompt and an image that are ready to send."""
        from seedance_desktop.domain import resources

        image = resources.folder() / "demo" / "lighthouse.jpg"
        reference = await self._context.studio.pictures.take_in(image)
        prompt = tr("The lamp of the lighthouse turns slowly at blue hour, waves roll in, slow push in, 35 mm.")
        return Draft(Recipe(prompt, (replace(reference, name=tr("Lighthouse")),), resolution="720p"))

    async def _pictures(self, draft: Draft) -> dict[str, bytes]:
        """A small picture for the hash of each reference; an image that is gone has none."""
        found = await asyncio.gather(*(self._small(one) for one in draft.recipe.references))
        return {one.hash: data for one, data in zip(draft.recipe.references, found, strict=True)}

    async def _small(self, reference: Reference) -> bytes:
        try:
            return await self._context.studio.pictures.small(reference)
        except Problem:
            return b""

    def use_clip(self, clip: int) -> None:
        """A clip's recipe into the composer."""
        self._context.do(self._use_clip(clip))

    async def _use_clip(self, clip: int) -> None:
        for one in await self._context.studio.parts.library.get([clip]):
            await self.use(Draft(one.recipe, 1, one.project, one.shot))  # the takes of a batch are not its own

    async def use(self, draft: Draft) -> None:
        """A recipe into the composer; nothing typed is lost for it."""
        self._context.window.drafts.use(draft, await self._pictures(draft))

    # Drafts

    def keep_draft(self, draft: Draft) -> None:
        """Keep what is typed in the draft that is open now."""
        if self._away:
            self._late = draft
        else:
            self._context.do(self._keep(self._open, draft))

    async def _keep(self, opened: _Open, draft: Draft) -> None:
        async with self._keeping:
            had = opened.kept
            if not had.number and is_empty(draft):
                return
            self._owed = opened, draft
            opened.kept = await self._kept.keep_draft(replace(had, draft=draft, changed=0))
            self._owed = None
            if opened is self._open and not had.number:
                await self._kept.set_current(opened.kept.number)
        if not had.number or had.title != opened.kept.title:
            await self._bring_drafts()

    def open_draft(self, number: int) -> None:
        """Another draft into the composer; at 0 what the composer holds from now on is a new one."""
        if number:
            self._context.do(self._open_draft(number))
        else:
            self._open = _Open(_NEW)
            self._context.do(self._leave())

    async def _leave(self) -> None:
        async with self._keeping:
            await self._kept.set_current(self._open.kept.number)
        await self._bring_drafts()

    async def _open_draft(self, number: int) -> None:
        async with self._keeping:
            kept = await self._kept.draft(number)
            if kept is None:
                return
            pictures = await self._pictures(kept.draft)
            self._context.window.composer.flush()  # what was typed meanwhile belongs to the draft that goes
            self._put(kept, pictures)
            await self._kept.set_current(number)
        await self._bring_drafts()

    def name_draft(self, number: int, name: str) -> None:
        """The creator's own name for a draft; 0 is the one that is open."""
        self._context.do(self._name_draft(self._open, number, name))

    async def _name_draft(self, opened: _Open, number: int, name: str) -> None:
        async with self._keeping:
            mine = number in (0, opened.kept.number)
            kept = opened.kept if mine else await self._kept.draft(number)
            if kept is None:
                return
            named = await self._kept.keep_draft(replace(kept, name=" ".join(name.split())))
            if mine:
                opened.kept = named
                await self._kept.set_current(self._open.kept.number)
        await self._bring_drafts()

    def remove_draft(self, number: int) -> None:
        """Take a draft away; the screen can bring it back. In the composer the newest of the others follows."""
        self._context.do(self._remove_draft(number))

    async def _remove_draft(self, number: int) -> None:
        async with self._keeping:
            await self._kept.remove_draft(number)
            mine = number == self._open.kept.number
            if mine:
                left = (*await self._kept.drafts(), _NEW)[0]
                self._put(left, await self._pictures(left.draft))
                await self._kept.set_current(left.number)
        await self._bring_drafts()

    def restore_draft(self, kept: KeptDraft) -> None:
        """Bring a removed draft back, or make one that has no number yet, and open it."""
        self._context.do(self._restore_draft(kept))

    async def _restore_draft(self, kept: KeptDraft) -> None:
        async with self._keeping:
            back = await self._kept.keep_draft(kept)
        await self._open_draft(back.number)

    async def _bring_drafts(self) -> None:
        drafts = await self._kept.drafts()
        self._context.window.composer.memory.set_drafts(drafts, self._open.kept.number)

    # Presets

    def keep_preset(self, preset: Preset) -> None:
        """Keep settings by a name."""
        self._context.do(self._keep_preset(preset))

    async def _keep_preset(self, preset: Preset) -> None:
        await self._kept.keep_preset(preset)
        self._context.window.composer.memory.set_presets(await self._kept.presets())

    def remove_preset(self, name: str) -> None:
        """Forget a preset."""
        self._context.do(self._remove_preset(name))

    async def _remove_preset(self, name: str) -> None:
        await self._kept.remove_preset(name)
        self._context.window.composer.memory.set_presets(await self._kept.presets())

    def apply_preset(self, name: str) -> None:
        """A preset's settings onto what stands in the composer, as a step that can be taken back."""
        self._context.do(self._apply_preset(name))

    async def _apply_preset(self, name: str) -> None:
        for preset in [one for one in await self._kept.presets() if one.name == name]:
            composer = self._context.window.composer
            pictures = await self._pictures(preset.on(composer.draft()))
            composer.set_draft(preset.on(composer.draft()), pictures, undoable=True)

    # Prompts and shots

    def find_prompts(self, text: str) -> None:
        """Every prompt ever sent that matches; only the last question is answered."""
        self._asked += 1
        self._context.do(self._find_prompts(text, self._asked))

    async def _find_prompts(self, text: str, mine: int) -> None:
        found = await self._kept.prompts(text)
        if mine == self._asked:
            self._context.window.composer.memory.set_prompts(found)

    def bring_shots(self, project: str) -> None:
        """The shots of a project, to complete what is typed."""
        self._context.do(self._bring_shots(project))

    async def _bring_shots(self, project: str) -> None:
        self._context.window.composer.memory.set_shots(await self._kept.shots(project))
