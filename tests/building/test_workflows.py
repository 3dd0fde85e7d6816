"""The workflows on the forge: right by its schema, safe by a linter, and calling what is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import dev
from steps import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PACKAGE, RELEASE, TEST = ((ROOT / ".github" / "workflows" / f"{name}.yml") for name in ("package", "release", "test"))
PIN = re.compile(r"uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def read(file: Path) -> Any:
    """A workflow as plain values; YAML 1.2, so that `on` is a word and not "true"."""
    return YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in read(file)["jobs"].values() for step in job.get("steps", [])]


def test_all_of_them_are_looked_at() -> None:
    assert [file.name for file in FILES] == ["package.yml", "release.yml", "test.yml"]


def test_they_fit_the_forges_schema() -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*check, *map(str, FILES)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_finds_no_danger_in_them() -> None:
    linter = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert linter is not None
    done = subprocess.run([linter, "--offline", *map(str, FILES)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_actions_of_others_are_pinned_to_one_commit(file: Path) -> None:
    lines = [line.strip().removeprefix("- ") for line in file.read_text(encoding="utf-8").splitlines()]
    used = [line for line in lines if line.startswith("uses: ") and not line.startswith("uses: $/")]
    assert used
    assert [line for line in used if not PIN.match(line)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_may_read_only_ends_by_itself_and_keeps_no_password(file: Path) -> None:
    flow = read(file)
    assert flow["permissions"] == {"contents": "read"}
    assert "concurrency" in flow
    assert "pull_request_target" not in flow["on"]
    for name, job in flow["jobs"].items():
        assert "uses" in job or 0 < job["timeout-minutes"] <= 60, name
        assert "permissions" not in job or (file, name) == (RELEASE, "release")
    for step in steps(file):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"] == {"persist-credentials": False}


def test_the_secrets_are_for_releases_only() -> None:
    flow = read(PACKAGE)
    assert "secrets." not in TEST.read_text(encoding="utf-8")
    assert flow["on"]["workflow_call"]["inputs"]["sign"]["default"] is False
    [job] = flow["jobs"].values()
    assert "secrets." not in str({key: value for key, value in job.items() if key != "steps"})
    for step in job["steps"]:
        for value in step.get("env", {}).values():
            if "secrets." in value:
                assert "inputs.sign" in step.get("if", "") or value.startswith("${{ inputs.sign && "), step["name"]
        assert "secrets." not in step.get("run", "")
    assert read(RELEASE)["on"] == {"push": {"tags": ["v*"]}}
    given = read(RELEASE)["jobs"]["package"]
    assert given["with"] == {"sign": True}
    assert given["secrets"].keys() == flow["on"]["workflow_call"]["secrets"].keys()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_they_run_is_there(file: Path) -> None:
    scripts = re.findall(r"python3? (packaging/\w+\.py)(?: (\w+))?", file.read_text(encoding="utf-8"))
    assert scripts
    for script, task in scripts:
        assert (ROOT / script).is_file(), script
        assert script != "packaging/dev.py" or task in dev.TASKS, task


def test_users_get_one_python_on_each_system_by_the_developers_own_command() -> None:
    [job] = read(PACKAGE)["jobs"].values()
    systems = {row["system"]: row["os"] for row in job["strategy"]["matrix"]["include"]}
    assert {name.split("-")[0] for name in systems} == {"linux", "windows", "macos"}
    assert not any(image.endswith("latest") for image in systems.values())
    [python] = [step["with"]["python-version"] for step in job["steps"] if "setup-python" in step.get("uses", "")]
    assert (ROOT / "packaging" / "locks" / f"python-{python}.txt").is_file()
    commands = [step.get("run", "") for step in job["steps"]]
    assert "python packaging/dev.py package" in commands
    proofs = {
        step["if"]: step["run"]
        for step in job["steps"]
        if step.get("name", "").endswith(("remove (Linux)", "remove (Windows)", "prove (macOS)"))
    }
    assert len(proofs) == 3


def test_everything_that_is_built_is_kept() -> None:
    [upload] = [step["with"] for step in steps(PACKAGE) if "upload-artifact" in step.get("uses", "")]
    kept = set(upload["path"].split())
    assert {f"dist/*.{end}" for end in ("deb", "tar.xz", "AppImage", "exe", "zip", "dmg", "cdx.json")} <= kept
    assert "dist/SHA256SUMS" in kept
    assert upload["if-no-files-found"] == "error"
