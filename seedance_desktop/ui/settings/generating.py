"""The generating page: how many at once, time to undo, and money."""

from __future__ import annotations

from seedance_desktop.domain.catalogue import MODELS
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui.controls import Stepper, Text
from seedance_desktop.words import tr

from .money_field import MoneyField
from .page import Page, beside, hint
from .project_budgets import ProjectBudgets


class GeneratingPage(Page):
    """Every field here is a preference."""

    def __init__(self) -> None:
        super().__init__(tr("Generating"))
        self._preferences = Preferences()
        self.at_once = Stepper(1, 10, name=tr("Generations at once"))
        self.undo = Stepper(0, 10, name=tr("Undo time"), suffix=tr(" s"))
        self.ask = MoneyField(name=tr("Ask before spending more than"), none=tr("Never"))
        self.budget = MoneyField(name=tr("Monthly budget"), none=tr("No limit"))
        self.prices = {
            model.id: MoneyField(name=tr("Price of {model}").format(model=model.name)) for model in MODELS.values()
        }
        self.add_row(tr("Generations at once"), beside(self.at_once, Text(tr("1 to 10 clips"), "label", "text-3")))
        self.add_row(tr("Undo time"), beside(self.undo, Text(tr("0 to 10 s before a clip is sent"), "label", "text-3")))
        self.add_row(
            tr("Ask before"), beside(Text(tr("spending more than"), "label"), self.ask, Text(tr("at one go"), "label"))
        )
        self.add_row(tr("Monthly budget"), self.budget, hint(tr("Charged and unknown together count towards it.")))
        self.projects = ProjectBudgets()
        self.add_row(tr("Project budgets"), self.projects, hint(tr("What a project may cost in all, over the months.")))
        rows = [
            beside(Text(MODELS[id_].name, "label", "text"), field, Text(tr("a generation"), "label"))
            for id_, field in self.prices.items()
        ]
        note = hint(tr("The same whatever the length or size. Used for the estimate and the budget."))
        self.add_row(tr("Price per model"), *rows, note)
        self.fill()
        self.at_once.valueChanged.connect(lambda value: self.edited.emit({"at_once": value}))
        self.undo.valueChanged.connect(lambda value: self.edited.emit({"undo_seconds": value}))
        self.ask.amount_changed.connect(lambda amount: self.edited.emit({"ask_above": amount}))
        self.budget.amount_changed.connect(lambda amount: self.edited.emit({"monthly_budget": amount}))
        self.projects.changed.connect(lambda budgets: self.edited.emit({"project_budgets": budgets}))
        for id_, field in self.prices.items():
            field.amount_changed.connect(lambda amount, model=id_: self._priced(model, amount))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show numbers and amounts."""
        self._preferences = preferences
        for stepper, value in ((self.at_once, preferences.at_once), (self.undo, preferences.undo_seconds)):
            stepper.blockSignals(True)
            stepper.setValue(value)
            stepper.blockSignals(False)
        self.ask.set_amount(preferences.ask_above)
        self.budget.set_amount(preferences.monthly_budget)
        self.projects.show_budgets(preferences.project_budgets)
        for id_, field in self.prices.items():
            field.set_amount(preferences.price(id_).minor)

    def commit(self) -> None:
        """Take in amounts that are typed and not yet left."""
        for field in (self.ask, self.budget, *self.prices.values()):
            if field.isModified():
                field.commit()
        self.projects.commit()

    def _priced(self, model: str, amount: int) -> None:
        """A price that is the list's own needs no entry, so that it follows the list."""
        prices = {id_: price for id_, price in self._preferences.prices.items() if id_ != model}
        if amount != MODELS[model].price.minor:
            prices[model] = amount
        self.edited.emit({"prices": prices})
