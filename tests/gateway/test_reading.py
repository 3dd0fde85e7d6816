"""Tolerant reading: every form that GATEWAY.md lists, and bytes that nobody would send on purpose."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_desktop.domain.trouble import Halt
from seedance_desktop.gateway import State, reading
from seedance_desktop.gateway.answers import read_poll, read_submit, says_refunded

LINK = "https://clips.example/a.mp4?sig=1"

IDS: list[tuple[Any, str]] = [
    ({"id": "task_abc123"}, "task_abc123"),
    ({"task_id": "t"}, "t"),
    ({"data": {"id": "t"}}, "t"),
    ({"data": {"task_id": "t"}}, "t"),
    ({"code": 0, "data": {"id": 42}}, "42"),
    ({"id": 123456789012345678901234567890}, "123456789012345678901234567890"),
    ({"id": "a/b c"}, "a/b c"),
    ({"id": " t \n"}, "t"),
    ({"id": "", "task_id": "t"}, "t"),
    ({"id": None, "data": {"task_id": 7}}, "7"),
    ({"id": 0}, "0"),
    ({"id": "t" * 2001}, ""),
    ({"id": 10**2000, "data": {"id": "t"}}, "t"),
    ({"id": True}, ""),
    ({"id": []}, ""),
    ({"data": [{"id": "t"}]}, ""),
    ({}, ""),
    ("t", ""),
    (None, ""),
]


@pytest.mark.parametrize(("answer", "task"), IDS, ids=str)
def test_ids(answer: object, task: str) -> None:
    assert reading.task_id(answer) == task


WORDS: dict[str, str] = {
    "queued": "pending queued submitted preparing created PENDING Queued",
    "running": "processing running in_progress generating IN_PROGRESS in-progress",
    "done": "completed succeeded success done finished SUCCESS Completed",
    "failed": "failed failure error rejected cancelled canceled expired timeout FAILURE",
    "unknown": "warming_up 完成 ? pendingg",
}


@pytest.mark.parametrize(("word", "meaning"), [(word, key) for key, line in WORDS.items() for word in line.split()])
@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"code": 0, "data": x}], ids=["flat", "envelope"])
def test_status_words(wrap: Any, word: str, meaning: str) -> None:
    assert reading.status(wrap({"status": word})) == (meaning, word)


def test_the_envelope_speaks_of_the_request_and_not_of_the_task() -> None:
    answer = {"status": "success", "code": 200, "data": {"id": "t", "status": "processing"}}
    assert reading.status(answer) == ("running", "processing")
    assert reading.status({"status": "completed", "data": {"url": LINK}}) == ("done", "completed")


@pytest.mark.parametrize("answer", [{}, {"status": None}, {"status": 200}, {"status": ""}, [], None, "done"], ids=str)
def test_a_missing_word_is_no_word(answer: object) -> None:
    assert reading.status(answer) == ("unknown", "")


LINKS: list[Any] = [
    {"video_url": LINK},
    {"content": {"video_url": LINK}},
    {"content": [{"type": "video_url", "video_url": {"url": LINK}}]},
    {"content": [{"video_url": LINK}]},
    {"data": {"video_url": LINK}},
    {"output": {"video_url": LINK}},
    {"url": LINK},
    {"result_url": LINK},
    {"metadata": {"url": LINK}},
    {"data": {"url": LINK}},
    {"code": 0, "data": {"content": {"video_url": LINK}}},
    {"video_url": {"url": LINK}},
    {"video_url": "", "url": f" {LINK} "},
    {"video_url": None, "data": {"video_url": LINK}},
    {"url": "data:image/png;base64,AAAA", "metadata": {"url": LINK}},
    {"url": "https://clips.example/first.PNG?x=1", "result_url": LINK},
    {"content": [{"type": "image_url", "image_url": {"url": "https://a/b.jpg"}}, {"video_url": {"url": LINK}}]},
]


@pytest.mark.parametrize("answer", LINKS, ids=str)
def test_links(answer: object) -> None:
    assert reading.video_link(answer) == LINK


NO_LINKS: list[Any] = [
    {},
    {"video_url": None},
    {"video_url": ""},
    {"video_url": 5},
    {"content": [{"type": "image_url", "image_url": {"url": LINK}}, "text", None]},
    {"content": [{"type": "text", "text": LINK}]},
    {"image_url": LINK},
    {"url": "data:image/png;base64,AAAA"},
    {"url": "https://[broken/a.mp4", "x": 1} | {"url": ""},
    [LINK],
    LINK,
]


@pytest.mark.parametrize("answer", NO_LINKS, ids=str)
def test_no_links(answer: object) -> None:
    assert reading.video_link(answer) == ""


MESSAGES: list[tuple[Any, str]] = [
    ({"error": {"message": "no"}}, "no"),
    ({"error": "no"}, "no"),
    ({"error": None, "message": "no"}, "no"),
    ({"code": 5, "message": "no"}, "no"),
    ({"message": json.dumps({"error": {"message": json.dumps({"detail": "deep"})}})}, "deep"),
    ({"detail": "no"}, "no"),
    ({"detail": [{"msg": "field required", "loc": ["a"]}, {"msg": "too long"}]}, "field required; too long"),
    ({"detail": {"reason": "no"}}, "no"),
    ({"data": {"fail_reason": "no"}}, "no"),
    ({"error": {"code": 5}}, ""),
    ({"message": "<!DOCTYPE html><p>x"}, ""),
    ({"message": "{broken"}, "{broken"),
    ({"message": "  a\n b "}, "a b"),
    ({"message": "x" * 1000}, "x" * 399 + "…"),
    ({}, ""),
    (None, ""),
]


@pytest.mark.parametrize(("answer", "text"), MESSAGES, ids=str)
def test_messages(answer: object, text: str) -> None:
    assert reading.message(answer) == text


def test_a_message_at_the_bottom_of_too_many_layers_is_left_there() -> None:
    value: Any = "deep"
    for _ in range(20):
        value = {"error": value}
    assert reading.message(value) == ""


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("task failed, credits refunded", True),
        ("Refunded.", True),
        ("任务失败，已退款", True),
        ("not refunded", False),
        ("this cannot be refunded", False),
        ("see our refund policy", False),
        ("不退款", False),
        ("", False),
    ],
)
def test_refunds(text: str, back: bool) -> None:
    assert says_refunded(text) is back


POLLS: list[tuple[int, Any, State]] = [
    (200, {"status": "pending"}, State.QUEUED),
    (200, {"data": {"status": "IN_PROGRESS"}}, State.RUNNING),
    (200, {"status": "completed", "video_url": LINK}, State.DONE),
    (200, {"status": "completed", "video_url": None}, State.DONE),
    (200, {"status": "cancelled"}, State.FAILED),
    (200, {"status": "failed", "error": None}, State.FAILED),
    (200, {"status": "dreaming"}, State.UNKNOWN),
    (200, {}, State.UNKNOWN),
    (200, "<html>", State.UNKNOWN),
    (200, {"code": 404, "message": "no such task"}, State.NOT_FOUND),
    (200, {"code": 401, "message": "bad key"}, State.HALT),
    (404, {"error": "not found"}, State.NOT_FOUND),
    (401, {}, State.HALT),
    (402, {}, State.HALT),
    (403, {}, State.TROUBLE),
    (400, {}, State.TROUBLE),
    (429, {}, State.TROUBLE),
    (302, {}, State.TROUBLE),
    (500, {}, State.TROUBLE),
    (503, "<html>", State.TROUBLE),
    (524, "", State.TROUBLE),
]


@pytest.mark.parametrize(("status", "value", "state"), POLLS, ids=str)
def test_what_a_poll_sees(status: int, value: object, state: State) -> None:
    raw = value.encode() if isinstance(value, str) else json.dumps(value).encode()
    sight = read_poll(status, {}, raw)
    assert sight.state is state
    if state is State.DONE and isinstance(value, dict) and value.get("video_url"):
        assert sight.link == LINK


def test_a_failure_gives_its_reason_or_says_that_there_is_none() -> None:
    told = read_poll(200, {}, b'{"status": "failed", "error": {"message": "too dark"}}').reason
    assert told is not None
    assert (told.code, told.fact("message")) == ("render-failed", "too dark")
    plain = read_poll(200, {}, b'{"status": "failed"}').reason
    assert plain is not None
    assert plain.code == "render-failed-plain"
    content = read_poll(
        200, {}, b'{"status": "failed", "error": {"code": "OutputVideoSensitiveContentDetected"}}'
    ).reason
    assert content is not None
    assert content.code == "content-refused"


def test_halts_of_a_poll() -> None:
    assert read_poll(401, {}, b"").halt is Halt.KEY_REFUSED
    assert read_poll(402, {}, b"").halt is Halt.NO_BALANCE


def test_depth_is_no_weapon() -> None:
    for raw in (b"[" * 100_000, b'{"data":' * 900 + b"1" + b"}" * 900, b'{"error":' * 900 + b'""' + b"}" * 900):
        read_submit(200, {}, raw)
        read_poll(200, {}, raw)


def test_half_characters_reach_no_disk() -> None:
    raw = b'{"id": "t\\ud800", "status": "\\udfff", "error": {"message": "\\ud83d\\ude00 \\ud800"}}'
    answer = reading.parse(raw)
    assert reading.task_id(answer) == "t?"
    assert reading.message(answer) == "😀 ?"
    assert reading.task_id(reading.parse(raw.decode().encode("utf-16"))) == "t?"
    assert reading.parse('{"id": "t\ud800"}'.encode("utf-16", "surrogatepass")) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(
                ["id", "task_id", "data", "status", "error", "message", "code", "video_url", "content", "url", "detail"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@given(st.integers(100, 599), JSON | st.binary(), st.text(max_size=10))
def test_no_answer_breaks_the_reading(status: int, value: object, wait: str) -> None:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    for read in (read_submit, read_poll):
        seen = read(status, {"retry-after": wait}, raw)
        assert 0 <= seen.retry_after <= 3600
        if seen.reason:
            seen.reason.to_json().encode()
        seen.word.encode()
