"""The main job on the command line: what is asked, sent, charged, kept and said, and that it survives every end."""

from __future__ import annotations

import base64
import io
import json
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from PIL import Image

from seedance_desktop.system import folders
from tests.faults.gateway import FaultGateway
from tests.faults.script import Fault, answer, page

from .conftest import Start
from .program import Program

PROMPT = "雨夜: a paper boat under neon, slow dolly in"
EVERY_LINE = {"clip", "stage", "task", "file", "reason", "charged"}
LISTED = EVERY_LINE | {"prompt", "ratio", "duration", "resolution", "price", "made", "project", "shot"}
POLL_AT_LEAST = 2.9


def frames_in(file: str) -> int:
    """How many pictures a file really shows."""
    with av.open(file) as film:
        return sum(1 for _ in film.decode(video=0))


def everything_under(folder: Path) -> bytes:
    """Every byte that is kept below a folder."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def listed(start: Start, *arguments: str) -> list[dict[str, Any]]:
    run = start("list", "--json", *arguments)
    assert run.end() == 0
    return run.lines


def test_the_main_job(far: FaultGateway, start: Start, photo: Path, home: Path, library: Path) -> None:
    far.words = ("processing", "completed")
    order = ["--image", str(photo), "--ratio", "9:16", "--duration", "10", "--resolution", "720p", "--takes", "2"]
    run = start("generate", PROMPT, *order, "--json", "--gateway", far.address, SEEDANCE_API_KEY=far.key)
    assert run.end() == 0

    assert len(far.posts) == len(far.charges) == 2
    for task in far.charges:
        image = task.body["content"][1]["image_url"].pop("url")
        assert task.body == {
            "model": "doubao/doubao-seedance-2-0-260128",
            "content": [{"type": "text", "text": PROMPT}, {"type": "image_url", "image_url": {}}],
            "ratio": "9:16",
            "duration": 10,
            "resolution": "720p",
        }
        head, _, data = image.partition(",")
        assert head == "data:image/jpeg;base64"
        with Image.open(io.BytesIO(base64.b64decode(data))) as sent, Image.open(photo) as mine:
            assert sent.size == mine.size
        gaps = [after - before for before, after in pairwise(task.polls)]
        assert len(gaps) == 1
        assert gaps[0] >= POLL_AT_LEAST
        assert task.polls[0] - float(far.posts[0].headers["x-time"]) >= POLL_AT_LEAST

    check_lines(run)
    files = {line["file"] for line in run.lines if line["stage"] == "ready"}
    assert len(files) == 2
    for file in files:
        assert Path(file).is_relative_to(library / "clips")
        assert frames_in(file) > 10
        assert PROMPT.encode() in Path(file).read_bytes()

    assert far.keys["gateway"] == {f"Bearer {far.key}"}
    assert far.keys["clips"] == {""}
    assert far.key.encode() not in everything_under(home.parent)
    assert b"secret-signature" not in everything_under(folders.places().logs)


def check_lines(run: Program) -> None:
    """The JSON lines of two takes: whole objects, each stage once and in order."""
    assert all(set(line) == EVERY_LINE for line in run.lines)
    clips = {line["clip"] for line in run.lines}
    assert len(clips) == 2
    for clip in clips:
        mine = [line for line in run.lines if line["clip"] == clip]
        assert [line["stage"] for line in mine] == ["planned", "sending", "waiting", "fetching", "ready"]
        assert [line["charged"] for line in mine] == ["no", "unsure", "yes", "yes", "yes"]
        assert [bool(line["task"]) for line in mine] == [False, False, True, True, True]
        assert [bool(line["file"]) for line in mine] == [False] * 4 + [True]
        assert all(line["reason"] is None for line in mine)


def test_no_wait_ends_when_accepted_then_list_show_and_resume(far: FaultGateway, command: Start, start: Start) -> None:
    far.words = ("completed",)
    run = command(
        "generate", PROMPT, "--no-wait", "--json", "--project", "Boats", "--shot", "S1", "--resolution", "480p"
    )
    assert run.end() == 0
    clip = run.lines[-1]["clip"]
    assert run.stages() == ["planned", "sending", "waiting"]

    found = listed(start)[0]
    assert set(found) == LISTED
    assert found | {"clip": clip, "stage": "waiting", "charged": "yes", "price": 0.28, "prompt": PROMPT} == found
    assert found | {"project": "Boats", "shot": "S1", "resolution": "480p", "ratio": "16:9", "duration": 5} == found
    assert listed(start, "--stage", "ready") == [] == listed(start, "--search", "elephant")
    shown = start("show", clip)
    assert shown.end() == 0
    assert PROMPT in shown.out
    assert "Queued" in shown.out
    assert "charged $0.28" in shown.out

    resumed = command("resume", "--json")
    assert resumed.end() == 0
    assert resumed.lines[-1] | {"clip": clip, "stage": "ready", "charged": "yes"} == resumed.lines[-1]
    assert len(far.posts) == 1
    as_json = start("show", clip.upper(), "--json")
    assert as_json.end() == 0
    assert as_json.lines == listed(start, "--search", "雨夜")
    nothing = command("resume", "--json")
    assert (nothing.end(), nothing.out) == (0, "")
    assert "Nothing is unfinished" in nothing.err


def test_a_failed_clip_is_1_and_retry_fetches_it_without_a_charge(far: FaultGateway, command: Start) -> None:
    far.words = ("failed",)
    run = command("generate", PROMPT, "--json")
    assert run.end() == 1
    last = run.lines[-1]
    assert last | {"stage": "failed", "charged": "yes", "file": None} == last
    assert last["reason"] == "The gateway could not make this clip: The renderer gave up"
    far.charges[0].words.append("completed")
    far.charges[0].words.popleft()
    again = command("retry", last["clip"], "--json")
    assert again.end() == 0
    assert frames_in(again.lines[-1]["file"]) > 10
    assert len(far.posts) == 1


def test_an_unsure_clip_is_3_and_can_be_adopted_or_dismissed(far: FaultGateway, command: Start) -> None:
    far.words = ("completed",)
    far.next("submits", Fault(cut_answer=0), Fault(reply=answer({}, 502)))
    run = command("generate", PROMPT, "--takes", "2", "--json")
    assert run.end() == 3
    unsure = {line["clip"]: line for line in run.lines}
    assert [(line["stage"], line["charged"]) for line in unsure.values()] == [("unsure", "unsure")] * 2
    assert all("Look in your account" in line["reason"] for line in unsure.values())
    assert len(far.posts) == 2, "what may have been charged is never sent again by the program"

    first, second = unsure
    again = command("resume", "--json")
    assert (again.end(), len(far.posts)) == (0, 2)
    adopted = command("adopt", first, far.charges[0].id, "--json")
    assert adopted.end() == 0
    assert adopted.stages() == ["waiting", "fetching", "ready"]
    dismissed = command("dismiss", second, "--json")
    assert dismissed.end() == 0
    assert dismissed.lines[-1] | {"stage": "cancelled", "charged": "unsure"} == dismissed.lines[-1]
    assert len(far.posts) == 2

    twice = command("dismiss", second)
    assert twice.end() == 4
    assert "cannot be done" in twice.err
    strange = command("adopt", "zzzzzzzz", "task_1")
    assert strange.end() == 4
    assert "no clip" in strange.err


def test_ctrl_c_is_5_and_resume_carries_on(far: FaultGateway, command: Start) -> None:
    far.words = ("processing",)
    run = command("generate", PROMPT, "--json")
    run.until(lambda: "waiting" in run.stages())
    run.signal(signal.SIGINT)
    assert run.end() == 5
    assert "resume" in run.err
    far.charges[0].words.append("completed")
    again = command("resume", "--json")
    assert again.end() == 0
    assert again.stages() == ["waiting", "fetching", "ready"]
    assert len(far.posts) == len(far.charges) == 1


def test_sigterm_waits_for_the_answer_to_what_is_out(far: FaultGateway, command: Start) -> None:
    answered = threading.Event()
    far.next("submits", Fault(until=answered))
    run = command("generate", PROMPT, "--json")
    run.until(lambda: far.posts)
    run.signal(signal.SIGTERM)
    run.until(lambda: "Waiting up to 20 s" in run.err)
    answered.set()
    assert run.end() == 5
    assert run.lines[-1] | {"stage": "waiting", "charged": "yes", "task": "task_1"} == run.lines[-1]


def test_a_key_refused_on_the_way_is_5_and_the_clip_is_kept(far: FaultGateway, command: Start) -> None:
    far.words = ("completed",)
    run = command("generate", PROMPT, "--json")
    run.until(lambda: far.charges)
    far.key = "sk-hub-another"
    assert run.end() == 5
    assert "does not accept the key" in run.err
    assert run.lines[-1] | {"stage": "waiting", "charged": "yes"} == run.lines[-1]
    again = command("resume", "--json")
    assert again.end() == 0
    assert len(far.posts) == 1


def test_killed_while_two_render_and_one_downloads_all_three_arrive(far: FaultGateway, command: Start) -> None:
    far.words = ("processing",)
    never = threading.Event()
    far.next("downloads", Fault(until=never))
    run = command("generate", PROMPT, "--takes", "3", "--json")
    run.until(lambda: len(far.charges) == 3)
    far.charges[0].words.append("completed")
    far.charges[0].words.popleft()
    run.until(lambda: far.lines["clips"] and run.stages()[-1] == "fetching" and far.charges[2].polls)
    run.kill()
    never.set()
    for task in far.charges:
        task.words.append("completed")
    again = command("resume", "--json")
    assert again.end() == 0
    ready = [line for line in again.lines if line["stage"] == "ready"]
    assert len(ready) == 3
    assert all(frames_in(line["file"]) > 10 for line in ready)
    assert len(far.posts) == len(far.charges) == 3


def test_no_balance_is_5_costs_nothing_and_resume_carries_on(far: FaultGateway, command: Start) -> None:
    far.words = ("completed",)
    far.balance = False
    run = command("generate", PROMPT, "--takes", "5", "--json")
    assert run.end() == 5
    assert "no balance left: add credit there" in run.err
    last = {line["clip"]: line for line in run.lines}
    assert [line["charged"] for line in last.values()] == ["no"] * 5
    assert len(far.posts) <= 3, "what is not out yet when the first is refused stays here"
    far.balance = True
    again = command("resume", "--json")
    assert again.end() == 0
    assert again.stages().count("ready") == len(far.charges) == 5


# Refused before anything was sent


@pytest.fixture(scope="module", autouse=True)
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A run against an address where nobody listens: it asks for 15 s, so it begins with the first test."""
    with socket.socket() as bound:  # bound and not listening: nobody else can have the port, and nobody answers
        bound.bind(("127.0.0.1", 0))
        home = tmp_path_factory.mktemp("nobody")
        env = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
        address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        run = Program(["generate", PROMPT, "--gateway", address], {**env, "SEEDANCE_API_KEY": "sk-hub-for-nobody"})
        yield run
        run.clean()


def test_nothing_listening_is_4(nobody: Program, far: FaultGateway) -> None:
    refused(nobody, far, "cannot be reached: check the address and the connection.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([""], "The prompt is empty: describe the shot first."),
        (["  \n "], "The prompt is empty: describe the shot first."),
        (["A boat", "--image", "missing.jpg"], "missing.jpg is not there any more: choose the image again."),
        (["A boat", "--image", "broken.jpg"], "broken.jpg is damaged or cut short"),
        (["A boat", "--image", "text.png"], "text.png is not an image that can be read"),
        (["A boat", "--use", "first-last", "--image", "photo.jpg"], "1 images do not fit this use"),
    ],
)
def test_what_is_wrong_with_the_recipe_is_4(
    far: FaultGateway, command: Start, photo: Path, arguments: list[str], said: str
) -> None:
    (photo.parent / "broken.jpg").write_bytes(photo.read_bytes()[:2000])
    (photo.parent / "text.png").write_text("no picture at all")
    here = [str(photo.parent / one) if one.endswith((".jpg", ".png")) else one for one in arguments]
    refused(command("generate", *here, "--json"), far, said)


def refused(run: Program, far: FaultGateway, said: str) -> None:
    """Exit code 4, one clear sentence, and nothing was sent."""
    assert run.end() == 4, run.tell()
    assert said in run.err
    assert len(run.err.strip().splitlines()) == 1
    assert run.out == ""
    assert far.posts == []


def test_without_a_key_it_is_4(far: FaultGateway, start: Start) -> None:
    refused(start("generate", PROMPT, "--gateway", far.address, "--key-store", "session"), far, "There is no key for")
    refused(start("generate", PROMPT, "--gateway", far.address), far, "There is no key for")


def test_a_refused_key_is_4(far: FaultGateway, command: Start) -> None:
    refused(command("generate", PROMPT, key="sk-hub-of-another"), far, "does not accept the key")
    malformed = command("generate", PROMPT, key="two words")
    refused(malformed, far, "This is not an API key")


def test_a_page_that_is_no_gateway_is_4(far: FaultGateway, command: Start) -> None:
    far.next("polls", Fault(reply=page()), Fault(reply=page()))
    refused(command("generate", PROMPT), far, "answers, but not as a gateway: check the address.")


@pytest.mark.parametrize(
    ("address", "said"),
    [("http://example.org", "is not encrypted"), ("gateway", "is not a web address"), ("ftp://x.org", "not a web")],
)
def test_an_address_that_may_not_be_used_is_4(far: FaultGateway, start: Start, address: str, said: str) -> None:
    refused(start("generate", PROMPT, "--gateway", address, SEEDANCE_API_KEY=far.key), far, said)


def test_a_folder_that_cannot_be_written_is_4(far: FaultGateway, command: Start, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    run = command("generate", PROMPT, "--library", str(tmp_path / "file" / "library"))
    refused(run, far, "cannot be written: choose another or change its rights.")


def test_a_library_in_use_is_4_and_still_can_be_read(far: FaultGateway, command: Start, start: Start) -> None:
    far.words = ("processing",)
    first = command("generate", PROMPT, "--json")
    first.until(lambda: "waiting" in first.stages())
    second = command("generate", PROMPT)
    assert second.end() == 4
    assert f"in use by another Seedance (command, process {first.process.pid})" in second.err
    assert [clip["stage"] for clip in listed(start)] == ["waiting"]
    assert len(far.posts) == 1
    first.signal(signal.SIGTERM)
    assert first.end() == 5


# Wrong use


@pytest.mark.parametrize(
    "arguments",
    [["generate"], ["generate", "x", "--duration", "7"], ["generate", "x", "--takes", "9"], ["fly"], ["key", "print"]],
)
def test_wrong_use_is_2(start: Start, arguments: list[str]) -> None:
    run = start(*arguments)
    assert run.end() == 2
    assert "usage: seedance-desktop" in run.err


def test_version_and_help_tell_what_is_there(start: Start) -> None:
    from seedance_desktop import __version__

    version, help_, generate = start("--version"), start("--help"), start("generate", "--help")
    assert (version.end(), version.out.strip()) == (0, __version__)
    assert help_.end() == generate.end() == 0
    there = ["generate", "list", "resume", "retry", "dismiss", "show", "adopt", "key", "demo-gateway", "self-test"]
    assert all(f"  {name} " in help_.out for name in there)
    flags = ["--image", "--use", "--ratio", "--duration", "--resolution", "--takes", "--project", "--shot", "--no-wait"]
    everywhere = ["--json", "--demo", "--library", "--gateway", "--key-store"]
    assert all(flag in generate.out for flag in flags + everywhere)


# Keys


@pytest.mark.skipif(sys.platform != "linux", reason="a private D-Bus with a keyring of its own")
def test_a_key_from_standard_input_is_kept_in_the_keyring(
    far: FaultGateway, start: Start, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    far.words = ("completed",)
    program = '"$0" -m seedance_desktop'
    steps = f"""{program} key set && {program} key check </dev/null &&
        {program} generate "A boat" --no-wait --json </dev/null &&
        {program} key remove </dev/null && {program} key check </dev/null"""
    daemon = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1"
    wrap = ("dbus-run-session", "--", "sh", "-c", f"{daemon}; {steps}")
    run = start("unused", said=f"{far.key}\n", wrap=wrap, SEEDANCE_GATEWAY=far.address)
    assert run.end() == 4, run.tell()
    said = [line for line in run.err.splitlines() if "key" in line]
    assert said[0].startswith("The key for 127.0.0.1")
    assert said[0].endswith("is kept in the system's keyring.")
    assert len([line for line in said if line.endswith("accepts the key.")]) == 2
    assert said[-1].startswith("There is no key for 127.0.0.1")
    assert len(far.charges) == 1
    assert json.loads(run.out.splitlines()[-1])["stage"] == "waiting"
    assert far.key.encode() not in everything_under(home)


def test_a_key_is_not_kept_where_no_keyring_answers_or_where_it_is_refused(far: FaultGateway, start: Start) -> None:
    refused_key = start("key", "set", "--gateway", far.address, said="sk-hub-wrong-one\n")
    assert refused_key.end() == 4
    assert "does not accept the key" in refused_key.err
    nowhere = start("key", "set", "--gateway", far.address, said=f"{far.key}\n")
    assert nowhere.end() == 4
    assert "No system keyring answers" in nowhere.err
    nothing = start("key", "set", "--gateway", far.address, said="\n")
    assert nothing.end() == 4
    assert "This is not an API key" in nothing.err
