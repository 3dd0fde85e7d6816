"""Recipes, clips, money, names, addresses, counts and timecode: pure values and their rules."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_desktop.domain import catalogue, naming
from seedance_desktop.domain.address import check_address, check_link, host, is_loopback, origin
from seedance_desktop.domain.clip import Stage, id_to_name, name_to_id, new_id
from seedance_desktop.domain.counting import count
from seedance_desktop.domain.errors import BadRecipe, DiskProblem, GatewayProblem, OverBudget, Problem
from seedance_desktop.domain.frames import Frame, Timeline
from seedance_desktop.domain.money import Money, Spend, check_budget
from seedance_desktop.domain.preferences import Preferences
from seedance_desktop.domain.reason import Reason
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, Use, check, natural_use
from seedance_desktop.domain.timecode import timecode
from seedance_desktop.domain.trouble import STOPS_SENDING, Halt, Trouble, worst_first


def refused(draft: Draft) -> str:
    with pytest.raises(BadRecipe) as raised:
        check(draft)
    return raised.value.reason.code


def images(number: int) -> tuple[Reference, ...]:
    return tuple(Reference(f"image {index}", f"hash{index}", ".png") for index in range(number))


# Recipes


def test_the_defaults_are_those_of_the_gateway() -> None:
    recipe = Recipe("x")
    assert (recipe.ratio, recipe.duration, recipe.resolution) == ("16:9", 5, "1080p")
    assert recipe.model == "doubao/doubao-seedance-2-0-260128"
    assert catalogue.MODELS[recipe.model].price == Money(28)


def test_what_is_asked_loses_its_outer_white_space_only() -> None:
    checked = check(Draft(Recipe("\n a  fox\n\u3000"), project=" P ", shot="\tS"))
    assert (checked.recipe.prompt, checked.project, checked.shot) == ("a  fox", "P", "S")


@pytest.mark.parametrize("prompt", ["", " ", "\n\t\u3000\u00a0"])
def test_an_empty_prompt(prompt: str) -> None:
    assert refused(Draft(Recipe(prompt))) == "prompt-empty"


@pytest.mark.parametrize("takes", [0, -1, 9])
def test_takes(takes: int) -> None:
    assert refused(Draft(Recipe("x"), takes)) == "takes-out-of-range"


@pytest.mark.parametrize(
    "changes", [{"ratio": "4:3"}, {"duration": 7}, {"resolution": "8k"}, {"model": "another"}, {"duration": 0}]
)
def test_settings_that_do_not_exist(changes: dict[str, object]) -> None:
    assert refused(Draft(replace(Recipe("x"), **changes))) == "setting-unknown"  # type: ignore[arg-type]


USES = [
    (Use.FIRST_FRAME, {1}),
    (Use.FIRST_LAST, {2}),
    (Use.REFERENCES, set(range(1, 10))),
]


@pytest.mark.parametrize(("use", "right"), USES)
@pytest.mark.parametrize("number", range(1, 11))
def test_how_many_images_a_use_takes(use: Use, right: set[int], number: int) -> None:
    draft = Draft(Recipe("x", images(number), use))
    if number in right:
        assert check(draft) == draft
    else:
        assert refused(draft) == ("images-too-many" if number > 9 else "images-for-use")


def test_the_natural_use_of_images() -> None:
    assert [natural_use(number) for number in range(4)] == [
        Use.FIRST_FRAME,
        Use.FIRST_FRAME,
        Use.FIRST_LAST,
        Use.REFERENCES,
    ]


def test_a_draft_survives_json_and_later_versions_fields() -> None:
    draft = Draft(Recipe("雨", images(2), Use.FIRST_LAST, "1:1", 10, "480p"), 3, "P", "S")
    read = json.loads(json.dumps(draft.to_dict()))
    assert Draft.from_dict(read) == draft
    read["recipe"]["camera"] = "dolly"
    read["recipe"]["references"][0]["colour"] = "red"
    assert Draft.from_dict(read) == draft


def test_a_file_for_clients_names_images_and_never_their_links() -> None:
    recipe = Recipe("x", (Reference("Mara", "abc", ".png", "https://secret.example/?sig=1"),))
    assert "secret" not in json.dumps(recipe.to_public_dict())


COUNTS = [
    ("", (0, 0, 0)),
    ("a fox in the snow", (13, 0, 5)),
    ("don't re-shoot it", (15, 0, 3)),
    ("雨夜 street 霓虹", (10, 4, 1)),
    ("图片1 走", (4, 3, 1)),
    ("Привет, мир", (10, 0, 2)),
    ("!!! ---", (6, 0, 0)),
]


@pytest.mark.parametrize(("prompt", "counted"), COUNTS)
def test_counting(prompt: str, counted: tuple[int, int, int]) -> None:
    got = count(prompt)
    assert (got.characters, got.han, got.words) == counted


@pytest.mark.parametrize(
    ("width", "height", "ratio", "part"),
    [
        (1920, 1080, "16:9", (0.0, 0.0, 1.0, 1.0)),
        (1000, 1000, "16:9", (0.0, 0.21875, 1.0, 0.5625)),
        (1000, 1000, "9:16", (0.21875, 0.0, 0.5625, 1.0)),
        (2000, 1000, "1:1", (0.25, 0.0, 0.5, 1.0)),
    ],
)
def test_what_upstream_keeps(width: int, height: int, ratio: str, part: tuple[float, ...]) -> None:
    assert catalogue.kept(width, height, ratio) == pytest.approx(part)


def test_every_size_is_in_the_catalogue() -> None:
    pairs = {(resolution, ratio) for resolution in catalogue.RESOLUTIONS for ratio in catalogue.RATIOS}
    assert set(catalogue.SIZES) == pairs
    for (_, ratio), (width, height) in catalogue.SIZES.items():
        assert width / height == pytest.approx(catalogue.shape(ratio), rel=0.03)


# Clips


@given(st.integers(1, (1 << 40) - 1))
def test_a_clips_name_is_its_id(number: int) -> None:
    name = id_to_name(number)
    assert len(name) == 8
    assert name_to_id(f" {name.upper()} ") == number


@pytest.mark.parametrize("name", ["", "short", "toolong12", "iiiiiiii", "0000000é", "../../.."])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ValueError):
        name_to_id(name)


def test_new_ids_are_names_too() -> None:
    assert all(name_to_id(id_to_name(one)) == one != 0 for one in (new_id() for _ in range(200)))


def test_stages() -> None:
    assert {stage for stage in Stage if stage.in_flight} == {Stage.SENDING, Stage.WAITING}
    settled = {Stage.READY, Stage.FAILED, Stage.CANCELLED, Stage.UNSURE}
    assert {stage for stage in Stage if stage.settled} == settled


# Money


def test_money_adds_up_in_one_currency() -> None:
    assert Money(28) * 3 + Money(16) == Money(100)
    with pytest.raises(ValueError):
        Money(1) + Money(1, "EUR")


@pytest.mark.parametrize(
    ("spent", "committed", "asked", "budget", "allowed"),
    [(0, 0, 28, 0, True), (0, 0, 28, 28, True), (0, 0, 28, 27, False), (28, 28, 28, 84, True), (28, 29, 28, 84, False)],
)
def test_a_budget(spent: int, committed: int, asked: int, budget: int, allowed: bool) -> None:
    if allowed:
        check_budget(Spend(spent, committed), Money(asked), budget)
    else:
        with pytest.raises(OverBudget):
            check_budget(Spend(spent, committed), Money(asked), budget)


def test_a_price_of_ones_own() -> None:
    model = catalogue.SEEDANCE_2.id
    assert Preferences().price(model) == Money(28)
    assert Preferences(prices={model: 31}).price(model) == Money(31)
    assert Preferences(prices={model: 0}).price(model) == Money(0)


# Names of files

NASTY = st.text(max_size=300) | st.sampled_from(["CON", "nul.txt", "../..", "a/b\\c", "...", " ", "\0", "x" * 500])


@given(NASTY, NASTY, NASTY, st.sampled_from([naming.DEFAULT_TEMPLATE, "{prompt}", "{id}", "", "{take}/{shot}", "con"]))
def test_any_words_make_a_name_that_every_system_takes(project: str, shot: str, prompt: str, template: str) -> None:
    whole = [text.encode(errors="replace").decode() for text in (project, shot, prompt)]
    stem = naming.file_stem(template, naming.NameParts(0, whole[0], whole[1], whole[2], 2, "abcd1234"))
    assert "abcd1234" in stem
    assert not set(stem) & set('<>:"/\\|?*\0\n\r\t')
    assert stem == stem.strip(" .")
    assert len(stem.encode()) <= 200
    assert stem.split(".")[0].lower() not in ("con", "nul", "aux", "prn", "com1", "lpt1")


def test_a_name_holds_what_the_template_says() -> None:
    made = int(time.mktime((2026, 5, 7, 12, 0, 0, 0, 0, -1)) * 1000)
    parts = naming.NameParts(made, "Film", "12A", "one two three four five six seven", 1, "abcd1234")
    name = naming.file_stem(naming.DEFAULT_TEMPLATE, parts)
    assert name == "2026-05-07 Film 12A one two three four five six abcd1234"
    with pytest.raises(BadRecipe):
        naming.check_template("{nonsense}")


# Addresses

ORIGINS = [
    ("https://Gateway.Example/v1", "https://gateway.example"),
    ("https://gateway.example:443", "https://gateway.example"),
    ("http://127.0.0.1:8080/x?y", "http://127.0.0.1:8080"),
    ("http://[::1]:80/", "http://[::1]"),
    (" https://a.b ", "https://a.b"),
]


@pytest.mark.parametrize(("url", "own"), ORIGINS)
def test_origins(url: str, own: str) -> None:
    assert origin(url) == own


NO_ORIGINS = ["", "gateway.example", "ftp://a", "https://", "file:///x", "https://a:99999", "https://a b", "http://[x"]


@pytest.mark.parametrize("url", NO_ORIGINS)
def test_what_has_no_origin(url: str) -> None:
    with pytest.raises(ValueError):
        origin(url)


def test_addresses_that_may_be_used() -> None:
    assert check_address(" https://gateway.example/api/ ") == "https://gateway.example/api"
    assert check_address("http://localhost:1") == "http://localhost:1"
    assert check_address("http://10.0.0.1", ("http://10.0.0.1",)) == "http://10.0.0.1"
    assert is_loopback("http://127.9.9.9")
    assert not is_loopback("http://127.0.0.1.evil.example")
    assert host("https://a.b:1/c") == "a.b:1"


BAD_ADDRESSES = [
    ("http://10.0.0.1", "address-insecure"),
    ("http://10.0.0.1:81", "address-insecure"),
    ("http://localhost.evil.example", "address-insecure"),
    ("gateway", "address-malformed"),
    ("https://user:pass@a.b", "address-malformed"),
    ("https://a.b?x=1", "address-malformed"),
    ("https://a.b#x", "address-malformed"),
]


@pytest.mark.parametrize(("address", "code"), BAD_ADDRESSES)
def test_addresses_that_may_not(address: str, code: str) -> None:
    with pytest.raises(GatewayProblem) as raised:
        check_address(address, ("http://10.0.0.2",))
    assert raised.value.reason.code == code


SECURE = "https://gateway.example"


@pytest.mark.parametrize(
    ("link", "gateway", "fetched"),
    [
        ("https://clips.example/a.mp4?s=1#x", SECURE, "https://clips.example/a.mp4?s=1"),
        ("/v1/videos/1/content", SECURE + "/api", SECURE + "/v1/videos/1/content"),
        ("http://127.0.0.1:5/a", SECURE, "http://127.0.0.1:5/a"),
        ("http://clips.example/a", "http://10.0.0.1", "http://clips.example/a"),
    ],
)
def test_links_that_may_be_fetched(link: str, gateway: str, fetched: str) -> None:
    assert check_link(link, gateway) == fetched


@pytest.mark.parametrize("link", ["http://clips.example/a", "//clips.example/a", "file:///etc/passwd", "", "a.mp4"])
def test_links_that_may_not(link: str) -> None:
    with pytest.raises(GatewayProblem):
        check_link(link, SECURE)


# The rest


def test_reasons_survive_json() -> None:
    reason = Reason.of("refused", message="不", status=400)
    assert Reason.from_json(reason.to_json()) == reason
    assert Reason.from_json("") is Reason.from_json(None) is None
    assert (reason.fact("status"), reason.fact("nothing", 5)) == (400, 5)
    assert Problem("x", a=1).reason == Reason.of("x", a=1)


def test_what_an_os_error_means() -> None:
    import errno

    codes = {
        errno.ENOSPC: "disk-full",
        errno.EROFS: "disk-read-only",
        errno.ENOENT: "disk-gone",
        errno.EBUSY: "disk-error",
    }
    for number, code in codes.items():
        assert DiskProblem.of(OSError(number, "x"), "/lib").reason.code == code
    assert DiskProblem.of(OSError("no number"), "/lib").reason.code == "disk-error"


def test_troubles_are_shown_worst_first() -> None:
    troubles = [Trouble(halt, Reason.of("x")) for halt in (Halt.OFFLINE, Halt.NO_KEY, Halt.FOLDER_GONE)]
    assert [one.halt for one in worst_first(troubles)] == [Halt.FOLDER_GONE, Halt.NO_KEY, Halt.OFFLINE]
    assert Halt.OFFLINE not in STOPS_SENDING


@pytest.mark.parametrize(
    ("frame", "fps", "text"),
    [
        (0, 24, "00:00:00:00"),
        (61, 24, "00:00:02:13"),
        (86_400, 24, "01:00:00:00"),
        (30, 29.97, "00:00:01:00"),
        (5, 0, "00:00:05:00"),
    ],
)
def test_timecode(frame: int, fps: float, text: str) -> None:
    assert timecode(frame, fps) == text


def test_a_timeline_finds_frames_and_their_middles() -> None:
    line = Timeline((0, 41_667, 83_333, 125_000), 24.0)
    assert [line.frame_at(time) for time in (-5, 0, 41_666, 41_667, 10**9)] == [0, 0, 0, 1, 3]
    assert all(line.frame_at(line.middle(number)) == number for number in range(4))
    assert Frame(0, 0, 2, 2, (b"abcd", b"e", b"f"), (2, 1, 1)).size == 6
