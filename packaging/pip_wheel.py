"""Gets pip itself from the package index that pip is set up for, for a Python that came without any pip."""

from __future__ import annotations

import base64
import configparser
import hashlib
import json
import os
import re
import ssl
import sys
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from urllib.response import addinfourl

DEFAULT_INDEX = "https://pypi.org/simple"
_WHEEL = re.compile(r"^pip-(\d+(?:\.\d+)*)-py3-none-any\.whl$")
_JSON = "application/vnd.pypi.simple.v1+json"


class NoPip(Exception):
    """No index in reach has a wheel of pip; the words say what each of them answered."""


def fetch(folder: Path) -> Path:
    """Download the newest pip wheel into `folder` and return its path.

    Raises:
        NoPip: no configured index gave one.
    """
    settings = pip_settings(os.environ)
    answers = []
    for index in indexes(settings):
        try:
            url, digest = newest(index, settings)
            return _download(url, digest, folder, settings)
        except (OSError, ValueError) as error:
            answers.append(f"{_without_secret(index)}: {error}")
    raise NoPip("; ".join(answers))


def pip_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """What pip would read: `index-url`, `cert` and the like, environment before files, later files first."""
    settings: dict[str, str] = {}
    for path in config_files(environment):
        parser = configparser.RawConfigParser()
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, OSError, UnicodeDecodeError):
            continue
        for section in ("global", "install"):
            if parser.has_section(section):
                settings.update(parser.items(section))
    for name, value in environment.items():
        if name.startswith("PIP_") and value:
            settings[name[4:].lower().replace("_", "-")] = value
    return settings


def config_files(environment: Mapping[str, str]) -> Iterator[Path]:
    """The places where pip looks for its settings, the weakest first."""
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or "~").expanduser()
    if sys.platform == "win32":
        yield Path(environment.get("PROGRAMDATA", "C:/ProgramData")) / "pip/pip.ini"
        yield home / "pip/pip.ini"
        yield Path(environment.get("APPDATA", home / "AppData/Roaming")) / "pip/pip.ini"
    else:
        if sys.platform == "darwin":
            yield Path("/Library/Application Support/pip/pip.conf")
            yield home / "Library/Application Support/pip/pip.conf"
        yield Path("/etc/xdg/pip/pip.conf")
        yield Path("/etc/pip.conf")
        yield home / ".pip/pip.conf"
        yield Path(environment.get("XDG_CONFIG_HOME") or home / ".config") / "pip/pip.conf"
    if environment.get("PIP_CONFIG_FILE"):
        yield Path(environment["PIP_CONFIG_FILE"])


def indexes(settings: Mapping[str, str]) -> list[str]:
    """The index, then the extra ones."""
    return [settings.get("index-url", DEFAULT_INDEX), *settings.get("extra-index-url", "").split()]


def newest(index: str, settings: Mapping[str, str]) -> tuple[str, str]:
    """The address and the sha256 (or "") of an index's newest pip wheel.

    Raises:
        ValueError: it has none.
    """
    page = index.rstrip("/") + "/pip/"
    with _open(page, settings, accept=f"{_JSON}, text/html;q=0.5") as answer:
        body = answer.read()
        kind = answer.headers.get("Content-Type", "")
        base = answer.geturl() or page
    found = _from_json(body) if "json" in kind else _from_html(body.decode("utf-8", "replace"))
    wheels = {}
    for name, href, digest in found:
        match = _WHEEL.match(name)
        if match:
            wheels[tuple(int(part) for part in match[1].split("."))] = (urljoin(base, href), digest)
    if not wheels:
        raise ValueError("no wheel of pip there")
    return wheels[max(wheels)]


def _from_json(body: bytes) -> Iterator[tuple[str, str, str]]:
    for file in json.loads(body).get("files", []):
        if not file.get("yanked"):
            yield file["filename"], file["url"], file.get("hashes", {}).get("sha256", "")


def _from_html(page: str) -> Iterator[tuple[str, str, str]]:
    links: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            named = dict(attrs)
            if tag == "a" and named.get("href") and "data-yanked" not in named:
                links.append(named["href"] or "")

    Links().feed(page)
    for link in links:
        address, fragment = urldefrag(link)
        name = unquote(urlsplit(address).path.rsplit("/", 1)[-1])
        yield name, address, fragment[len("sha256=") :] if fragment.startswith("sha256=") else ""


def _download(url: str, digest: str, folder: Path, settings: Mapping[str, str]) -> Path:
    with _open(url, settings) as answer:
        body: bytes = answer.read()
    if digest and hashlib.sha256(body).hexdigest() != digest:
        raise ValueError("its wheel of pip is damaged (the checksum differs)")
    path = folder / unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    path.write_bytes(body)
    return path


def _open(url: str, settings: Mapping[str, str], accept: str = "*/*") -> addinfourl:
    """Open an address with pip's certificates; a name and password in it go into a header."""
    parts = urlsplit(url)
    headers = {"Accept": accept}
    if parts.username and parts.hostname:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        headers["Authorization"] = "Basic " + base64.b64encode(secret).decode()
        host = parts.hostname + (f":{parts.port}" if parts.port else "")
        url = urlunsplit(parts._replace(netloc=host))
    request = urllib.request.Request(url, headers=headers)
    trust = ssl.create_default_context(cafile=settings.get("cert") or None)
    answer: addinfourl = urllib.request.urlopen(request, timeout=60, context=trust)
    return answer


def _without_secret(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rsplit("@", 1)[-1]))
