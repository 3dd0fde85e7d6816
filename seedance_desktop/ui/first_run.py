"""The first thing a creator sees without a key: connect a gateway, or look round in the demo."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from seedance_desktop.domain.address import check_address, host
from seedance_desktop.domain.catalogue import KEY_PAGE
from seedance_desktop.domain.errors import GatewayProblem
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.words import say, tr

from .controls import Button, ElidedLabel, Field, Option, Panel, Picker, Text
from .dusk import Dusk
from .glyph import Glyph
from .keyflow import KeyFlow
from .keyline import KeyField, Verdict
from .wishes import Wishes

_WIDEST = 640
_LOW = 700


class FirstRun(Panel):
    """Stands in the place of the stage while there is no key and no clip."""

    def __init__(self, wishes: Wishes, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._wishes = wishes
        self._preferences = preferences
        self.address = Field(name=tr("Gateway address"))
        self.address.setText(preferences.gateway)
        self.key = KeyField(name=tr("API key"))
        self._key_label = ElidedLabel("", "label", "text-2")
        self.verdict = Verdict()
        self.check_button = Button(tr("Check and save"), kind="primary", size="field")
        self.session_button = Button(tr("Use for this session only"), size="field")
        self.where_button = Button(tr("Where do I get a key?"), "external", "link")
        self.demo_button = Button(tr("Start the demo"), size="field")
        self.language = Picker([Option("en", "English"), Option("zh_CN", "简体中文")], name=tr("Language"))
        self.language.set_value(_language(preferences))
        self._dusk = Dusk()
        self._flow = KeyFlow(wishes, self._address, self.key, self.verdict, self.check_button, self.session_button)
        self._lay_out()
        self._connect()
        self._name_key()

    def key_state(self, address: str, state: str, sentence: str) -> None:
        """Show what is known about the key of `address`."""
        self._flow.key_state(address, state, sentence)

    def set_preferences(self, preferences: Preferences) -> None:
        """Take in preferences that were changed elsewhere."""
        self._preferences = preferences
        self.language.set_value(_language(preferences))
        if not self.address.hasFocus():
            self.address.setText(preferences.gateway)
            self._name_key()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture gives up height before anything has to scroll."""
        super().resizeEvent(event)
        self._dusk.setFixedHeight(176 if self.height() >= _LOW else 118)

    def _address(self) -> str:
        text = self.address.text().strip()
        return text if "://" in text or not text else f"https://{text}"

    def _check(self) -> None:
        """Settle the address first, then ask about the key."""
        try:
            plain = check_address(self._address(), self._preferences.insecure_gateways)
        except GatewayProblem as problem:
            self.address.set_invalid(True)
            self.verdict.tell("refused", say(problem.reason.code, dict(problem.reason.facts)))
            return
        self.address.set_invalid(False)
        self.address.setText(plain)
        if plain != self._preferences.gateway:
            self._preferences = replace(self._preferences, gateway=plain)
            self._wishes.preferences_changed.emit(self._preferences)
        self._flow.check()

    def _choose_language(self, language: str) -> None:
        self._preferences = replace(self._preferences, language=language)
        self._wishes.preferences_changed.emit(self._preferences)

    def _name_key(self) -> None:
        self._key_label.setText(tr("API key for {host}").format(host=host(self._address()) or "…"))

    def _address_edited(self) -> None:
        self.address.set_invalid(False)
        self._flow.reset()
        self._name_key()

    def _connect(self) -> None:
        self.address.textEdited.connect(self._address_edited)
        self.key.entered.connect(self._check)
        self.check_button.clicked.connect(self._check)
        self.where_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(KEY_PAGE)))
        self.demo_button.clicked.connect(self._wishes.start_demo)
        self.language.picked.connect(self._choose_language)

    def _lay_out(self) -> None:
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._dusk)
        inside.addSpacing(18)
        inside.addWidget(Text(tr("Make your first clip"), "display", "text"))
        inside.addSpacing(8)
        inside.addWidget(
            Text(tr("Connect your gateway, or look around in the demo first."), "body", "text-2", wrap=True)
        )
        inside.addSpacing(20)
        inside.addWidget(self._key_card())
        inside.addSpacing(20)
        inside.addWidget(self._demo_card())
        page = QWidget()
        around = QVBoxLayout(page)
        around.setContentsMargins(24, 12, 16, 24)
        around.setSpacing(0)
        around.addLayout(self._language_row())
        around.addSpacing(14)
        around.addStretch(1)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(column, 100)
        centred.addStretch(1)
        around.addLayout(centred)
        around.addStretch(2)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _language_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(Glyph("language", "text-2"))
        self.language.setFixedWidth(180)
        row.addWidget(self.language)
        return row

    def _key_card(self) -> QWidget:
        card = Panel("raised", border="card-border", radius="card")
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 18, 20, 20)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Glyph("key", "accent-text"))
        head.addWidget(Text(tr("Use your own key"), "body-strong", "text"), 1)
        grid.addLayout(head, 0, 0, 1, 2)
        grid.setRowMinimumHeight(1, 4)
        grid.addWidget(Text(tr("Gateway address"), "label", "text-2"), 2, 0)
        grid.addWidget(self._key_label, 2, 1)
        grid.addWidget(self.address, 3, 0)
        grid.addWidget(self.key, 3, 1)
        promise = QHBoxLayout()
        promise.setSpacing(7)
        promise.addWidget(Glyph("lock", "text-2"))
        promise.addWidget(
            Text(tr("Kept in the system keyring, sent only to this address."), "label", "text-2", wrap=True), 1
        )
        promise.addWidget(self.where_button)
        grid.addLayout(promise, 4, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.check_button)
        buttons.addWidget(self.session_button)
        buttons.addStretch()
        grid.addWidget(self.verdict, 5, 0, 1, 2)
        grid.addLayout(buttons, 6, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return card

    def _demo_card(self) -> QWidget:
        card = Panel("raised", border="card-border", radius="card")
        row = QHBoxLayout(card)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(14)
        row.addWidget(Glyph("demo", "accent-text", 20))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Text(tr("Try the demo"), "body-strong", "text"))
        texts.addWidget(
            Text(
                tr("A built-in gateway: no key, no network, no money. It has its own library."),
                "label",
                "text-2",
                wrap=True,
            )
        )
        row.addLayout(texts, 1)
        row.addWidget(self.demo_button)
        return card


def _language(preferences: Preferences) -> str:
    if preferences.language != "system":
        return preferences.language
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"
