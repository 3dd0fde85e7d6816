"""Images named in a prompt: bound while it is written, numbers on the wire."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_desktop.domain import mentions
from seedance_desktop.domain.errors import BadRecipe
from seedance_desktop.domain.mentions import Mention
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, check

MARA, TOWER = Mention("a1", "Mara"), Mention("b2", "塔")


def test_the_wire_gets_numbers_that_follow_the_order() -> None:
    prompt = f"{MARA} climbs {TOWER}."
    assert mentions.wire(prompt, ["a1", "b2"]) == "Image 1 climbs Image 2."
    assert mentions.wire(prompt, ["b2", "a1"]) == "Image 2 climbs Image 1."


def test_a_chinese_prompt_gets_chinese_numbers() -> None:
    assert mentions.wire(f"{MARA}走上{TOWER}，蓝调时刻", ["a1", "b2"]) == "图片1走上图片2，蓝调时刻"


def test_a_number_never_runs_into_a_word() -> None:
    assert mentions.wire(f"see{MARA}climb{MARA}2 stairs", ["a1"]) == "see Image 1 climb Image 1 2 stairs"


def test_an_image_that_is_gone_is_said_before_sending() -> None:
    prompt = f"{MARA} and {TOWER}"
    assert mentions.missing(prompt, ["a1"]) == [TOWER]
    with pytest.raises(BadRecipe) as refused:
        check(Draft(Recipe(prompt, (Reference("Mara", "a1", ".jpg"),))))
    assert (refused.value.reason.code, refused.value.reason.fact("name")) == ("mention-missing", "塔")
    assert mentions.shown(prompt, ["a1"]) == "Image 1 and 塔"


def test_what_was_sent_is_bound_again() -> None:
    images = [("a1", "Mara"), ("b2", "塔")]
    assert mentions.bound("Image 2 and Image 1, Image 3, Images 1, Image 12", images) == (
        f"{TOWER} and {MARA}, Image 3, Images 1, Image 12"
    )
    assert mentions.bound("图片2走上图片 1", images) == f"{TOWER}走上{MARA}"


PIECE = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\ue000\ue001\ue002"), min_size=1),
    st.builds(Mention, st.sampled_from(["a1", "b2", "gone"]), st.text(max_size=5)),
)


@given(st.lists(PIECE))
def test_pieces_come_apart_as_they_were_put_together(parts: list[str | Mention]) -> None:
    clean = [
        Mention(one.key, one.name.translate(mentions._STRAY)) if isinstance(one, Mention) else one for one in parts
    ]
    found = mentions.pieces("".join(map(str, parts)))
    assert "".join(map(str, found)) == "".join(map(str, clean))
    assert [one for one in found if isinstance(one, Mention)] == [one for one in clean if isinstance(one, Mention)]


@given(st.text())
def test_any_text_is_a_prompt(text: str) -> None:
    shown = mentions.shown(text, ["a1"])
    assert not set(shown) & set("\ue000\ue001\ue002")
    assert mentions.shown(shown, []) == shown
