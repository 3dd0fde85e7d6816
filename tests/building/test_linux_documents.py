"""What Linux packages say of the program: the changelog in three forms, the man page, the desktop's own checkers."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linux import debian, layout
from release import changelog
from seedance_desktop.cli import arguments

MOMENT = 1_795_000_000  # 2026-11-18
CHANGELOG = """# Changelog

- not an entry

## [Unreleased]

### Added

- A `seedance:` link opens its clip, see [the note](https://example.com/a).

## [0.2.0] - 2026-10-01

### Fixed

- One thing.
- Another.
"""
COMING = "A seedance: link opens its clip, see the note."


@pytest.fixture
def words(tmp_path: Path) -> Path:
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    return tmp_path / "CHANGELOG.md"


def test_what_is_unreleased_is_the_coming_versions(words: Path) -> None:
    coming, past = changelog.read("0.3.0", MOMENT, words)
    assert (coming.version, coming.changes) == ("0.3.0", (COMING,))
    assert coming.date == datetime(2026, 11, 18, tzinfo=UTC)
    assert (past.version, past.date) == ("0.2.0", datetime(2026, 10, 1, tzinfo=UTC))
    assert past.changes == ("One thing.", "Another.")


def test_a_released_version_has_its_own_day_and_words(words: Path) -> None:
    [release] = changelog.read("0.2.0", MOMENT, words)
    assert (release.date.year, release.changes) == (2026, ("One thing.", "Another."))


def test_debian_reads_the_changelog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBFULLNAME", "Mara")
    monkeypatch.setenv("DEBEMAIL", "mara@example.com")
    text = debian.changelog_of("9.8.7", MOMENT)
    assert text.splitlines()[0] == "seedance-desktop (9.8.7) unstable; urgency=medium"
    assert "\n -- Mara <mara@example.com>  Wed, 18 Nov 2026 00:00:00 +0000\n" in text
    if reader := shutil.which("dpkg-parsechangelog"):
        done = subprocess.run([reader, "-l-", "-SVersion"], input=text, capture_output=True, text=True, check=True)
        assert (done.stdout, done.stderr) == ("9.8.7\n", "")


@pytest.fixture
def metainfo(tmp_path: Path) -> Path:
    file = tmp_path / "seedance-desktop.metainfo.xml"
    file.write_text(layout.metainfo_of("9.8.7", MOMENT), encoding="utf-8")
    return file


def test_appstream_hears_of_the_release_and_of_what_it_launches(metainfo: Path) -> None:
    root = ET.parse(metainfo).getroot()
    newest = root.find("releases/release")
    assert newest is not None
    assert newest.attrib == {"version": "9.8.7", "date": "2026-11-18"}
    assert len(newest.findall("description/ul/li")) >= 1
    assert root.findtext("launchable") == "seedance-desktop.desktop"
    assert {one.text for one in root.findall("provides/mediatype")} == {
        "video/mp4",
        "video/quicktime",
        "video/webm",
        "x-scheme-handler/seedance",
    }
    translated = [one for one in root.iter() if one.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh_CN"]
    assert len(translated) == 1 + 2 + 4, "the summary, the paragraphs and the points"


# We own no domain, so the name can't be a reversed one; `developer` is newer than AppStream 0.16.
KNOWN = {"cid-desktopapp-is-not-rdns", "cid-contains-hyphen", "unknown-tag", "url-homepage-missing"}


@pytest.mark.skipif(not shutil.which("appstreamcli"), reason="appstreamcli (appstream) is missing here")
def test_appstreams_checker_has_nothing_new_to_say(metainfo: Path) -> None:
    done = subprocess.run(
        ["appstreamcli", "validate", "--no-net", metainfo], capture_output=True, text=True, check=False
    )
    said = set(re.findall(r"^[EWI]: \S+ (\S+)", done.stdout, re.MULTILINE))
    assert "cid-desktopapp-is-not-rdns" in said, done.stdout
    assert said <= KNOWN, done.stdout


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="desktop-file-utils is missing here")
@pytest.mark.parametrize("name", layout.ENTRIES)
def test_the_desktops_checker_has_nothing_to_say(name: str) -> None:
    command = ["desktop-file-validate", str(layout.SOURCES / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_man_page_knows_every_command_and_option(monkeypatch: pytest.MonkeyPatch) -> None:
    parsers = _parsers(monkeypatch)
    assert len(parsers) > 10
    page = layout.filled("seedance-desktop.1", VERSION="9.8.7", DATE="2026-11-18").replace("\\", "")
    page = re.sub(r"f[BIR]|^\.\w+ ", " ", page, flags=re.MULTILINE)
    words = set(re.split(r'[\s\[\]|,."]+', page))
    for parser in parsers:
        told = [action for action in parser._actions if action.help is not argparse.SUPPRESS]
        missing = {option for action in told for option in action.option_strings} | {parser.prog.split()[-1]}
        assert missing - words == set(), f"tell of it in {layout.SOURCES}/seedance-desktop.1"


def _parsers(monkeypatch: pytest.MonkeyPatch) -> list[argparse.ArgumentParser]:
    """The program's own parser and those of its commands, as the command line makes them."""
    made: list[argparse.ArgumentParser] = []
    begin = argparse.ArgumentParser.__init__

    def remember(self: argparse.ArgumentParser, *args: object, **options: object) -> None:
        begin(self, *args, **options)  # type: ignore[arg-type]
        made.append(self)

    monkeypatch.setattr(argparse.ArgumentParser, "__init__", remember)
    arguments.parse([])
    return made


@pytest.mark.skipif(not shutil.which("man"), reason="man is missing here")
def test_the_man_page_is_set_without_a_warning(tmp_path: Path) -> None:
    page = tmp_path / "seedance-desktop.1"
    page.write_text(layout.filled("seedance-desktop.1", VERSION="9.8.7", DATE="2026-11-18"))
    done = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "seedance-desktop - native studio for AI-video creators" in done.stdout


def test_the_package_may_say_whose_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBFULLNAME", raising=False)
    monkeypatch.delenv("DEBEMAIL", raising=False)
    assert debian.maintainer().endswith(".invalid>"), "no address that could be somebody's"
