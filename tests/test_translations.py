"""Every text of the source is in every catalogue, complete and compiled; texts are marked so that they can be found."""

from __future__ import annotations

import ast
import io
import string
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from seedance_desktop import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message
    from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parent.parent
HOUSE = sorted((ROOT / "seedance_desktop").rglob("*.py"))
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)
# As `dev.py translations` collects them.
KEYWORDS: dict[str, tuple[int, ...] | None] = {"tr": None, "ntr": (1, 2), "mark": None}
UPDATE = "run `python3 packaging/dev.py translations` and translate what is new"

Ids = str | tuple[str, str]


@cache
def source() -> frozenset[Ids]:
    """Every text that the source marks, as babel finds it; a plural as its two forms."""
    found = extract_from_dir(
        ROOT / "seedance_desktop", [("**.py", "python")], options_map={"**.py": {}}, keywords=KEYWORDS
    )
    return frozenset((one[2][0], one[2][1]) if isinstance(one[2], tuple) else one[2] for one in found)


@cache
def catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "seedance.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def ids(message: Message) -> Ids:
    """Its text, or its two forms."""
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def strings(message: Message) -> tuple[str, ...]:
    """Its translation, in every form that the language has."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def called(node: ast.AST) -> str:
    """`tr` for `tr(…)` and for `words.tr(…)`; empty for what isn't a call, and for another object's method."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        return node.func.attr if isinstance(owner, ast.Name) and owner.id == "words" else ""
    return node.func.id if isinstance(node.func, ast.Name) else ""


@cache
def parsed(path: Path) -> ast.Module:
    """A file of the house, read once for all these tests."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def calls(path: Path) -> tuple[ast.Call, ...]:
    """The calls that name a text."""
    return tuple(node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call) and called(node) in KEYWORDS)


@cache
def marks(folder: Path) -> bool:
    """Whether a file of that folder marks a text."""
    return any(called(call) == "mark" for one in folder.glob("*.py") for call in calls(one))


def literal(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def place(path: Path, node: ast.expr) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"


# The catalogues


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_text_and_no_other(language: str) -> None:
    have = {ids(message) for message in messages(language)}
    assert source() - have == set(), UPDATE
    assert have - source() == set(), f"no longer in the source: {UPDATE}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_for_good(language: str) -> None:
    bare = [message.id for message in messages(language) if not all(strings(message))]
    assert bare == [], "not translated"
    assert [message.id for message in messages(language) if message.fuzzy] == [], "fuzzy: look at it, then take it off"
    assert catalogue(language).obsolete == {}, "obsolete: take it out"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_outer_spaces_are_those_of_the_source(language: str) -> None:
    for message in messages(language):
        first = message.id if isinstance(message.id, str) else message.id[-1]
        for said in strings(message):
            assert fields(said) == fields(first), (first, said)
            assert said[:1].isspace() == first[:1].isspace(), (first, said)
            assert said.endswith("\n") == first.endswith("\n"), (first, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_the_same(language: str) -> None:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "seedance.mo").open("rb") as file:
        compiled = {ids(message): strings(message) for message in read_mo(file) if message.id}
    assert compiled == {ids(message): strings(message) for message in messages(language)}, UPDATE


def test_chinese_is_spoken_in_one_form_whatever_the_count() -> None:
    assert catalogue("zh_CN").num_plurals == 1
    try:
        words.speak("zh_CN", TRANSLATIONS)
        assert words.tr("Generate {n} takes · {price}") == "生成 {n} 条 · {price}"
        assert [words.ntr("{n} clip", "{n} clips", count) for count in (1, 2)] == ["1 个片段", "2 个片段"]
    finally:
        words.speak("en", TRANSLATIONS)
    assert words.ntr("{n} clip", "{n} clips", 2) == "2 clips"


def test_chinese_punctuation_is_full_width() -> None:
    """A half-width mark right behind a Chinese character is a slip of the keyboard."""
    for message in messages("zh_CN"):
        for said in strings(message):
            slips = [two for one, two in pairwise(said) if "一" <= one <= "鿿" and two in ",;:?!()"]
            assert slips == [], said


def test_babel_finds_every_text() -> None:
    """What stands inside an f-string is a text for Python, and none for babel under Python 3.11."""
    known = {text for one in source() for text in ((one,) if isinstance(one, str) else one)}
    for path in HOUSE:
        for call in calls(path):
            for said in filter(None, map(literal, call.args)):
                assert said in known, f"{place(path, call)}: babel doesn't see {said!r}; take it out of the f-string"


def test_qt_speaks_the_same_language(qapp: QApplication) -> None:
    from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

    from seedance_desktop.app import language

    before = QLocale()
    try:
        language.speak(qapp, "zh_CN")
        language.speak(qapp, "zh_CN")  # one translator stands for the one before
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
        assert QLocale().monthName(5, QLocale.FormatType.ShortFormat) == "5月"
        assert words.tr("Quit") == "退出"
    finally:
        language.speak(qapp, "en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    assert words.tr("Quit") == "Quit"
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


# The source


def test_texts_are_literals_or_were_marked() -> None:
    """`tr(f"…")` is never in a catalogue; `tr(name)` is, where its room or `words` has marked what it names."""
    for path in HOUSE:
        if path.name == "words.py":
            continue
        for call in calls(path):
            text = call.args[: 2 if called(call) == "ntr" else 1]
            assert text, place(path, call)
            for said in text:
                if literal(said) is None:
                    assert called(call) == "tr", f"{place(path, call)}: a plural or a marked text has to be a literal"
                    assert _names_only(said), (
                        f"{place(path, call)}: {ast.unparse(said)} is made up here, so no catalogue has it"
                    )
                    assert marks(path.parent) or _from_words(said), f"{place(path, call)}: nothing marks this text"
                    inside = [node for node in ast.walk(said) if literal(node) is not None]
                    assert not inside, f"{place(path, call)}: babel takes {ast.unparse(inside[0])} for a text"


def _names_only(said: ast.expr) -> bool:
    if isinstance(said, ast.IfExp):
        return _names_only(said.body) and _names_only(said.orelse)
    return isinstance(said, ast.Name | ast.Attribute | ast.Subscript)


def _from_words(said: ast.expr) -> bool:
    """Whether it is an entry of one of the tables in words.py."""
    if not isinstance(said, ast.Subscript):
        return False
    table = said.value
    name = table.attr if isinstance(table, ast.Attribute) else getattr(table, "id", "")
    return name.isupper() and hasattr(words, name)


def test_nothing_is_translated_at_import() -> None:
    """The language is chosen later, and again at run time."""
    for path in HOUSE:
        for node in _run_at_import(parsed(path)):
            assert called(node) not in ("tr", "ntr"), (
                f"{path.name}:{node.lineno}: mark it here, tr it where it is shown"
            )


def _run_at_import(node: ast.AST) -> Iterator[Any]:
    """Everything but the bodies of functions; their defaults and decorators run when they are defined."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Lambda):
            yield from _run_at_import(child.args)
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in (child.args, *child.decorator_list):
                yield from _run_at_import(part)
                yield part
        else:
            yield child
            yield from _run_at_import(child)


# That the tests can fail


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("X = tr('a')", True),
        ("class A:\n    X = words.tr('a')", True),
        ("def f(x=tr('a')): ...", True),
        ("X = [lambda: tr('a')]\ndef f():\n    return tr('a')", False),
    ],
)
def test_import_time_is_seen(text: str, early: bool) -> None:
    assert any(called(node) == "tr" for node in _run_at_import(ast.parse(text))) is early


def test_a_compiled_catalogue_can_differ() -> None:
    """`read_mo` really reads: another text is another catalogue."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    made = Catalog(locale="zh_CN")
    made.add("Play", "停")
    file = io.BytesIO()
    write_mo(file, made)
    file.seek(0)
    assert [strings(message) for message in read_mo(file) if message.id] == [("停",)]
