"""Set-up and tasks for developers: `python3 packaging/dev.py TASK`; needs only Python 3.11, 3.12 or 3.13.

Every task makes the environment first, if it has to; the second time that takes no time.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import environment
import locking
import system_libraries
from environment import PYTHON
from steps import (
    ROOT,
    Done,
    Stop,
    become,
    call,
    end_like_ctrl_c_on_sigterm,
    memory_for_files,
    need,
    private_session,
    say,
    speak_utf_8,
    step,
    summary,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DEMO_PROMPT = "A paper boat drifts down a rain-lit street at dusk, slow dolly in, soft neon reflections"
CHECKS = {
    "format": ["-m", "ruff", "format", "--check"],
    "lint": ["-m", "ruff", "check"],
    "types": ["-m", "mypy"],
    "import contracts": ["-c", "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])"],
}
# The rooms that must work, and are tested, on a machine without Qt.
LOWER_ROOMS = ("domain", "gateway", "library", "media", "system", "demo", "studio")
# Two at a time: half of the suite waits for programs, servers and disks, and more would disturb what is timed.
SIDE_BY_SIDE = ("--numprocesses=2", "--dist=worksteal")
TRANSLATIONS = ROOT / "resources" / "translations"
TEMPLATE = TRANSLATIONS / "seedance.pot"


@dataclass(frozen=True)
class Count:
    """How a pytest run ended, in tests; errors count as failed."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def setup(args: Sequence[str]) -> int:
    """Make the environment and look for the system's libraries."""
    environment.ensure()
    system_libraries.provide()
    return 0


def run(args: Sequence[str]) -> int:
    """Start the program with the given arguments."""
    setup([])
    become([str(PYTHON), "-m", "seedance_desktop", *args])


def demo(args: Sequence[str]) -> int:
    """Show the main job on the built-in gateway: in the window, or on the command line without a display."""
    setup([])
    program = [str(PYTHON), "-m", "seedance_desktop"]
    display = has_display(os.environ, sys.platform)
    if display and system_libraries.window_can_open():
        say("Opening the window on the built-in gateway: no key, no network, no money.")
        become([*program, "--demo", *args])
    why = "The window can't open without those libraries" if display else "There is no display here"
    say(f"{why}, so this makes a clip on the command line, on the built-in gateway:")
    say(f'no key, no network, no money.\n\n    seedance-desktop generate "{DEMO_PROMPT}" --demo\n')
    become([*program, "generate", DEMO_PROMPT, "--demo", "--duration", "5", "--resolution", "720p", *args])


def has_display(env: Mapping[str, str], platform: str) -> bool:
    """Whether a window can open: Windows and macOS always have a display."""
    return not platform.startswith("linux") or bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def check(args: Sequence[str]) -> int:
    """Look at the source without running it: format, lint, types, import contracts."""
    environment.ensure()
    done = [step(name, [str(PYTHON), *command]) for name, command in CHECKS.items()]
    summary(done)
    return int(any(one.code for one in done))


def test(args: Sequence[str]) -> int:
    """Run everything that CI runs, on the source and on the built program; with arguments only what pytest selects."""
    environment.ensure()
    system_libraries.provide(tests=True)
    done = [step(name, [str(PYTHON), *command]) for name, command in CHECKS.items()]
    with tempfile.TemporaryDirectory() as folder, private_session() as env:
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # each of the hundreds of programs started would compile all again
        reports = [Path(folder, "all.xml"), Path(folder, "without-qt.xml")]
        rooms = [f"tests/{room}" for room in LOWER_ROOMS if list((ROOT / "tests" / room).rglob("test_*.py"))]
        if args:
            done.append(step("tests", pytest(reports[0], *args), env))
        else:  # what must work without Qt is tested without it, and only so
            without = ["-p", "tests.without_qt", "-p", "no:pytest-qt", *rooms]
            rest = [f"--ignore={room}" for room in rooms]
            with memory_for_files(env) as quick:
                done.append(step("tests without Qt", pytest(reports[1], *SIDE_BY_SIDE, *without), quick))
                done.append(step("tests", pytest(reports[0], *SIDE_BY_SIDE, *rest), quick))
        counts = [count(report) for report in reports if report.exists()]
    if not args:  # users get no source: what PyInstaller makes of it has to work, too
        done.append(step("the built program", [sys.executable, str(Path(__file__).resolve()), "package", "--check"]))
    summary(done)
    say(last_line(done, counts))
    return int(any(one.code for one in done))


def pytest(report: Path, *args: str) -> list[str]:
    """The command for one pytest run that also leaves a report to count in."""
    colour = "yes" if sys.stdout.isatty() else "auto"
    return [str(PYTHON), "-m", "pytest", f"--color={colour}", f"--junit-xml={report}", *args]


def count(report: Path) -> Count:
    """The numbers in a JUnit report."""
    numbers = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in ET.parse(report).getroot().iter("testsuite"):
        for name in numbers:
            numbers[name] += int(suite.get(name, 0))
    bad = numbers["failures"] + numbers["errors"]
    return Count(max(0, numbers["tests"] - bad - numbers["skipped"]), bad, numbers["skipped"])


def last_line(done: Sequence[Done], counts: Sequence[Count]) -> str:
    """The lines that tell all: the steps that failed, if any, and last all tests in numbers."""
    failed = [one.name for one in done if one.code]
    words = f"\nFailed steps: {', '.join(failed)}" if failed else f"\nAll {len(done)} steps passed"
    every = Count(*(sum(numbers) for numbers in zip(*map(astuple, counts), strict=True))) if counts else Count()
    return f"{words}\n{every}"


def translations(args: Sequence[str]) -> int:
    """Collect the words of the source, update and compile each language; an argument adds a language."""
    environment.ensure()
    babel = [str(PYTHON), "-m", "babel.messages.frontend"]
    TRANSLATIONS.mkdir(parents=True, exist_ok=True)
    keywords = ["--no-default-keywords", "-k", "tr", "-k", "ntr:1,2", "-k", "mark"]
    about = ["--project", "Seedance Desktop", "--add-location", "file", "--sort-by-file"]
    collect = [*babel, "extract", *keywords, *about, "-o", str(TEMPLATE), "seedance_desktop"]
    need(collect, "The words of the source could not be collected")
    files = ["-i", str(TEMPLATE), "-d", str(TRANSLATIONS), "-D", "seedance"]
    for language in args:
        if not (TRANSLATIONS / language).exists():
            need([*babel, "init", *files, "-l", language], f"{language} could not be added")
    if list(TRANSLATIONS.glob("*/LC_MESSAGES/seedance.po")):
        need(
            [*babel, "update", *files, "--no-fuzzy-matching", "--ignore-pot-creation-date"],
            "The languages could not be updated",
        )
        need(
            [*babel, "compile", "-d", str(TRANSLATIONS), "-D", "seedance", "--statistics"],
            "The languages could not be compiled",
        )
    return 0


def bench(args: Sequence[str]) -> int:
    """Measure the figures of the quality page, print a table, write benchmarks.json."""
    return _on_screen("tests.benchmarks", args)


def hunt(args: Sequence[str]) -> int:
    """Hunt for lost clips and second charges: `[machine|kills|hostile] [--seed N] [--kills N] [--soak MINUTES]`."""
    return _on_screen("tests.hunts", args)


def shots(args: Sequence[str]) -> int:
    """Take pictures of every view in both themes."""
    return _on_screen("tests.shots", args)


def package(args: Sequence[str]) -> int:
    """Build what users get, into dist/: `[--no-installers] [--no-proof]`; or `--check` that it can be."""
    import package as packages

    return packages.main(args)


def prove(args: Sequence[str]) -> int:
    """Prove that a built program works: `[FOLDER|DEB|EXE|DMG]`."""
    from proof import prove as proofs

    return proofs.main(args)


def sign(args: Sequence[str]) -> int:
    """Sign a Windows program, if the secrets are there: `FILE`; Inno Setup calls it."""
    from windows import signing

    return signing.main(args)


def release(args: Sequence[str]) -> int:
    """Check and bring together what is published: `tag TAG | notes | collect FOLDER … TARGET`."""
    from release import publishing

    return publishing.main(args)


def _on_screen(module: str, args: Sequence[str]) -> int:
    environment.ensure()
    system_libraries.provide(tests=True)
    with private_session() as env:
        return call([str(PYTHON), "-m", module, *args], env)


TASKS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": setup,
    "run": run,
    "demo": demo,
    "test": test,
    "check": check,
    "lock": locking.lock,
    "translations": translations,
    "bench": bench,
    "hunt": hunt,
    "shots": shots,
    "package": package,
    "prove": prove,
    "sign": sign,
    "release": release,
}


def parse(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The task, and what is for the task itself."""
    lines = [f"  {name:<13} {(task.__doc__ or '').splitlines()[0]}" for name, task in TASKS.items()]
    parser = argparse.ArgumentParser(
        prog="python3 packaging/dev.py",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="tasks:\n" + "\n".join(lines),
    )
    parser.add_argument("task", choices=TASKS, metavar="TASK")
    found = parser.parse_args(arguments[:1])
    return str(found.task), list(arguments[1:])


def main(arguments: Sequence[str]) -> int:
    """Do one task and return the exit code."""
    speak_utf_8()
    end_like_ctrl_c_on_sigterm()
    task, rest = parse(arguments)
    start = time.monotonic()
    try:
        environment.refuse_other_pythons(sys.version_info[:2])
        code = TASKS[task](rest)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    if task not in ("test", "run", "demo", "release"):
        say(f"{task}: {'done' if code == 0 else 'failed'} in {time.monotonic() - start:.1f} s.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
