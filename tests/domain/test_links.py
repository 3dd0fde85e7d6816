"""Links to clips and files from outside: what desktops really hand over, and what is no link of ours."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from seedance_desktop.domain import links

posix = pytest.mark.skipif(sys.platform == "win32", reason="paths as POSIX writes them")


@pytest.mark.parametrize("clip", [1, 12345, (1 << 40) - 1])
def test_a_link_leads_back_to_its_clip(clip: int) -> None:
    link = links.build(clip)
    assert links.is_link(link)
    assert links.parse(link) == clip
    assert links.parse(link.upper()) == clip


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "seedance:",
        "seedance:clip/",
        "seedance:clip/0000000",
        "seedance:clip/000000001",
        "seedance:clip/0000000u",
        "seedance:clip/00000001/",
        "seedance:clip/00000001?generate=1",
        "seedance:clip/00000001#x",
        "seedance:clip/00000001\n",
        "seedance://clip/00000001",
        "seedance:draft/00000001",
        "seedance:clip/../00000001",
        "seedance:clip/%30000001",
        "seedance:clip/0000000１",
        "https:clip/00000001",
        " seedance:clip/00000001",
    ],
)
def test_what_build_cannot_have_written_is_no_link(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        links.parse(wrong)


@posix
@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b.mp4", "/a/b.mp4"),
        ("file:/a/b.mp4", "/a/b.mp4"),
        ("FILE://localhost/a/b.mp4", "/a/b.mp4"),
        ("file:///a/two%20words.mp4", "/a/two words.mp4"),
        ("file:///a/%E7%81%AF%E5%A1%94.mp4", "/a/灯塔.mp4"),
        ("file:///a/灯塔 bare.mp4", "/a/灯塔 bare.mp4"),
        ("file:///a/50%25.mp4", "/a/50%.mp4"),
        ("file:///a/take#1?.mp4", "/a/take#1?.mp4"),
        ("file:///a/%FF.mp4", "/a/\udcff.mp4"),
        ("file:///a/%00.mp4", ""),
        ("file://elsewhere.example/a/b.mp4", ""),
        ("file:b.mp4", ""),
        ("http://localhost/a/b.mp4", ""),
        ("/a/b.mp4", ""),
    ],
)
def test_paths_of_uris(uri: str, path: str) -> None:
    assert links.path_of(uri) == path


@posix
def test_a_uri_may_name_this_computer() -> None:
    assert links.path_of(f"file://{socket.gethostname()}/a.mp4") == "/a.mp4"


@posix
def test_what_an_argument_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list").mkdir()
    Path("clip one.mp4").touch()
    opened = ["clip one.mp4", "/not/there.mp4", str(tmp_path), "file:///gone%20.png", "seedance:clip/x"]
    assert [one for one in opened if not links.is_given(one)] == []
    assert [one for one in ("list", "generate", "--demo", "-psn_0_1", "gone.mp4") if links.is_given(one)] == []
    said = [str(tmp_path / "clip one.mp4"), "/not/there.mp4", str(tmp_path), "/gone .png", "seedance:clip/x"]
    assert [links.given(one) for one in opened] == said
