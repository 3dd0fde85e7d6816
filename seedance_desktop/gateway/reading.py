"""Tolerant reading of a gateway's JSON: ids, status words, links and reasons wherever relays put them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Literal
from urllib.parse import urlsplit

Meaning = Literal["queued", "running", "done", "failed", "unknown"]

_WORDS: dict[str, Meaning] = {
    **dict.fromkeys(("pending", "queued", "submitted", "preparing", "created"), "queued"),
    **dict.fromkeys(("processing", "running", "in_progress", "generating"), "running"),
    **dict.fromkeys(("completed", "succeeded", "success", "done", "finished"), "done"),
    **dict.fromkeys(
        ("failed", "failure", "error", "rejected", "cancelled", "canceled", "expired", "timeout"),
        "failed",
    ),
}
_MOST_LAYERS = 6
_MOST_TEXT = 400
_MOST_ID = 2000
_LINK_PATHS = (
    ("video_url",),
    ("content", "video_url"),
    ("data", "video_url"),
    ("output", "video_url"),
    ("url",),
    ("result_url",),
    ("metadata", "url"),
    ("data", "url"),
)
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif")
_GOOD_CODES = ("", "0", "200", "ok", "success", "none", "null")
_LONE_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def parse(raw: bytes) -> Any:
    """The JSON value in an answer's body; None for anything else (HTML, nothing, broken JSON).

    Halves of surrogate pairs become question marks: no disk takes them.
    """
    try:
        text = raw.decode(json.detect_encoding(raw))
        answer = json.loads(text)
        if _LONE_HALF.search(text):
            answer = json.loads(json.dumps(answer, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError):
        return None
    return answer


def _objects(answer: Any) -> Iterator[Mapping[str, Any]]:
    """The places where facts stand: the answer itself, then its envelope's `data`."""
    for _ in range(_MOST_LAYERS):
        if not isinstance(answer, Mapping):
            return
        yield answer
        answer = answer.get("data")


def task_id(answer: Any) -> str:
    """The task's id as text; empty where there is none, or one so long that it could not be asked for."""
    for place in _objects(answer):
        for name in ("id", "task_id"):
            value = place.get(name)
            is_id = isinstance(value, str | int) and not isinstance(value, bool)
            text = str(value).strip() if is_id else ""
            if 0 < len(text) <= _MOST_ID:
                return text
    return ""


def status(answer: Any) -> tuple[Meaning, str]:
    """What the status word means, and the word itself as it came (empty where there is none).

    Inside an envelope stands the task's word; the envelope's own only says how the request went.
    """
    places = list(_objects(answer))
    for place in (*places[1:], *places[:1]):
        for name in ("status", "task_status", "state"):
            value = place.get(name)
            if isinstance(value, str) and value.strip():
                word = value.strip()
                return _WORDS.get(word.lower().replace("-", "_").replace(" ", "_"), "unknown"), word[:60]
    return "unknown", ""


def video_link(answer: Any) -> str:
    """The clip's address; never an echoed input image. Empty where there is none."""
    for place in _objects(answer):
        for path in _LINK_PATHS:
            link = _link(_walk(place, path))
            if link:
                return link
        content = place.get("content")
        for item in content if isinstance(content, list) else ():
            link = _link(item.get("video_url")) if isinstance(item, Mapping) else ""
            if link:
                return link
    return ""


def _walk(place: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = place
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _link(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("url")
    link = value.strip() if isinstance(value, str) else ""
    return "" if link.lower().startswith("data:") or _is_picture(link) else link


def _is_picture(link: str) -> bool:
    try:
        return PurePosixPath(urlsplit(link).path).suffix.lower() in _PICTURES
    except ValueError:
        return False


def error_codes(answer: Any) -> Iterator[str]:
    """Every error code, as text: `error.code`, `error.type`, `code`, `err_code`; no codes of success."""
    for place in _objects(answer):
        error = place.get("error")
        values = [error.get("code"), error.get("type")] if isinstance(error, Mapping) else []
        for value in (*values, place.get("code"), place.get("err_code")):
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).lower() not in _GOOD_CODES:
                yield str(value)[:80]


def error_code(answer: Any) -> str:
    """The first error code found; empty where there is none."""
    return next(error_codes(answer), "")


def message(answer: Any, layers: int = 2 * _MOST_LAYERS) -> str:
    """The far end's reason in its own words, dug out of layers of objects, lists and JSON in strings."""
    if layers <= 0 or answer is None or isinstance(answer, bool):
        return ""
    if isinstance(answer, str):
        text = answer.strip()
        inner = parse(text.encode()) if text[:1] in ("{", "[") else None
        return message(inner, layers - 1) or _plain(text)
    if isinstance(answer, list):
        return _plain("; ".join(filter(None, (message(one, layers - 1) for one in answer[:5]))))
    if isinstance(answer, Mapping):
        for name in ("error", "message", "msg", "detail", "fail_reason", "reason", "error_message", "data"):
            found = message(answer.get(name), layers - 1)
            if found:
                return found
    return ""


def _plain(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    if re.match(r"<!doctype|<html|<\?xml", text, re.IGNORECASE):
        return ""
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…"
