"""The news of a release as values: versions in order, pages where they may lie, texts that are only text."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from seedance_desktop.domain import resources
from seedance_desktop.domain.components import Component, found
from seedance_desktop.domain.errors import UpdateProblem
from seedance_desktop.domain.updates import Channel, channel, compare, is_due, read_release

HOME = Channel("https://updates.example.org/news.json", bytes(32))
TODAY = date(2026, 11, 22)
NEWS: dict[str, Any] = {
    "product": "seedance-desktop",
    "version": "1.2.3",
    "published": "2026-11-20",
    "page": "https://updates.example.org/",
    "notes": {"en": "Faster"},
}


def code_of(**changes: object) -> str:
    news = {name: value for name, value in (NEWS | changes).items() if value is not None}
    with pytest.raises(UpdateProblem) as problem:
        read_release(json.dumps(news).encode(), HOME, TODAY)
    return problem.value.reason.code


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [("1.10.0", "1.9.9", 1), ("2.0.0", "1.99.99", 1), ("0.1.0", "0.1.0", 0), ("0.0.9", "0.1.0", -1)],
)
def test_versions_are_numbers(one: str, other: str, order: int) -> None:
    assert compare(one, other) == order


@pytest.mark.parametrize("text", ["1.2", "1.2.3.4", "1.2.3a", "v1.2.3", "01.2.3", " 1.2.3", "1.2.3\n", "१.2.3", ""])
def test_what_is_no_version(text: str) -> None:
    with pytest.raises(ValueError):
        compare(text, "1.0.0")
    assert code_of(version=text) == "update-unreadable"


@pytest.mark.parametrize(
    "page",
    [
        "http://updates.example.org/",
        "https://example.org/",
        "https://notupdates.example.org.evil.example/",
        "https://evilupdates.example.org/",
        "https://updates.example.org@evil.example/",
        "https://updates.example.org:8443/",
        "https://updates.example.org\\@evil.example/",
        "file:///etc/passwd",
        "https://[::1",
        "",
        7,
    ],
)
def test_no_page_but_ours_is_opened(page: object) -> None:
    assert code_of(page=page) == "update-unreadable"


@pytest.mark.parametrize("page", ["https://updates.example.org/x?y=z", "https://get.updates.example.org/"])
def test_our_pages(page: str) -> None:
    assert read_release(json.dumps(NEWS | {"page": page}).encode(), HOME, TODAY).page == page


def test_what_must_be_there() -> None:
    for name in NEWS:
        assert code_of(**{name: None}) == ("update-other-product" if name == "product" else "update-unreadable")
    assert code_of(notes="Faster") == code_of(notes={"en": 1}) == code_of(published="soon") == "update-unreadable"
    for payload in (b"[]", b"\xff", b"{" * 50_000):
        with pytest.raises(UpdateProblem):
            read_release(payload, HOME, TODAY)


def test_it_is_good_until_the_end_of_its_last_day() -> None:
    assert read_release(json.dumps(NEWS | {"expires": "2026-11-22"}).encode(), HOME, TODAY).version == "1.2.3"
    assert code_of(expires="2026-11-21") == "update-expired"
    assert code_of(expires="never") == "update-unreadable"


def test_notes_are_plain_text() -> None:
    notes = {"en": "One\nTwo\x1b[31m\u202egnp.exe" + "x" * 9000}
    note = read_release(json.dumps(NEWS | {"notes": notes}).encode(), HOME, TODAY).note("zh_CN")
    assert note.startswith("One\nTwo[31mgnp.exex")
    assert len(note) == 4000


@pytest.mark.parametrize(
    ("last", "due"),
    [(None, True), ("yesterday", True), (True, True), (1000.0, False), (1000, False), (1e9, True), (-90_000, True)],
)
def test_once_a_day_also_when_the_clock_was_wrong(last: object, due: bool) -> None:
    assert is_due(last, 1001.0) is due


def test_a_build_without_a_place_for_updates_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "folder", lambda: tmp_path)
    assert channel() is None
    good = {"address": HOME.address, "key": base64.b64encode(HOME.key).decode()}
    (tmp_path / "updates.json").write_text(json.dumps(good))
    assert channel() == HOME
    assert HOME.host == "updates.example.org"
    for wrong in ({"address": "http://updates.example.org/"}, {"key": "AAAA"}, {"key": "*"}, {"key": None}):
        assert Channel.read(good | wrong) is None
    (tmp_path / "updates.json").write_text("[")
    assert channel() is None


def test_components_are_found_by_words() -> None:
    parts = [Component("Qt", "6", "LGPL-3.0"), Component("keyring", "25", "MIT")]
    assert found(parts, "") == parts
    assert found(parts, "MIT key") == [parts[1]]
    assert found(parts, "zlib") == []
    assert Component.read({"name": "Qt", "version": 6, "files": ["a", 1]}) == Component("Qt", "", "", "", ("a",))
    assert Component.read({"version": "6"}) is None
    assert Component.read("Qt") is None
