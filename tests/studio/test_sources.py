"""What among dropped files and folders is taken for an image, and how it is called."""

from __future__ import annotations

import os
from base64 import b64encode
from pathlib import Path

import pytest
from PIL import Image

from seedance_desktop.domain.errors import BadImage, Problem
from seedance_desktop.studio import sources
from tests.media.making import saved

PNG = saved(Image.new("RGB", (4, 4)), "PNG")


def fill(folder: Path, *names: str, data: bytes = PNG) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def names(folder: Path, found: list[sources.Source | Problem]) -> list[str]:
    return [one.relative_to(folder).as_posix() for one in found if isinstance(one, Path)]


def test_a_folder_is_its_images_in_the_order_of_people(tmp_path: Path) -> None:
    fill(tmp_path, "img10.png", "img2.PNG", "Img1.jpg", "b/2.heic", "b/10.avif", "a/x.webp", "b/c/deep.tif")
    found = sources.expand([str(tmp_path)])
    assert names(tmp_path, found) == [
        "Img1.jpg",
        "img2.PNG",
        "img10.png",
        "a/x.webp",
        "b/2.heic",
        "b/10.avif",
        "b/c/deep.tif",
    ]
    assert sources.expand(found) == found


def test_what_is_hidden_or_no_image_is_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, ".hidden.png", "._img.png", ".trash/a.png", "no suffix", "wrong.dat")
    fill(tmp_path, "notes.txt", "clip.mp4", "BMW.doc", "empty", data=b"BM and no image")
    fill(tmp_path, "raw.nef", data=b"II*\0 raw of a camera")
    (tmp_path / "loop").symlink_to(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")
    assert names(tmp_path, sources.expand([tmp_path])) == ["no suffix", "wrong.dat"]


def test_a_folder_without_images_says_so(tmp_path: Path) -> None:
    fill(tmp_path, "empty/notes.txt", data=b"no image")
    [problem, link] = sources.expand([tmp_path / "empty", "https://example.org/a.png"])
    assert isinstance(problem, Problem)
    assert (problem.reason.code, problem.reason.fact("name")) == ("folder-without-images", "empty")
    assert link == "https://example.org/a.png"


@pytest.mark.parametrize("blank", ["", "  "])
def test_nothing_is_not_the_folder_that_we_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank: str
) -> None:
    fill(tmp_path, "a.png")
    monkeypatch.chdir(tmp_path)
    [problem] = sources.expand([blank])
    assert isinstance(problem, BadImage)
    assert problem.reason.code == "image-missing"


def test_the_most_is_bounded_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, *(f"{number}.png" for number in range(5)))
    monkeypatch.setattr(sources, "MOST_IMAGES", 3)
    *files, problem = sources.expand([tmp_path])
    assert names(tmp_path, files) == ["0.png", "1.png", "2.png"]
    assert isinstance(problem, Problem)
    assert (problem.reason.code, problem.reason.fact("count")) == ("folder-too-many", 3)
    monkeypatch.setattr(sources, "MOST_IMAGES", 5)
    assert len(sources.expand([tmp_path])) == 5
    monkeypatch.setattr(sources, "_MOST_LOOKED_AT", 2)
    assert len(sources.expand([tmp_path])) == 2


def test_a_folder_that_may_not_be_opened_is_said_and_keeps_nothing_else_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "a.png", "closed/b.png")
    scandir = os.scandir

    def guarded(place: str) -> object:  # who runs the tests may be root, to whom nothing is closed
        if Path(place).name == "closed":
            raise PermissionError(13, "Permission denied", place)
        return scandir(place)

    monkeypatch.setattr(os, "scandir", guarded)
    file, problem = sources.expand([tmp_path])
    assert names(tmp_path, [file]) == ["a.png"]
    assert isinstance(problem, Problem)
    assert (problem.reason.code, problem.reason.fact("name")) == ("folder-closed", "closed")
    assert [one.reason.code for one in sources.expand([tmp_path / "closed"]) if isinstance(one, Problem)] == [
        "folder-closed"
    ]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (Path("/a/Mara.old.jpeg"), "Mara.old"),
        (b"x", "image"),
        ("data:image/png;base64,AAAA", "image"),
        ("https://example.org/a/%E9%9B%A8.png?x=1#y", "雨.png"),
        ("https://example.org/", "example.org"),
        ("https://example.org/" + "x" * 200, "x" * 80),
    ],
)
def test_names(source: sources.Source, name: str) -> None:
    assert sources.name_of(source) == name


def test_data_links_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "IMAGE_MOST_BYTES", 30)
    for link in ("data:," + "x" * 31, "data:," + "%20" * 31, "data:;base64," + "AAAA" * 11):
        with pytest.raises(BadImage) as raised:
            sources.data_of(link)
        assert raised.value.reason.code == "image-too-heavy"
    monkeypatch.setattr(sources, "_PIECE", 8)
    assert sources.data_of("data:;base64," + b64encode(bytes(range(29))).decode()) == bytes(range(29))
    for broken in ("AAAA=AAA", "AAA=AAAAAAAA", "AA!A", "A"):
        with pytest.raises(BadImage):
            sources.data_of("data:;base64," + broken)
    assert sources.data_of("data:," + "%20" * 27) == b" " * 27


def test_a_name_that_no_disk_can_have_is_a_file_that_is_missing() -> None:
    long = "x" * 5000
    assert sources.expand([long]) == [Path(long)]
