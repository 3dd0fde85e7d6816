"""The settings dialog: pages on the left, what they hold on the right; there is nothing to confirm."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.ui import theme
from seedance_desktop.ui.controls import Button, Panel, Separator, Text, paint
from seedance_desktop.ui.style import RADIUS
from seedance_desktop.ui.wishes import Wishes
from seedance_desktop.words import tr

from .account import AccountPage
from .appearance import AppearancePage
from .generating import GeneratingPage
from .library import LibraryPage
from .network import NetworkPage
from .notifications import NotificationsPage
from .page import Page


class Tab(QRadioButton):
    """The name of a page, in the list on the left."""

    def __init__(self, text: str, icon: str) -> None:
        super().__init__(text)
        self._icon = icon
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # One tab stop for the whole list: the page that is open.
        self.toggled.connect(lambda on: self.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus))
        self.setProperty(RADIUS, paint.radius("control"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """As wide as the list, as high as a field."""
        return QSize(160, 32)

    def hitButton(self, _position: object) -> bool:
        """The whole line answers to the mouse."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and name, tinted for the page that is open."""
        painter = paint.start(self)
        ink = "accent-text" if self.isChecked() else "text" if self.underMouse() else "text-2"
        if self.isChecked() or self.underMouse():
            fill = theme.color("accent-tint" if self.isChecked() else "hover")
            paint.box(painter, QRectF(self.rect()), fill=fill)
        paint.icon(painter, self._icon, ink, QPointF(10, (self.height() - 16) / 2))
        painter.setPen(theme.color(ink if self.isChecked() else "text"))
        painter.setFont(theme.font("body"))
        painter.drawText(QRectF(36, 0, self.width() - 40, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()


class Settings(QDialog):
    """Shows preferences and emits `wishes.preferences_changed` at every change. Open it with `open()` or `show()`."""

    def __init__(self, wishes: Wishes, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes = wishes
        self._preferences = preferences
        self.setWindowTitle(tr("Settings"))
        self.resize(*theme.tokens()["size"]["dialog-settings"])
        self.setMinimumSize(720, 520)
        self.account = AccountPage(wishes)
        self.library = LibraryPage(wishes)
        self.generating = GeneratingPage()
        self._pages: dict[str, Page] = {
            "account": self.account,
            "library": self.library,
            "generating": self.generating,
            "network": NetworkPage(),
            "appearance": AppearancePage(),
            "notifications": NotificationsPage(),
        }
        self._tabs = _tabs()
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._lay_out()
        for name, page in self._pages.items():
            self._group.addButton(self._tabs[name])
            self._tabs[name].toggled.connect(lambda on, page=page: self._turn_to(page) if on else None)
            self._stack.addWidget(page)
            page.edited.connect(self._edited)
        self.set_preferences(preferences)
        self.open_page("account")

    def page(self, name: str) -> Page:
        """The page called account, library, generating, network, appearance or notifications."""
        return self._pages[name]

    def open_page(self, name: str) -> None:
        """Turn to a page; an unknown name changes nothing."""
        if name in self._tabs:
            self._tabs[name].setChecked(True)
            self._tabs[name].setFocus()

    def key_state(self, address: str, state: str, sentence: str) -> None:
        """What is known about the key of `address`: see `keyflow`."""
        self.account.key_state(address, state, sentence)

    def set_preferences(self, preferences: Preferences) -> None:
        """Show these preferences, without a wish."""
        self._preferences = preferences
        for page in self._pages.values():
            page.show_preferences(preferences)

    def set_library(self, folder: str) -> None:
        """Show the folder of the library that is open, also where it is the default one."""
        self.library.set_folder(folder)

    def set_projects(self, projects: list[str]) -> None:
        """The projects there are, to choose from where a project gets a budget."""
        self.generating.projects.set_projects(projects)

    def done(self, result: int) -> None:
        """Take in what is typed, then close; a key that was typed and not kept is dropped."""
        for page in self._pages.values():
            page.commit()
        self.account.key.forget()
        super().done(result)

    def _turn_to(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)

    def _edited(self, changes: dict[str, object]) -> None:
        changed = replace(self._preferences, **changes).within_limits()  # type: ignore[arg-type]
        if changed == self._preferences:
            return
        self.set_preferences(changed)
        self._wishes.preferences_changed.emit(changed)

    def _lay_out(self) -> None:
        side = Panel("window")
        side.setFixedWidth(176)
        names = QVBoxLayout(side)
        names.setContentsMargins(8, 10, 8, 10)
        names.setSpacing(2)
        for tab in self._tabs.values():
            names.addWidget(tab)
        names.addStretch()
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(side)
        body.addWidget(Separator(upright=True))
        body.addWidget(self._stack, 1)
        done = Button(tr("Done"), kind="primary")
        done.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.addWidget(Text(tr("Changes are kept as you make them."), "label", "text-2"), 1)
        foot.addWidget(done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        layout.addWidget(Separator())
        layout.addLayout(foot)


def _tabs() -> dict[str, Tab]:
    return {
        "account": Tab(tr("Account"), "account"),
        "library": Tab(tr("Library"), "library"),
        "generating": Tab(tr("Generating"), "takes"),
        "network": Tab(tr("Network"), "network"),
        "appearance": Tab(tr("Appearance"), "appearance"),
        "notifications": Tab(tr("Notifications"), "bell"),
    }
