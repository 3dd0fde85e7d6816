"""The ledger: entries, sums, what is chosen, nothing at all; the note of a verdict."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from seedance_desktop.domain.clip import Verdict
from seedance_desktop.domain.ledger import Entry
from seedance_desktop.domain.money import Money
from seedance_desktop.domain.reason import Reason
from seedance_desktop.ui.window import MainWindow

from .bench import GATEWAY, Bench
from .camera import Camera
from .library import SCENES

_HOUR = 3_600_000
_WHY = {
    Verdict.YES: None,
    Verdict.NO: Reason.of("content-refused", message="the prompt may contain sensitive information", raw="{}"),
    Verdict.UNSURE: Reason.of("cut-off"),
    Verdict.REFUNDED: None,
}


def entries(bench: Bench) -> list[Entry]:
    """Submits of two months with every verdict."""
    return [_entry(number, bench.first.made - number * 40 * _HOUR) for number in range(24)]


def _entry(number: int, at: int) -> Entry:
    prompt, shot, *_rest = SCENES[number % len(SCENES)]
    verdict = tuple(_WHY)[(number // 3) % 4 if number % 3 == 0 else 0]
    return Entry(
        number + 1,
        100 + number,
        at,
        at + 3000,
        GATEWAY,
        Money(28 if number % 5 else 123_456),
        verdict,
        task=f"cgt-20261122-8f2a{number}",
        reason=_WHY[verdict],
        note="refunded 3 May, ticket 4711" if verdict is Verdict.REFUNDED else "",
        prompt=prompt,
        project=("Lighthouse film", "Night train")[number % 2],
        shot=shot,
    )


def scene(bench: Bench, camera: Camera, size: tuple[int, int]) -> None:
    """All of them."""
    with bench.window(size) as window:
        bench.fill(window)
        window.ledger.open()
        camera.take(window, "ledger-empty")
        window.ledger.set_entries(entries(bench))
        _shown(camera, window)


def _shown(camera: Camera, window: MainWindow) -> None:
    view = window.ledger.view
    assert view is not None
    view.header.month.setCurrentIndex(view.header.month.count() - 1)
    view.header.changed.emit()
    camera.take(window, "ledger")
    view.table.choose([0, 1, 2], 0)
    camera.take(window, "ledger-chosen")
    for at in range(view.header.by.count()):
        view.header.by.setCurrentIndex(at)
        view.header.changed.emit()
        camera.take(window, f"ledger-by-{at}")
    view.header.by.setCurrentIndex(0)
    view.header.changed.emit()
    view.table.choose([0], 0)
    for verdict in Verdict:
        dialog = view.mark(verdict)
        assert isinstance(dialog, QWidget)
        camera.take(window, f"ledger-mark-{verdict.value}")
        dialog.close()
