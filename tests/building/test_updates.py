"""The tool of the release's owner: a key pair, signed news, and what a build is told."""

from __future__ import annotations

import json
import stat
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from release import updates
from seedance_desktop.domain import resources
from seedance_desktop.domain.updates import channel, read_release
from seedance_desktop.gateway.updates import verified

ADDRESS = "https://updates.example.org/news.json"
NEWS = {
    "product": "seedance-desktop",
    "version": "1.2.3",
    "published": "2026-11-20",
    "page": "https://updates.example.org/",
    "notes": {"en": "Faster"},
}


def test_what_the_owner_signs_is_what_a_build_believes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    private, news, published = (tmp_path / name for name in ("private.key", "news.json", "signed.json"))
    news.write_text(json.dumps(NEWS))
    assert updates.main(["key", str(private)]) == 0
    public = capsys.readouterr().out.strip()
    assert updates.main(["sign", str(private), str(news)]) == 0
    published.write_text(capsys.readouterr().out)
    assert updates.main(["verify", public, str(published)]) == 0
    assert capsys.readouterr().out == json.dumps(NEWS)

    assert updates.write(tmp_path, {updates.ADDRESS: ADDRESS, updates.KEY: public})
    monkeypatch.setattr(resources, "folder", lambda: tmp_path)
    built = channel()
    assert built is not None
    release = read_release(verified(published.read_bytes(), built.key), built, date(2026, 11, 22))
    assert release.version == "1.2.3"


def test_the_private_key_is_its_owners_and_is_never_overwritten(tmp_path: Path) -> None:
    private = tmp_path / "private.key"
    updates.make_key(private)
    kept = private.read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        updates.make_key(private)
    assert private.read_bytes() == kept


def test_a_signature_of_another_key_is_told(tmp_path: Path) -> None:
    updates.make_key(tmp_path / "one")
    other = updates.make_key(tmp_path / "other")
    signed = updates.sign(tmp_path / "one", json.dumps(NEWS).encode())
    with pytest.raises(SystemExit, match="NOT signed"):
        updates.verify(other, signed)


@pytest.mark.parametrize(
    "change",
    [{"version": "1.2"}, {"product": "other"}, {"notes": {"zh_CN": "更快"}}, {"notes": {"en": "x" * 70_000}}],
)
def test_news_that_nobody_would_take_is_not_signed(tmp_path: Path, change: dict[str, Any]) -> None:
    updates.make_key(tmp_path / "private.key")
    with pytest.raises(SystemExit):
        updates.sign(tmp_path / "private.key", json.dumps(NEWS | change).encode())


def test_a_build_without_both_has_none_of_an_earlier_one(tmp_path: Path) -> None:
    (tmp_path / updates.FILE).write_text("{}")
    assert not updates.write(tmp_path, {})
    assert not (tmp_path / updates.FILE).exists()


@pytest.mark.parametrize(
    "environ",
    [
        {updates.ADDRESS: ADDRESS},
        {updates.KEY: "A" * 43 + "="},
        {updates.ADDRESS: "http://updates.example.org/", updates.KEY: "A" * 43 + "="},
        {updates.ADDRESS: ADDRESS, updates.KEY: "short"},
    ],
)
def test_half_a_place_for_updates_ends_the_build(tmp_path: Path, environ: dict[str, str]) -> None:
    with pytest.raises(SystemExit):
        updates.write(tmp_path, environ)
    assert not (tmp_path / updates.FILE).exists()
