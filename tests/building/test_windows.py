"""The Windows installer: what its script says, and how Inno Setup and the signing tool are called."""

from __future__ import annotations

import platform
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from proof import installers
from seedance_desktop.studio.outside import SUFFIXES
from steps import ROOT, Stop
from tests.building.stand_ins import StandIns
from windows import installer, signing

FOLDER = ROOT / "packaging" / "windows"
SCRIPT = (FOLDER / "seedance.iss").read_text(encoding="utf-8-sig")
CHINESE = (FOLDER / "Chinese.isl").read_text(encoding="utf-8-sig")
GUID = "{58BFB374-6BB7-4C3F-BA15-083AE823DDBE}"
SIGNING = ("SEEDANCE_SIGNTOOL", "SEEDANCE_PFX", "SEEDANCE_PFX_PASSWORD", "SEEDANCE_ISCC")
# As the real one does: runs the signing tool, which it was given by name, over what it has made.
ISCC = """
name = next(word[2:] for word in words if word.startswith("/F"))
made = os.path.join(next(word[2:] for word in words if word.startswith("/O")), name + ".exe")
open(made, "w").write("setup")
for word in words:
    if word.startswith("/Sseedance="):
        command = word.partition("=")[2].replace("$q", '"').replace("$f", '"' + made + '"')
        sys.exit(subprocess.call(command, shell=True))
"""
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts with a first line for Unix")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIns:
    for name in SIGNING:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(platform, "machine", lambda: "AMD64")
    return StandIns(tmp_path, monkeypatch)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as PyInstaller leaves it."""
    folder = tmp_path / "dist" / "seedance-desktop"
    (folder / "_internal").mkdir(parents=True)
    for name in ("Seedance.exe", "seedance-desktop.exe", "_internal/base_library.zip"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def section(name: str) -> list[str]:
    """The entries of one section of the script, without comments and preprocessor's lines."""
    text = re.search(rf"^\[{name}\]\n(.*?)(?=^\[|\Z)", SCRIPT, re.MULTILINE | re.DOTALL)
    assert text is not None, name
    return [line for line in text.group(1).splitlines() if line and line[0] not in ";#"]


def parameters(entry: str) -> dict[str, str]:
    """`Name: "value"; …` as a dictionary; a doubled quotation mark stands for one."""
    found = re.findall(r'(\w+): (?:"((?:[^"]|"")*)"|([^;]*))', entry)
    return {name: (quoted.replace('""', '"') or plain).strip() for name, quoted, plain in found}


def directives() -> dict[str, str]:
    return dict(line.split("=", 1) for line in section("Setup"))


def test_it_installs_for_one_user_without_rights_and_keeps_its_identity() -> None:
    setup = directives()
    assert setup["PrivilegesRequired"] == "lowest"
    assert setup["DefaultDirName"] == r"{localappdata}\Programs\{#Name}"
    assert setup["AppId"] == "{" + GUID  # a doubled brace stands for one
    assert f"{GUID}_is1" in installers.KEYS[0]
    assert (setup["Compression"], setup["SolidCompression"]) == ("lzma2/max", "yes")
    assert setup["CloseApplications"] == "yes"


def test_every_file_that_it_names_is_there() -> None:
    setup = directives()
    for name in (setup["LicenseFile"], setup["SetupIconFile"]):
        assert (ROOT / name.removeprefix("{#Root}\\").replace("\\", "/")).is_file(), name
    messages = [parameters(entry)["MessagesFile"] for entry in section("Languages")]
    assert messages == ["compiler:Default.isl", "compiler:Default.isl,Chinese.isl"]
    assert (FOLDER / "Chinese.isl").is_file()
    assert (FOLDER / setup["WizardSmallImageFile"]).is_file()


def test_every_name_in_it_is_defined_by_it_or_given_by_us(built: Path) -> None:
    given = [word[2:].split("=")[0] for word in installer.options(built, "1.2.3", built / "x.exe", "arm64")]
    defined = re.findall(r"^#(?:define|dim) (\w+)", SCRIPT, re.MULTILINE)
    used = set(re.findall(r"\{#(\w+)", SCRIPT)) | set(re.findall(r"#(?:if|ifdef) (\w+)", SCRIPT))
    assert used <= {*given, *defined, "Sign"}
    assert {"Folder", "Root", "Version", "Numbers", "Architecture"} <= used


def test_it_offers_itself_for_videos_and_never_makes_itself_the_default() -> None:
    listed = re.search(r"^#dim Endings\[(\d)\] \{(.*)\}$", SCRIPT, re.MULTILINE)
    assert listed is not None
    endings = re.findall(r'"(\w+)"', listed.group(2))
    assert {f".{ending}" for ending in endings} == SUFFIXES
    assert int(listed.group(1)) == len(endings)
    assert f"I < {len(endings)}; I++" in SCRIPT
    entries = [parameters(entry) for entry in section("Registry")]
    of_endings = [entry for entry in entries if entry["Subkey"].startswith(r"{#Classes}\.")]
    values = [entry for entry in of_endings if "ValueType" in entry]
    assert [(entry["Subkey"].rpartition("\\")[2], entry["ValueName"]) for entry in values] == [
        ("OpenWithProgids", "{#Kind}")
    ]
    assert all(entry["Root"] == "HKCU" for entry in entries)


def test_whatever_it_writes_goes_with_it() -> None:
    entries = [parameters(entry) for entry in section("Registry")]
    gone = [entry["Subkey"] for entry in entries if "uninsdeletekey" in entry.get("Flags", "").split()]
    for entry in entries:
        flags = entry.get("Flags", "").split()
        below = any(entry["Subkey"] == key or entry["Subkey"].startswith(f"{key}\\") for key in gone)
        assert below or {"uninsdeletevalue", "uninsdeletekeyifempty"} & set(flags), entry
    names = {"Name": "Seedance Desktop", "Window": "Seedance.exe", "Kind": "Seedance.Video"}
    plain = {re.sub(r"\{#(\w+)\}", lambda match: names.get(match[1], r"Software\Classes"), key) for key in gone}
    assert set(installers.KEYS[1:]) <= plain


def test_nothing_of_the_user_is_ever_removed() -> None:
    assert "[UninstallDelete]" not in SCRIPT
    assert section("InstallDelete") == [r'Type: filesandordirs; Name: "{app}\_internal"']
    assert not re.search(r"\b(DelTree|DeleteFile|RemoveDir|RegDeleteKey)", SCRIPT)


def test_links_and_shortcuts_start_the_window_as_one_program() -> None:
    icons = [parameters(entry) for entry in section("Icons")]
    assert [icon["Name"] for icon in icons] == [r"{userprograms}\{#Name}", r"{userdesktop}\{#Name}"]
    assert {icon["AppUserModelID"] for icon in icons} == {"Seedance.Desktop"}
    assert icons[1]["Tasks"] == "desktop"
    commands = [parameters(entry) for entry in section("Registry") if r"\shell\open\command" in entry]
    assert {entry["ValueData"] for entry in commands} == {r'"{app}\{#Window}" "%1"'}
    link = [parameters(entry) for entry in section("Registry") if r"{#Classes}\seedance" in entry]
    assert any(entry.get("ValueName") == "URL Protocol" and entry["ValueData"] == "" for entry in link)


def test_what_it_says_it_says_in_both_languages() -> None:
    lines = [*section("CustomMessages"), *section("Messages")]
    texts = dict(line.split("=", 1) for line in lines)
    english = {key[3:]: text for key, text in texts.items() if key.startswith("en.")}
    chinese = {key[3:]: text for key, text in texts.items() if key.startswith("zh.")}
    assert english.keys() == chinese.keys()
    for key, text in english.items():
        for pattern in (r"%[1n]", r"&"):
            assert len(re.findall(pattern, text)) == len(re.findall(pattern, chinese[key])), key


def test_the_chinese_messages_are_well_formed() -> None:
    lines = [line for line in CHINESE.splitlines() if line and line[0] not in ";["]
    keys = [line.split("=", 1)[0] for line in lines]
    assert len(keys) == len(set(keys)) > 150
    assert all(
        re.search(r"[\u4e00-\u9fff]", line) for line in lines if not line.startswith(("LanguageID", "LanguageCode"))
    )
    assert "LanguageID=$0804" in lines


@posix
def test_a_zip_and_an_installer_are_made_and_nothing_is_signed(
    programs: StandIns, built: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    programs.add("ISCC", ISCC)
    made = installer.make(built, "1.2.3rc1", tmp_path / "out")
    names = ["seedance-desktop-1.2.3rc1-windows-x64-setup.exe", "seedance-desktop-1.2.3rc1-windows-x64-portable.zip"]
    assert [file.name for file in made] == names
    assert all(file.is_file() for file in made)
    with zipfile.ZipFile(made[1]) as portable:
        assert "seedance-desktop/_internal/base_library.zip" in portable.namelist()
    [call] = programs.calls()
    assert call == [
        "ISCC",
        "/Qp",
        f"/DFolder={built}",
        f"/DRoot={ROOT}",
        "/DVersion=1.2.3rc1",
        "/DNumbers=1.2.3.0",
        "/DArchitecture=x64compatible",
        f"/O{tmp_path / 'out'}",
        f"/F{names[0][:-4]}",
        str(FOLDER / "seedance.iss"),
    ]
    assert "Nothing is signed" in capfd.readouterr().out


@posix
def test_both_programs_the_installer_and_no_secret(
    programs: StandIns,
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    programs.add("ISCC", ISCC)
    programs.add("signtool")
    monkeypatch.setenv("SEEDANCE_PFX", "/secret place/certificate.pfx")
    monkeypatch.setenv("SEEDANCE_PFX_PASSWORD", "p a$$word")
    setup, _ = installer.make(built, "1.2.3", tmp_path / "out")
    calls = programs.calls()
    assert [(call[0], Path(call[-1]).name) for call in calls] == [
        ("signtool", "Seedance.exe"),
        ("signtool", "seedance-desktop.exe"),
        ("ISCC", "seedance.iss"),
        ("signtool", setup.name),
    ]
    assert calls[3][1:6] == ["sign", "/f", "/secret place/certificate.pfx", "/p", "p a$$word"]
    assert "/DSign" in calls[2]
    shown = capfd.readouterr()
    assert "p a$$word" not in shown.out + shown.err + " ".join(calls[2])
    assert directives()["SignedUninstaller"] == "yes"


@posix
def test_a_failed_signature_ends_it_without_telling_the_password(
    programs: StandIns, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.add("signtool", "sys.exit(3)")
    monkeypatch.setenv("SEEDANCE_PFX", "certificate.pfx")
    monkeypatch.setenv("SEEDANCE_PFX_PASSWORD", "hush")
    with pytest.raises(Stop, match=r"Seedance\.exe could not be signed.*code 3") as stopped:
        installer.make(built, "1.2.3", tmp_path / "out")
    assert "hush" not in str(stopped.value)


def test_a_signing_service_is_any_command() -> None:
    tool = {"SEEDANCE_SIGNTOOL": r'"C:\Program Files\sign.exe" /v --key=a#b $f'}
    assert signing.command(Path("a b.exe"), tool) == [
        r"C:\Program Files\sign.exe",
        "/v",
        "--key=a#b",
        "a b.exe",
    ]
    assert signing.wanted(tool)
    assert not signing.wanted({"SEEDANCE_SIGNTOOL": "", "SEEDANCE_PFX": ""})


@posix
def test_without_inno_setup_there_is_the_zip_and_one_sentence(
    programs: StandIns,
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    [portable] = installer.make(built, "1.2.3", tmp_path / "out")
    assert portable.suffix == ".zip"
    assert installer.MISSING in capfd.readouterr().out
    assert programs.calls() == []


def test_inno_setup_is_found_where_its_installer_puts_it(tmp_path: Path) -> None:
    older, there = (tmp_path / f"Inno Setup {version}" / "ISCC.exe" for version in ("6", "7"))
    for file in (older, there):
        file.parent.mkdir()
        file.touch()
    nowhere = str(tmp_path / "nowhere")
    assert installer.find_iscc({"PATH": nowhere, "ProgramFiles(x86)": str(tmp_path)}) == str(there)
    assert installer.find_iscc({"PATH": nowhere, "ProgramFiles": nowhere}) is None
    assert installer.find_iscc({"SEEDANCE_ISCC": str(there)}) == str(there)
    with pytest.raises(Stop, match="SEEDANCE_ISCC names"):
        installer.find_iscc({"SEEDANCE_ISCC": nowhere})


@pytest.mark.parametrize(
    ("version", "quad"), [("0.1.0", (0, 1, 0, 0)), ("2.10.3rc1", (2, 10, 3, 0)), ("1.4", (1, 4, 0, 0))]
)
def test_a_version_for_windows_is_four_numbers(version: str, quad: tuple[int, ...]) -> None:
    assert installer.numbers(version) == quad


def test_a_version_that_is_none_ends_it() -> None:
    with pytest.raises(Stop, match="next is not a version"):
        installer.numbers("next")


@pytest.mark.parametrize("program", ["Seedance.exe", "seedance-desktop.exe"])
def test_the_properties_of_each_exe(tmp_path: Path, program: str) -> None:
    file = installer.version_file("1.2.3rc1", tmp_path, program)
    said: dict[str, Any] = {}

    def struct(*args: Any, **named: Any) -> None:
        said.update(named)

    def string(name: str, value: object) -> None:
        said[name] = value

    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "VarFileInfo")
    eval(
        file.read_text(encoding="utf-8"), {**dict.fromkeys(names, struct), "StringStruct": string, "VarStruct": string}
    )
    assert said["filevers"] == said["prodvers"] == (1, 2, 3, 0)
    assert said["ProductVersion"] == "1.2.3rc1"
    assert said["OriginalFilename"] == program
    assert said["Translation"] == [1033, 1200]


def test_other_processors_are_refused(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "i686")
    with pytest.raises(Stop, match="I686"):
        installer.make(built, "1.2.3", built)


REG = """
key = words[1].removeprefix("HKCU\\\\")
sys.exit(0 if key in open(os.environ["REGISTRY"]).read().splitlines() else 1)
"""
SETUP = """
folder = os.path.join(os.environ["LOCALAPPDATA"], "Programs", "Seedance Desktop")
menu = os.path.join(os.environ["APPDATA"], "Microsoft/Windows/Start Menu/Programs")
for made in (folder, menu):
    os.makedirs(made)
open(os.path.join(folder, "Seedance.exe"), "w").close()
open(os.path.join(menu, "Seedance Desktop.lnk"), "w").close()
shutil.copy(os.environ["UNINSTALLER"], os.path.join(folder, "unins000.exe"))
open(os.environ["REGISTRY"], "w").write(os.environ["KEYS"])
"""
UNINSTALLER = """
shutil.rmtree(os.path.dirname(sys.argv[0]))
os.remove(os.path.join(os.environ["APPDATA"], "Microsoft/Windows/Start Menu/Programs/Seedance Desktop.lnk"))
open(os.environ["REGISTRY"], "w").write(os.environ["LEFT"])
"""


@posix
@pytest.mark.parametrize(
    ("written", "left", "says"),
    [
        (installers.KEYS, "", "nothing is left"),
        (installers.KEYS[:-1], "", "did not make Software\\Classes\\seedance"),
        (installers.KEYS, installers.KEYS[3], "left Software\\Classes\\Seedance.Video"),
    ],
)
def test_the_installer_is_proved_from_installing_to_the_last_trace(
    programs: StandIns,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    written: tuple[str, ...],
    left: str,
    says: str,
) -> None:
    setup = programs.add("a-setup.exe", SETUP)
    programs.add("reg", REG)
    values = {
        "LOCALAPPDATA": str(tmp_path / "local"),
        "APPDATA": str(tmp_path / "roaming"),
        "REGISTRY": str(tmp_path / "registry"),
        "UNINSTALLER": str(programs.add("uninstaller", UNINSTALLER)),
        "KEYS": "\n".join(written),
        "LEFT": left,
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    proved: list[Path] = []
    monkeypatch.setattr(installers, "_prove", proved.append)
    if says == "nothing is left":
        assert installers.prove_setup(setup) == 0
        assert says in capfd.readouterr().out
    else:
        with pytest.raises(Stop, match=re.escape(says)):
            installers.prove_setup(setup)
    assert len(proved) == (len(written) == len(installers.KEYS))
    assert not (tmp_path / "local" / "Programs" / "Seedance Desktop").exists()  # removed even where something failed
