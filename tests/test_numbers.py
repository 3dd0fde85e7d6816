"""Numbers, money, sizes and lengths of time, in words: the same in the window and on the command line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from seedance_desktop import words
from seedance_desktop.domain import resources


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    folder = resources.folder() / "translations"
    words.speak(request.param, folder)
    yield request.param
    words.speak("en", folder)


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [(0, 0, "0"), (1204, 0, "1,204"), (23.976, 2, "23.98"), (1234567.5, 1, "1,234,567.5"), (-1200, 0, "-1,200")],
)
@pytest.mark.usefixtures("language")
def test_a_number(value: float, digits: int, said: str) -> None:
    assert words.number(value, digits) == said


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (28, "USD", "$0.28"),
        (120_400, "USD", "$1,204.00"),
        (5, "CNY", "¥0.05"),
        (123_456_789, "CHF", "CHF 1,234,567.89"),
    ],
)
@pytest.mark.usefixtures("language")
def test_money(minor: int, currency: str, said: str) -> None:
    assert words.money(minor, currency) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (8_200_000, "8.2 MB"),
        (999_949_999, "999.9 MB"),
        (999_950_000, "1.0 GB"),
        (1_400_000_000_000, "1,400.0 GB"),
    ],
)
@pytest.mark.usefixtures("language")
def test_a_size(count: int, said: str) -> None:
    assert words.size(count) == said


@pytest.mark.parametrize(("seconds", "said"), [(-1, "0:00"), (84.9, "1:24"), (3723, "1:02:03")])
@pytest.mark.usefixtures("language")
def test_a_length_of_time(seconds: float, said: str) -> None:
    assert words.clock(seconds) == said


def test_a_plural_counts_as_people_write(language: str) -> None:
    said = [words.ntr("{n} clip", "{n} clips", count) for count in (1, 2, 12_345)]
    expected = {"en": ["1 clip", "2 clips", "12,345 clips"], "zh_CN": ["1 个片段", "2 个片段", "12,345 个片段"]}
    assert said == expected[language]


def test_a_share_is_said_in_the_language(language: str) -> None:
    assert words.tr("{n} %").format(n=62) == {"en": "62 %", "zh_CN": "62%"}[language]


def test_an_amount_in_a_sentence_is_money(language: str) -> None:
    said = words.say("budget-reached", {"spent": 120_400, "budget": 500_000, "currency": "USD"})
    assert "$1,204.00" in said
    assert "$5,000.00" in said
    assert ("budget" in said) is (language == "en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_TW.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "zh_CN:en"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en:zh_CN"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
    ],
)
def test_the_systems_language(environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert words.system_language() == language
