"""Stands between the click and the wish: asks before the same recipe goes out again, or much money at once."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.recipe import Draft, Recipe
from seedance_desktop.ui.composer.batch import batch, counted
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import money, tr

_AGAIN = 10.0  # seconds in which the same recipe may be a second click

Ask = Callable[[str, str, Callable[[], object]], object]
"""`ask(question, yes, then)`."""


class Approval(QObject):
    """`consider` a draft: it becomes the wish `generate` at once, or when the creator says yes."""

    def __init__(
        self, wishes: Wishes, ask: Ask, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._wishes, self._ask, self._clock = wishes, ask, clock
        self._preferences = Preferences()
        self._last: Recipe | None = None
        self._at = 0.0

    def set_preferences(self, preferences: Preferences) -> None:
        """Use these prices and this limit from now on."""
        self._preferences = preferences

    def consider(self, draft: Draft) -> None:
        """Wish it, or ask first. The whole batch counts: every variation, as often as there are takes."""
        asked = batch(draft.recipe.prompt, (), draft.takes)
        price = self._preferences.price(draft.recipe.model) * asked.clips
        cost = money(price.minor, price.currency)
        limit = self._preferences.ask_above
        if draft.recipe == self._last and self._clock() - self._at < _AGAIN:
            question = tr("This recipe was sent only a moment ago. Generate it again for {price}?").format(price=cost)
        elif limit and price.minor > limit:
            most = money(limit, price.currency)
            question = tr("This costs {price}: you want to be asked above {limit}. Generate?").format(
                price=cost, limit=most
            )
            if asked.variations > 1:
                question = f"{counted(asked)}.\n{question}"
        else:
            self._wish(draft)
            return
        self._ask(question, tr("Generate · {price}").format(price=cost), lambda: self._wish(draft))

    def _wish(self, draft: Draft) -> None:
        self._last, self._at = draft.recipe, self._clock()
        self._wishes.generate.emit(draft)
