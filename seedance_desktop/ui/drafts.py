"""A new draft, with a way back to the old one."""

from __future__ import annotations

from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.ui.composer import Composer
from seedance_desktop.ui.composer.thumb import Thumb
from seedance_desktop.ui.toasts import Toasts
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr


def new_draft(composer: Composer, wishes: Wishes, toasts: Toasts) -> None:
    """Empty the prompt and the references; project and shot stick to the next recipe, and so do the settings."""
    old = composer.draft()
    pictures = {thumb.reference.hash: thumb.data for thumb in composer.findChildren(Thumb)}
    kept = old.recipe
    recipe = Recipe("", ratio=kept.ratio, duration=kept.duration, resolution=kept.resolution, model=kept.model)
    _show(composer, wishes, Draft(recipe, old.takes, old.project, old.shot), {})
    if kept.prompt.strip() or kept.references:
        toasts.show_text(tr("New draft"), tr("Bring the old one back"), lambda: _show(composer, wishes, old, pictures))


def _show(composer: Composer, wishes: Wishes, draft: Draft, pictures: dict[str, bytes]) -> None:
    composer.set_draft(draft, pictures)
    wishes.draft_changed.emit(draft)
    composer.focus_prompt()
