"""Keys in a real keyring on a private bus, in this session's memory, and where there is no place for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.errors import NoKey
from seedance_desktop.system.keys import DEMO_KEY, Keys, check_shape

GATEWAY = "https://gateway.example"
KEY = "sk-hub-0123456789"


def refused(act: object, *args: object, **how: object) -> str:
    assert callable(act)
    with pytest.raises(NoKey) as raised:
        act(*args, **how)
    assert KEY not in str(raised.value.reason)
    return raised.value.reason.code


def test_a_session_key_is_kept_per_origin() -> None:
    keys = Keys("session")
    keys.keep(f"{GATEWAY}/v1", f"  {KEY}\n")
    assert keys.get(GATEWAY) == keys.get(f"{GATEWAY}:443/other") == KEY
    for other in ("https://other.example", "http://gateway.example", f"{GATEWAY}:8443"):
        assert refused(keys.get, other) == "no-key"
    keys.remove(GATEWAY)
    assert refused(keys.get, GATEWAY) == "no-key"


def test_a_key_given_for_this_run_goes_to_its_gateway_only() -> None:
    keys = Keys("session", {GATEWAY: KEY})
    assert keys.get(GATEWAY) == KEY
    assert refused(keys.get, "https://other.example") == "no-key"
    assert refused(Keys("session", {GATEWAY: "no key\n"}).get, GATEWAY) == "key-malformed"


def test_the_demo_needs_none() -> None:
    keys = Keys("session")
    assert keys.get(DEMO) == DEMO_KEY
    keys.forget(DEMO)


@pytest.mark.parametrize("text", ["", "short", "with space inside", "schlüssel-mit-ü", "x" * 1001, "two\nlines-of-it"])
def test_what_cannot_be_a_key(text: str) -> None:
    assert refused(check_shape, text) == "key-malformed"
    assert refused(Keys("session").keep, GATEWAY, text) == "key-malformed"


def test_without_a_keyring_it_says_so_and_this_session_works() -> None:
    keys = Keys()  # the tests' home answers "none here"
    assert refused(keys.get, GATEWAY) == "no-key"
    assert refused(keys.keep, GATEWAY, KEY) == "key-store-missing"
    keys.keep(GATEWAY, KEY, session=True)
    assert keys.get(GATEWAY) == KEY


def test_no_plain_file_is_ever_made(home: Path) -> None:
    keys = Keys()
    keys.keep(GATEWAY, KEY, session=True)
    keys.get(GATEWAY)
    assert not [path for path in home.rglob("*") if path.is_file()]


def on_a_bus(program: str, tmp_path: Path, *, daemon: str) -> str:
    """Run a Python program on a private bus, `daemon` started before it."""
    if not shutil.which("dbus-run-session") or not shutil.which("gnome-keyring-daemon"):
        pytest.skip("no gnome-keyring here")
    runtime = Path(os.environ["XDG_RUNTIME_DIR"])
    place = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(runtime)}
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "PYTHONPATH")}
    script = f'{daemon} >/dev/null 2>&1; exec "$0" -W ignore::DeprecationWarning -c "$1"'
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", script, sys.executable, program],
        env=kept | place,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


UNLOCKED = "echo -n password | gnome-keyring-daemon --unlock --components=secrets"

ROUND = f"""
from seedance_desktop.domain.errors import NoKey
from seedance_desktop.system.keys import Keys
keys = Keys()
for number in range(2):
    Keys().keep("https://gateway.example", "{KEY}" + str(number))
    print(Keys().get("https://gateway.example/v1"))
Keys().keep("https://other.example:8443", "x" * 1000)
print(len(Keys().get("https://other.example:8443")), Keys().get("https://gateway.example"))
first = Keys()
first.get("https://gateway.example")
Keys().keep("https://gateway.example", "{KEY}-new")
print(first.get("https://gateway.example"))
first.forget("https://gateway.example")
print(first.get("https://gateway.example"))
Keys().remove("https://gateway.example")
Keys().remove("https://gateway.example")
try:
    Keys().get("https://gateway.example")
except NoKey as problem:
    print(problem.reason.code)
"""


def test_a_real_keyring_keeps_one_key_an_origin(tmp_path: Path) -> None:
    assert on_a_bus(ROUND, tmp_path, daemon=UNLOCKED).split() == [
        KEY + "0",
        KEY + "1",
        "1000",
        KEY + "1",
        KEY + "1",
        KEY + "-new",
        "no-key",
    ]
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept, "the keyring's own file"
    assert not [path for path in kept if KEY.encode() in path.read_bytes()]


CANNOT = f"""
from seedance_desktop.domain.errors import NoKey
from seedance_desktop.system.keys import Keys
for act in (lambda: Keys().keep("https://gateway.example", "{KEY}"), lambda: Keys().get("https://gateway.example")):
    try:
        act()
    except NoKey as problem:
        print(problem.reason.code)
keys = Keys()
keys.keep("https://gateway.example", "{KEY}", session=True)
print(keys.get("https://gateway.example"))
"""


def test_a_keyring_that_nobody_unlocks_is_said(tmp_path: Path) -> None:
    said = on_a_bus(CANNOT, tmp_path, daemon="gnome-keyring-daemon --start --components=secrets").split()
    assert said == ["key-store-locked", "key-store-locked", KEY] or said == ["key-store-locked", "no-key", KEY]


def test_a_bus_without_a_keyring_is_said(tmp_path: Path) -> None:
    said = on_a_bus(CANNOT, tmp_path, daemon="true").split()
    assert said[0] in ("key-store-missing", "key-store-locked")  # dbus may start the daemon itself
    assert said[-1] == KEY
