"""The macOS bundle: what it says of itself, and by which commands, in which order, it is signed, notarised, packed."""

from __future__ import annotations

import platform
import plistlib
import sys
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest

from macos import about, disk_image, signing
from proof import installers
from seedance_desktop.studio.outside import SUFFIXES
from steps import ROOT, Stop
from tests.building.stand_ins import StandIns

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="bundles are full of links; the stand-ins are scripts")

LIBRARY, UNIVERSAL, TEXT = bytes.fromhex("cffaedfe00000000"), bytes.fromhex("cafebabe00000002"), b"text, no program"
SECRETS = (
    "SEEDANCE_MAC_IDENTITY",
    "SEEDANCE_NOTARY_PROFILE",
    "SEEDANCE_NOTARY_KEY",
    "SEEDANCE_NOTARY_KEY_ID",
    "SEEDANCE_NOTARY_ISSUER",
)
DITTO = """
if words[0] == "-c":
    open(words[-1], "w").write("packed")
else:
    shutil.copytree(words[0], words[1], symlinks=True, dirs_exist_ok=True)
"""
HDIUTIL = """
if words[0] == "create":
    shown = words[words.index("-srcfolder") + 1]
    link = os.readlink(os.path.join(shown, "Applications"))
    open(words[-1], "w").write(json.dumps([sorted(os.listdir(shown)), link]))
"""
# The files of a bundle as PyInstaller lays it out, by what they hold.
FILES = {
    "MacOS/seedance-desktop": LIBRARY,
    "MacOS/helper": LIBRARY,
    "Frameworks/Python": LIBRARY,
    "Frameworks/av/_core.abi3.so": UNIVERSAL,
    "Frameworks/PySide6/QtCore.abi3.so": LIBRARY,
    "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore": UNIVERSAL,
    "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/Resources/Info.plist": TEXT,
    "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/Helpers/tool": LIBRARY,
    "Frameworks/PySide6/Qt/plugins/multimedia/libffmpeg.dylib": LIBRARY,
    "Resources/seedance_desktop/_resources/tokens.json": TEXT,
    "Resources/empty": b"",
}


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIns:
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(platform, "machine", lambda: "arm64")
    programs = StandIns(tmp_path, monkeypatch)
    for name, does in (("codesign", ""), ("xcrun", ""), ("spctl", ""), ("ditto", DITTO), ("hdiutil", HDIUTIL)):
        programs.add(name, does)
    return programs


@pytest.fixture
def app(tmp_path: Path) -> Path:
    app = tmp_path / "dist" / "Seedance.app"
    for name, content in FILES.items():
        file = app / "Contents" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    info = {**about.info_plist("1.2.3"), "CFBundleExecutable": "seedance-desktop"}
    (app / "Contents" / "Info.plist").write_bytes(plistlib.dumps(info))
    framework = app / "Contents/Frameworks/PySide6/Qt/lib/QtCore.framework"
    (framework / "Versions" / "Current").symlink_to("A")
    (framework / "QtCore").symlink_to("Versions/Current/QtCore")
    (app / "Contents/Resources/Python").symlink_to("../Frameworks/Python")
    (app / "Contents/Resources/PySide6").symlink_to("../Frameworks/PySide6")
    return app


def signed(programs: StandIns) -> list[Path]:
    """What codesign was given to sign, in order."""
    return [Path(call[-1]) for call in programs.calls() if call[0] == "codesign" and "--sign" in call]


def test_every_program_is_signed_once_and_after_all_that_lies_in_it(app: Path) -> None:
    order = signing.inside_out(app)
    assert len(order) == len(set(order))
    inside = {str(item.relative_to(app / "Contents")) for item in order[:-1]}
    assert inside == {
        "MacOS/helper",
        "Frameworks/Python",
        "Frameworks/av/_core.abi3.so",
        "Frameworks/PySide6/QtCore.abi3.so",
        "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A",  # with its library, QtCore
        "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/Helpers/tool",
        "Frameworks/PySide6/Qt/plugins/multimedia/libffmpeg.dylib",
    }
    assert order[-1] == app
    for number, item in enumerate(order):
        assert not any(item in later.parents for later in order[number:]), item


def test_without_secrets_it_is_signed_for_this_mac_and_says_so(
    programs: StandIns, app: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    [image] = disk_image.make(app, "1.2.3", tmp_path / "out")
    assert image == tmp_path / "out" / "seedance-desktop-1.2.3-macos-arm64.dmg"
    assert image.read_text(encoding="utf-8") == '[["Applications", "Seedance Desktop.app"], "/Applications"]'
    assert signed(programs) == signing.inside_out(app)
    for call in programs.calls():
        assert call[0] != "xcrun"
        if "--sign" in call:
            assert call[:4] == ["codesign", "--force", "--sign", "-"]
            assert "--timestamp" not in call
            assert "--entitlements" not in call
    said = capfd.readouterr().out
    assert "Signed for this Mac only" in said
    assert "Nothing is notarised" in said


def test_with_a_certificate_and_the_notary_all_is_signed_notarised_and_stapled_in_order(
    programs: StandIns, app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEEDANCE_MAC_IDENTITY", "Developer ID Application: Ana (ABCDE12345)")
    monkeypatch.setenv("SEEDANCE_NOTARY_PROFILE", "seedance")
    [image] = disk_image.make(app, "1.2.3", tmp_path / "out")
    calls = programs.calls()
    for call in calls:
        if "--sign" in call:
            assert call[3:7] == ["Developer ID Application: Ana (ABCDE12345)", "--options", "runtime", "--timestamp"]
            assert ("--entitlements" in call) == (Path(call[-1]) in (app, app / "Contents/MacOS/helper")), call
    assert signed(programs) == [*signing.inside_out(app), image]
    after = calls[next(n for n, call in enumerate(calls) if "--verify" in call) :]
    assert [[Path(word).name for word in call if word not in ("-c", "-k")][:4] for call in after] == [
        ["codesign", "--verify", "--deep", "--strict"],
        ["ditto", "--keepParent", "Seedance.app", "Seedance.zip"],
        ["xcrun", "notarytool", "submit", "Seedance.zip"],
        ["xcrun", "stapler", "staple", "Seedance.app"],
        ["ditto", "Seedance.app", "Seedance Desktop.app"],
        ["hdiutil", "create", "-volname", "Seedance Desktop"],
        ["codesign", "--force", "--sign", "Developer ID Application: Ana (ABCDE12345)"],
        ["xcrun", "notarytool", "submit", image.name],
        ["xcrun", "stapler", "staple", image.name],
    ]
    assert after[2][4:] == ["--wait", "--keychain-profile", "seedance"]


@pytest.mark.parametrize("program", ["codesign", "ditto", "hdiutil", "xcrun"])
def test_a_step_that_fails_ends_it(
    programs: StandIns, app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setenv("SEEDANCE_MAC_IDENTITY", "Developer ID Application: Ana (ABCDE12345)")
    monkeypatch.setenv("SEEDANCE_NOTARY_PROFILE", "seedance")
    programs.add(program, "sys.exit(7)")
    with pytest.raises(Stop, match="ended with code 7"):
        disk_image.make(app, "1.2.3", tmp_path / "out")


def test_an_image_that_macos_still_holds_is_tried_again(programs: StandIns, app: Path, tmp_path: Path) -> None:
    once = tmp_path / "once"
    programs.add("hdiutil", f"if not os.path.exists({str(once)!r}):\n    open({str(once)!r}, 'w')\n    sys.exit(1)")
    disk_image.make(app, "1.2.3", tmp_path / "out")
    assert [call[0] for call in programs.calls()].count("hdiutil") == 2


def test_the_notary_is_known_by_profile_or_by_the_whole_api_key() -> None:
    whole = {"SEEDANCE_NOTARY_KEY": "a.p8", "SEEDANCE_NOTARY_KEY_ID": "K", "SEEDANCE_NOTARY_ISSUER": "I"}
    assert signing.notary(whole) == ["--key", "a.p8", "--key-id", "K", "--issuer", "I"]
    assert signing.notary({"SEEDANCE_NOTARY_PROFILE": "p", **whole}) == ["--keychain-profile", "p"]
    assert signing.notary(dict.fromkeys(whole, "")) == []
    with pytest.raises(Stop, match="SEEDANCE_NOTARY_ISSUER"):
        signing.notary({**whole, "SEEDANCE_NOTARY_ISSUER": ""})


def test_the_notary_without_a_certificate_is_refused_before_anything_is_done(
    programs: StandIns, app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEEDANCE_NOTARY_PROFILE", "seedance")
    with pytest.raises(Stop, match="SEEDANCE_MAC_IDENTITY"):
        disk_image.make(app, "1.2.3", tmp_path / "out")
    assert programs.calls() == []


def test_it_asks_for_one_entitlement() -> None:
    file = ROOT / "packaging" / "macos" / "entitlements.plist"
    assert file == signing.ENTITLEMENTS
    assert plistlib.loads(file.read_bytes()) == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_info_plist_says_who_it_is_and_never_claims_to_be_the_default() -> None:
    info = plistlib.loads(plistlib.dumps(about.info_plist("1.2.3rc1")))
    assert info["CFBundleIdentifier"] == "app.seedance.desktop"
    assert (info["CFBundleShortVersionString"], info["CFBundleVersion"]) == ("1.2.3rc1", "1.2.3")
    [kind] = info["CFBundleDocumentTypes"]
    assert (kind["CFBundleTypeRole"], kind["LSHandlerRank"]) == ("Viewer", "Alternate")
    assert len(kind["LSItemContentTypes"]) == len(SUFFIXES)
    [webm] = info["UTImportedTypeDeclarations"]
    assert webm["UTTypeIdentifier"] in kind["LSItemContentTypes"]
    [link] = info["CFBundleURLTypes"]
    assert link["CFBundleURLSchemes"] == ["seedance"]
    assert info["CFBundleLocalizations"] == ["en", "zh-Hans"]


def test_each_question_of_macos_is_explained_in_both_languages(app: Path) -> None:
    about.add_languages(app)
    english, chinese = (
        plistlib.loads((app / f"Contents/Resources/{language}.lproj/InfoPlist.strings").read_bytes())
        for language in ("en", "zh-Hans")
    )
    assert english.keys() == chinese.keys() == about.TEXTS.keys()
    assert all(key.endswith("UsageDescription") for key in english)
    assert all(text.endswith("。") for text in chinese.values())
    info = about.info_plist("1.2.3")
    assert {key: info[key] for key in english} == english


def test_the_oldest_macos_is_that_of_the_wheel_that_wants_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    tags = {
        "qt": ["cp310-abi3-macosx_13_0_universal2"],
        "av": ["cp311-abi3-macosx_15_0_arm64", "cp311-abi3-macosx_11_0_x86_64"],
        "two": ["cp312-cp312-macosx_14_0_x86_64", "cp312-cp312-macosx_10_13_universal2"],
        "pure": ["py3-none-any"],
    }
    found = []
    for name, own in tags.items():
        folder = tmp_path / f"{name}-1.0.dist-info"
        folder.mkdir()
        (folder / "WHEEL").write_text("\n".join(f"Tag: {tag}" for tag in own), encoding="utf-8")
        found.append(PathDistribution(folder))
    assert about.minimum_system(found) == "13.0"
    assert about.minimum_system(found[3:]) == about.OLDEST


def test_the_image_is_proved_as_a_user_would_use_it(
    programs: StandIns, app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "Volumes"
    place.mkdir()
    app.rename(place / "Seedance Desktop.app")
    answer = plistlib.dumps({"system-entities": [{"dev-entry": "/dev/disk9"}, {"mount-point": str(place)}]})
    programs.add("hdiutil", f"sys.stdout.buffer.write({answer!r})")
    proved: list[Path] = []
    monkeypatch.setattr(installers, "_prove", proved.append)
    assert installers.prove_image(tmp_path / "a.dmg") == 0
    assert [call[:2] for call in programs.calls()] == [
        ["hdiutil", "attach"],
        ["ditto", str(place / "Seedance Desktop.app")],
        ["hdiutil", "detach"],
        ["codesign", "--verify"],
    ]
    assert [program.name for program in proved] == ["Seedance Desktop.app"]
    monkeypatch.setenv("SEEDANCE_NOTARY_PROFILE", "seedance")
    programs.add("spctl", "sys.exit(3)")
    with pytest.raises(Stop, match="Gatekeeper refuses it"):
        installers.prove_image(tmp_path / "a.dmg")
    assert programs.calls()[-1][0] == "spctl"
    assert len(proved) == 1
