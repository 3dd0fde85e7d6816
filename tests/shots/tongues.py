"""The languages of the pictures: the product's own, and a made-up long one, in catalogues made for the run.

A made-up text has accents, is half as long again, and ends in brackets, so that a cut end is seen. In catalogues that
are `marked`, every text of the product begins and ends with a mark that has no width: what is drawn without one is
the creator's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from PySide6.QtWidgets import QApplication

from seedance_desktop import words
from seedance_desktop.app import language
from seedance_desktop.domain import resources

MADE_UP = "pseudo"
LANGUAGES = ("en", "zh_CN", MADE_UP)
MARK = "\u2060"  # a word joiner: no width, no break

_LOCALE = {MADE_UP: "en_XA"}
_KEYWORDS: dict[str, tuple[int, ...] | None] = {"tr": None, "ntr": (1, 2), "mark": None}
_SOURCE = Path(words.__file__).parent
_PLACEHOLDER = re.compile(r"(\{[^}]*\})")
_PLAIN = "ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz"
_ACCENTED = "ÅÇÐÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽåçðéĝĥîĵķļñöŕšţûŵýž"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
_VOWELS = "aeiouAEIOU"
_MORE = " öñé ţŵö ţĥŕéé ƒöûŕ ƒîṽé šîẋ šéṽéñ"
_SHORT = 30  # letters, up to which a text grows by the larger share

Text = str | tuple[str, str]


def speak(app: QApplication, choice: str, folder: Path, *, marked: bool = False) -> None:
    """Speak one of `LANGUAGES` from now on; `folder` takes the catalogues that are made."""
    language.speak(app, "en" if choice == MADE_UP else choice)
    if choice == MADE_UP or marked:
        words.speak(_LOCALE.get(choice, choice), _made(choice, folder, marked=marked))


def made_up(text: str) -> str:
    """The text in the made-up language, its placeholders kept; one without letters is the same everywhere."""
    parts = _PLACEHOLDER.split(text)
    letters = sum(character.isalpha() for part in parts[::2] for character in part)
    if not letters:
        return text
    missing = round(letters * (0.6 if letters <= _SHORT else 0.4)) - 2  # the brackets
    for at in range(0, len(parts), 2):
        parts[at], missing = _stretched(parts[at], missing)
    more = (_MORE * (1 + max(0, missing) // len(_MORE)))[: max(0, missing)].rstrip()
    lead, rest = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}[{''.join(parts).strip()}{more}]{rest}"


def _stretched(part: str, missing: int) -> tuple[str, int]:
    """With accents, and vowels drawn out for up to half of what is missing."""
    made = []
    spare = (missing + 1) // 2
    for character in part:
        long = character in _VOWELS and spare > 0
        spare, missing = spare - long, missing - long
        made.append(character + character.lower() * long)
    return "".join(made).translate(_ACCENTS), missing


@cache
def _made(choice: str, folder: Path, *, marked: bool) -> Path:
    """A folder with the catalogue of a language, its texts marked where wanted."""
    known, names = _translated(choice), _names()
    made = Catalog(locale="zh_CN" if choice == "zh_CN" else "en")
    for text in _source():
        forms = known.get(text) or ((text,) if isinstance(text, str) else text)
        change: Callable[[str], str] = made_up if choice == MADE_UP and text not in names else str
        said = [_marked(change(form)) if marked else change(form) for form in forms]
        made.add(text, said[0] if isinstance(text, str) else tuple(said))
    target = folder / ("marked" if marked else "plain")
    file = target / _LOCALE.get(choice, choice) / "LC_MESSAGES" / f"{words.DOMAIN}.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_mo(stream, made)
    return target


def _marked(text: str) -> str:
    return f"{MARK}{text}{MARK}"


@cache
def _source() -> tuple[Text, ...]:
    """Every text that the source marks, plurals as their two forms: what is new in it isn't in the template yet."""
    return tuple(dict.fromkeys(_found()))


def _found() -> Iterator[Text]:
    found = extract_from_dir(_SOURCE, [("**.py", "python")], options_map={"**.py": {}}, keywords=_KEYWORDS)
    for _file, _line, text, _comments, _context in found:
        yield text if isinstance(text, str) else (text[0], text[1])


@cache
def _names() -> frozenset[Text]:
    """What is the same in Chinese is a name, such as `ProRes 422 HQ`: it is the same everywhere."""
    return frozenset(text for text, forms in _translated("zh_CN").items() if forms == (text,))


def _translated(choice: str) -> dict[Text, tuple[str, ...]]:
    """What the product's catalogue of a language says, in all its forms."""
    file = resources.folder() / "translations" / choice / "LC_MESSAGES" / f"{words.DOMAIN}.po"
    if not file.exists():
        return {}
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=choice)
    return {
        message.id if isinstance(message.id, str) else (message.id[0], message.id[1]): forms
        for message in catalogue
        if message.id and all(forms := _forms(message))
    }


def _forms(message: Message) -> tuple[str, ...]:
    """What it says, in every form that the language has."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
