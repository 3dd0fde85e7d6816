"""A screen reader for tests: speaks AT-SPI with a window, and JSON lines with the test that started it.

Runs under the system's own Python, which is where AT-SPI's bindings are; imports nothing of ours.
Each request is a line {"do": verb, …}, each answer {"is": value} or {"error": text}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

STATES = {
    "showing": Atspi.StateType.SHOWING,
    "enabled": Atspi.StateType.ENABLED,
    "checked": Atspi.StateType.CHECKED,
    "focused": Atspi.StateType.FOCUSED,
    "focusable": Atspi.StateType.FOCUSABLE,
    "selected": Atspi.StateType.SELECTED,
}
Node = Any
_WALKS = 10


class Reader:
    """Holds the window's application and the nodes that were found, by number."""

    def __init__(self) -> None:
        self._application: Node = None
        self._found: list[Node] = []

    def attach(self, pid: int) -> bool:
        """Whether the program of that process id is on the bus by now."""
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(number)
            if one is not None and one.get_process_id() == pid:
                one.set_cache_mask(Atspi.Cache.NONE)
                self._application = one
                return True
        return False

    def find(self, name: str, role: str = "", *, begins: bool = False, within: int = -1) -> int:
        """The number of the first node on screen of this name (or that begins with it) and role; -1 for none."""
        root = self._application if within < 0 else self._found[within]
        for node in nodes(root):
            said = node.get_name() or ""
            right = said.startswith(name) if begins else said == name
            if right and role in ("", node.get_role_name()):
                self._found.append(node)
                return len(self._found) - 1
        return -1

    def tree(self, within: int = -1) -> list[dict[str, Any]]:
        """Every node on screen: role, name and states."""
        root = self._application if within < 0 else self._found[within]
        return [
            {"role": node.get_role_name(), "name": node.get_name() or "", "states": states(node)}
            for node in nodes(root)
        ]

    def look(self, node: int) -> dict[str, Any]:
        """Name, role, states, place, and text and value where it has them."""
        one = self._found[node]
        place = one.get_extents(Atspi.CoordType.SCREEN)
        text, value = one.get_text_iface(), one.get_value_iface()
        return {
            "name": one.get_name() or "",
            "role": one.get_role_name(),
            "states": states(one),
            "place": [place.x, place.y, place.width, place.height],
            "text": Atspi.Text.get_text(one, 0, -1) if text else None,
            "value": one.get_current_value() if value else None,
        }

    def items(self, node: int) -> list[str]:
        """The names of a list's items."""
        one = self._found[node]
        children = [one.get_child_at_index(number) for number in range(one.get_child_count())]
        return [child.get_name() for child in children if child and child.get_role_name() == "list item"]

    def ask_too_far(self) -> int:
        """Ask everything on screen for children that it doesn't have, as a reader does whose count is old."""
        asked = 0
        for node in nodes(self._application):
            for beyond in (0, 1, 40):
                node.get_child_at_index(node.get_child_count() + beyond)
                asked += 1
        return asked

    def act(self, node: int, action: str) -> bool:
        """Do what the node offers under that name: Press, Toggle, SetFocus …"""
        one = self._found[node]
        offered = [Atspi.Action.get_action_name(one, number) for number in range(one.get_n_actions())]
        return bool(one.do_action(offered.index(action)))

    def write(self, node: int, text: str) -> bool:
        """Replace the text of an editable node."""
        return bool(self._found[node].set_text_contents(text))

    def set_value(self, node: int, value: float) -> bool:
        """Set a slider or a spin button."""
        return bool(self._found[node].set_current_value(value))

    def select(self, node: int, child: int) -> bool:
        """Select one item of a list."""
        return bool(self._found[node].select_child(child))


def nodes(root: Node) -> Iterator[Node]:
    """What is on screen, from `root` down, in the order that a reader meets it."""
    for number in range(root.get_child_count()):
        node = root.get_child_at_index(number)
        if node is None or not node.get_state_set().contains(Atspi.StateType.SHOWING):
            continue
        yield node
        yield from nodes(node)


def states(node: Node) -> list[str]:
    """The states that tests look at."""
    held = node.get_state_set()
    return [name for name, state in STATES.items() if held.contains(state)]


def main() -> None:
    """Answer requests until standard input closes."""
    Atspi.init()
    Atspi.set_timeout(5000, 5000)
    reader = Reader()
    for line in sys.stdin:
        request = json.loads(line)
        verb = getattr(reader, request.pop("do"))
        print(json.dumps(answer(verb, request)), flush=True)


def answer(verb: Callable[..., object], request: dict[str, Any]) -> dict[str, object]:
    """What a verb returns, or what went wrong. A walk over things that go meanwhile is begun again."""
    said = ""
    for _ in range(_WALKS if verb.__name__ in ("find", "tree") else 1):
        try:
            return {"is": verb(**request)}
        except (GLib.Error, ValueError) as error:
            said = str(error)
    return {"error": said}


if __name__ == "__main__":
    main()
