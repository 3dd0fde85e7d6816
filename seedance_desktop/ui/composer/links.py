"""Finds the addresses of images in what browsers hand over: HTML, lists of links, plain text."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData, QUrl

from seedance_desktop.ui import drags

_MOST_HTML = 8_000_000  # bytes; a picture that is a `data:` link stands in the HTML whole
_MOST_IMAGES = 20
_MOST_LINKS = 1_000

# Possessive, and an attribute begins where one can begin: no HTML, however broken, costs more than a pass or two.
_IMG = re.compile(r"""<img\b((?:[^>"']|"[^"]*+"|'[^']*+')*+)""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<=[\s"'/])([^\s=>"'/]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_MOZILLA = ("text/x-moz-url", "text/x-moz-url-data")


def found(mime: QMimeData) -> list[str]:
    """Links that may lead to images, best first: pictures in HTML, then plain links, then a text that is one link."""
    # Of a linked picture, the picture's own address is in the HTML, the plain link is the page that it leads to.
    return in_html(mime) or _listed(mime) or _mozilla(mime) or _text(mime)


def in_html(mime: QMimeData) -> list[str]:
    """The addresses of the pictures in its HTML, in order, each once."""
    if not mime.hasHtml():
        return []
    sources = [_source(tag[1]) for tag in _IMG.finditer(_html(mime))]
    return list(dict.fromkeys(filter(None, sources)))[:_MOST_IMAGES]


def is_link(text: str) -> bool:
    """Whether a text is one http(s) address and nothing else."""
    text = text.strip()
    if not text.lower().startswith(("http://", "https://")) or len(text.split()) != 1:
        return False
    address = QUrl(text)
    return address.isValid() and bool(address.host())


def is_data(text: str) -> bool:
    """Whether a text is a picture as a `data:` link."""
    return text[:11].lower() == "data:image/"


def speaks(mime: QMimeData) -> bool:
    """Whether it carries words: a text that is more than an address."""
    text = plain(mime)
    return bool(text) and not is_data(text) and not all(is_link(line) for line in text.split())


def plain(mime: QMimeData) -> str:
    """Its plain text, not the list of its files that Qt gives where there is none."""
    return mime.text().strip() if mime.hasFormat("text/plain") else ""


def _html(mime: QMimeData) -> str:
    """Firefox on Linux writes UTF-16, with or without a mark, under a type that says nothing of it."""
    raw = bytes(mime.data("text/html").data()[:_MOST_HTML])
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    return raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-8", errors="replace")


def _source(attributes: str) -> str:
    import html  # only a drop from a browser needs its two thousand names

    for attribute in _ATTRIBUTE.finditer(attributes):
        if attribute[1].lower() == "src":
            source = html.unescape(attribute[2] or attribute[3] or attribute[4] or "").strip()
            source = f"https:{source}" if source.startswith("//") else source
            return source if is_link(source) or is_data(source) else ""
    return ""


def _listed(mime: QMimeData) -> list[str]:
    urls = mime.urls()[:_MOST_LINKS] if mime.hasUrls() else []
    links = [bytes(url.toEncoded().data()).decode() for url in urls]
    return [link for link in links if is_link(link) or is_data(link)]


def _mozilla(mime: QMimeData) -> list[str]:
    """Firefox's own type for links: the address and its title, a line each, in UTF-16."""
    for kind in _MOZILLA:
        raw = drags.data(mime, kind)
        text = raw.decode("utf-16-le" if raw[1:2] == b"\0" else "utf-8", errors="replace")
        link = text.lstrip("\ufeff").split("\n", 1)[0].strip()
        if is_link(link):
            return [link]
    return []


def _text(mime: QMimeData) -> list[str]:
    text = plain(mime)
    return [text] if is_data(text) or is_link(text) else []
