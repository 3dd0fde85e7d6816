"""The creator's preferences: one value, the same for window and command line."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from .catalogue import DEFAULT_GATEWAY, MODELS
from .money import Money
from .naming import DEFAULT_TEMPLATE

THEMES = ("system", "dark", "light")
LANGUAGES = ("system", "en", "zh_CN")
PROXIES = ("system", "none", "manual")


@dataclass(frozen=True, slots=True)
class Preferences:
    """Every setting of the program with its default. Money is in the smallest unit; 0 means none.

    `library` is empty for the default folder. `insecure_gateways` lists the `http:` addresses off this machine
    that the creator has agreed to. `project_budgets` says what a project may cost in all. `prices` overrides the list
    price of a model id.
    """

    gateway: str = DEFAULT_GATEWAY
    insecure_gateways: tuple[str, ...] = ()
    library: str = ""
    file_names: str = DEFAULT_TEMPLATE
    recipe_in_file: bool = True
    at_once: int = 3
    undo_seconds: int = 3
    ask_above: int = 200
    monthly_budget: int = 0
    project_budgets: dict[str, int] = field(default_factory=dict)
    prices: dict[str, int] = field(default_factory=dict)
    proxy: str = "system"
    proxy_address: str = ""
    theme: str = "system"
    language: str = "system"
    reduce_motion: bool = False
    notify_ready: bool = True
    notify_failed: bool = True
    notify_unsure: bool = True
    check_updates: bool = False

    def price(self, model: str) -> Money:
        """What one generation with `model` costs, by preference or by the list."""
        listed = MODELS[model].price
        return Money(self.prices.get(model, listed.minor), listed.currency)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict of everything."""
        return asdict(self)

    @classmethod
    def from_dict(cls, read: dict[str, Any]) -> Preferences:
        """Read what `to_dict` made; a field that is unknown or of another type falls back to its default."""
        default = cls()
        kept = {}
        for one in fields(cls):
            standard = getattr(default, one.name)
            value = read.get(one.name, standard)
            if isinstance(standard, tuple) and isinstance(value, list):
                value = tuple(text for text in value if isinstance(text, str))
            if isinstance(standard, dict) and isinstance(value, dict):
                value = {model: price for model, price in value.items() if type(price) is int and price >= 0}
            if type(value) is type(standard):
                kept[one.name] = value
        return cls(**kept).within_limits()

    def within_limits(self) -> Preferences:
        """The same with numbers and choices brought into their ranges."""
        return replace(
            self,
            at_once=min(10, max(1, self.at_once)),
            undo_seconds=min(10, max(0, self.undo_seconds)),
            ask_above=max(0, self.ask_above),
            monthly_budget=max(0, self.monthly_budget),
            theme=self.theme if self.theme in THEMES else "system",
            language=self.language if self.language in LANGUAGES else "system",
            proxy=self.proxy if self.proxy in PROXIES else "system",
        )
