"""Keys never get through, and of what others say nothing that could be the creator's."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedance_desktop.system import private

KEY = "sk-hub-Ab3_-xyz0123"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"key {KEY}!", "key sk-…!"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer …"),
        ("{'Authorization': 'Bearer abc'}", "{'Authorization': 'Bearer …'}"),
        ("(b'Authorization', b'Bearer abc')", "(b'Authorization', b'Bearer …')"),
        ("authorization=abc", "authorization=…"),
        ("BEARER abc", "BEARER …"),
        ("GET https://a.example/x.mp4?sig=1&t=2 ok", "GET https://a.example/x.mp4?… ok"),
        ("'https://a.example/?q=1'", "'https://a.example/?…'"),
        ("nothing to hide", "nothing to hide"),
        ("the code disk-full", "the code disk-full"),
    ],
)
def test_secrets_are_taken_out(text: str, clean: str) -> None:
    assert private.redact(text) == clean


def test_a_key_of_any_shape_is_hidden_once_it_is_known() -> None:
    private.hide("An-Odd/Key+0123==")
    private.hide("short")
    assert private.redact("it was An-Odd/Key+0123==.") == "it was …."
    assert private.redact("short") == "short"


def test_the_home_folder_is_named_by_its_sign(home: Path) -> None:
    private._homes.cache_clear()
    assert private.clean(f"{home}/Videos: {home}") == "~/Videos: ~"
    private._homes.cache_clear()


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ('QFont: "Ada Sans" is missing', "QFont: “…” is missing"),
        ("no film 'it's a prompt' here", "no film “…” here"),
        ("isn't there", "isn't there"),
        ("a 'cut quotation of\na prompt", "a “…”"),
        ("“one” and “two”", "“…”"),
        ("cannot open /media/ada/My films/heron: no", "cannot open …"),
        ("cannot open C:\\Users\\Ada\\x y", "cannot open …"),
        ("cannot open file:///home/ada/x y", "cannot open …"),
        ("cannot open ~/x y", "cannot open …"),
        ("cannot open smb://nas/films of Ada/x", "cannot open …"),
        ("at https://ada:pw@a.example:8/x/y.mp4", "at https://a.example:8/…"),
        ("clips/A heron.mp4 is broken", "(its text is not kept: it may name a file)"),
        ("lost 苍鹭 over Köln", "lost … over K…ln"),
        (f"with {KEY}", "with sk-…"),
        ("QObject::connect(QLabel, and/or N/A): 3 < 4", "QObject::connect(QLabel, and/or N/A): 3 < 4"),
        ("x" * 900, "x" * 500),
    ],
)
def test_only_the_shape_of_what_others_say_is_kept(text: str, shape: str) -> None:
    assert private.shape(text) == shape
