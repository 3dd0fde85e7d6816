"""Codes become sentences, in the language of the creator; the window and the command line both speak through it.

`tr` and `ntr` are also how `ui` marks its own texts. Catalogues are gettext's, made by `dev.py translations`. Nothing
here knows the domain: codes and facts come in as plain values.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DOMAIN = "seedance"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def speak(language: str, folder: Path) -> None:
    """Use the catalogue of `language` (such as `"zh_CN"`) found in `folder`; English where there is none."""
    global _catalogue  # noqa: PLW0603 - the language is the process's, as Qt's translators are the application's
    _catalogue = gettext.translation(DOMAIN, str(folder), [language], fallback=True)


def tr(text: str) -> str:
    """`text` in the creator's language."""
    return _catalogue.gettext(text) if text else ""


def ntr(one: str, many: str, count: int) -> str:
    """The right plural for `count`, with `{n}` filled in."""
    return _catalogue.ngettext(one, many, count).format(n=number(count))


def mark(text: str) -> str:
    """Mark `text` for translation where it stands; it is translated by `tr` where it is shown."""
    return text


def number(value: float, digits: int = 0) -> str:
    """A number as both languages write it, whatever the system's region does: `1,204`, `23.98`."""
    return f"{value:,.{digits}f}"


def money(minor: int, currency: str = "USD") -> str:
    """An amount in the currency's smallest unit: `$0.28`, `$1,204.00`."""
    sign = {"USD": "$", "EUR": "€", "CNY": "¥", "GBP": "£"}.get(currency, currency + " ")
    return f"{sign}{number(minor // 100)}.{minor % 100:02}"


def clock(seconds: float) -> str:
    """A length of time as `1:24` or `1:02:03`."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size(count: int) -> str:
    """A number of bytes as `8.2 MB`, `1.4 GB`."""
    if count < 999_500:
        return f"{max(1, round(count / 1000))} kB"
    if count < 999_950_000:
        return f"{number(count / 1_000_000, 1)} MB"
    return f"{number(count / 1_000_000_000, 1)} GB"


STAGES = {
    "waiting": mark("Rendering"),
    "planned": mark("Planned"),
    "sending": mark("Sending"),
    "queued": mark("Queued at the gateway"),
    "rendering": mark("Rendering"),
    "fetching": mark("Downloading"),
    "ready": mark("Ready"),
    "failed": mark("Failed"),
    "cancelled": mark("Stopped"),
    "unsure": mark("Charge unknown"),
}

VERDICTS = {
    "yes": mark("charged"),
    "no": mark("not charged"),
    "unsure": mark("unknown"),
    "refunded": mark("refunded"),
}

USES = {
    "first-frame": mark("First frame"),
    "first-last": mark("First and last frame"),
    "references": mark("Reference images"),
}


def stage(stage: str, *, rendering: bool = False) -> str:
    """A stage in the creator's words; `waiting` is queued or rendering."""
    if stage == "waiting":
        stage = "rendering" if rendering else "queued"
    return tr(STAGES[stage])


def charge(charged: str, price: str) -> str:
    """What a clip has cost: `charged $0.28`, `not charged`, `charge unknown` or `refunded`."""
    return {
        "yes": tr("charged {price}"),
        "no": tr("not charged"),
        "unsure": tr("charge unknown"),
        "refunded": tr("refunded"),
    }[charged].format(price=price)


_AMOUNTS = frozenset({"spent", "budget", "asked"})

# One sentence per code: what happened, and what to do next.
SENTENCES: dict[str, str] = {
    # what is asked
    "prompt-empty": mark("The prompt is empty: describe the shot first."),
    "takes-out-of-range": mark("Takes go from 1 to {most}."),
    "setting-unknown": mark("{name} cannot be {value}: choose one of {known}."),
    "images-too-many": mark("{count} images are too many: at most {most} go with one prompt."),
    "images-for-use": mark(
        "{count} images do not fit this use: a first frame is one image, first and last frame are two, "
        "reference images are one to nine."
    ),
    "mention-missing": mark(
        "The prompt names {name}, but that image is not among the references: add it again, or take the name out."
    ),
    "variations-too-many": mark(
        "{count} clips from one click are too many: at most {most}. Use fewer variations or fewer takes."
    ),
    "template-unknown-field": mark("File names cannot hold {field}: use {known}."),
    # images
    "image-missing": mark("{name} is not there any more: choose the image again."),
    "image-unreadable": mark("{name} is not an image that can be read: save it as JPEG or PNG and try again."),
    "image-damaged": mark("{name} is damaged or cut short: open it in an image program and save it again."),
    "image-closed": mark("{name} may not be opened: allow it in the permissions of the file, or choose a copy."),
    "image-disk-full": mark("{name} could not be kept because the disk is full: free some space and add it again."),
    "image-empty": mark("{name} is empty: if it lies in a cloud folder, download it first."),
    "image-is-page": mark("{name} is a web page, not an image: save the image itself and add that."),
    "image-is-folder": mark("{name} is a folder: add the images in it."),
    "image-too-small": mark("{name} is {width} × {height}: each side must have at least {least} pixels."),
    "image-too-narrow": mark("{name} is {width} × {height}: its width must be 0.4 to 2.5 times its height; crop it."),
    "image-too-large": mark("{name} has {width} × {height} pixels, more than can be opened safely: make it smaller."),
    "image-too-heavy": mark("{name} has {megabytes} MB: at most {most} MB are accepted; save it smaller."),
    "image-part-too-small": mark(
        "What the crop leaves of {name} is {width} × {height}: each side must keep at least {least} pixels; crop less."
    ),
    "image-part-too-narrow": mark(
        "What the crop leaves of {name} is {width} × {height}: its width must be 0.4 to 2.5 times its height; "
        "crop it otherwise."
    ),
    "image-unfit": mark("{name} cannot be made to fit {most} MB: choose a simpler or smaller image."),
    "image-link-refused": mark("{name} is not a public http(s) link: save the image and add the file."),
    "image-link-private": mark("{name} is not on a public address: save the image and add the file."),
    "image-link-failed": mark("{name} could not be fetched: check the link, or save the image and add the file."),
    "folder-without-images": mark("{name} holds no images: choose another folder."),
    "folder-closed": mark("{name} may not be opened: allow it in the permissions of the folder, or copy its images."),
    "folder-too-many": mark(
        "{name} holds more images than come in at once: the first {count} are here. "
        "Add the others from a smaller folder."
    ),
    "video-without-recipe": mark("{name} carries no recipe: only clips made by Seedance Desktop do."),
    "images-too-heavy": mark("The images together are more than {most} MB even when reduced: use fewer images."),
    # keys
    "no-key": mark("There is no key for {gateway}: add one in the settings, or with “seedance-desktop key set”."),
    "key-malformed": mark("This is not an API key: paste it again, one line without spaces, as the gateway shows it."),
    "key-store-missing": mark(
        "No system keyring answers, so the key cannot be kept: use it for this session only, "
        "or start the system's keyring and try again."
    ),
    "key-store-locked": mark("The system keyring is locked: unlock it and try again."),
    "key-refused": mark("{gateway} does not accept the key: check it and paste it again."),
    "no-balance": mark("The account at {gateway} has no balance left: add credit there, then go on."),
    # budget
    "budget-reached": mark(
        "The monthly budget is reached: {spent} of {budget} are spent or planned. "
        "Raise it in the settings or wait for the next month."
    ),
    "project-budget-reached": mark("The budget of {project} is reached: raise it in the settings, then retry."),
    # addresses and the gateway
    "address-malformed": mark("{address} is not a web address: it begins with https:// and names the gateway."),
    "address-insecure": mark("{address} is not encrypted: use https, or allow this address in the settings."),
    "not-a-gateway": mark("{gateway} answers, but not as a gateway: check the address."),
    "gateway-unreachable": mark("{gateway} cannot be reached: check the address and the connection."),
    "offline": mark("{gateway} cannot be reached. Nothing is lost; it is tried again by itself."),
    "tls-untrusted": mark("The certificate of {gateway} is not trusted: check the address, the clock and the network."),
    "rate-limited": mark("The gateway asks to wait; the clip is sent by itself when it may."),
    "not-sent": mark("The gateway could not be reached; nothing was sent. It is tried again by itself."),
    # what became of a submit
    "refused": mark("The gateway refused it: {message}"),
    "refused-plain": mark("The gateway refused it and gave no reason (answer {status})."),
    "content-refused": mark("The gateway refused the prompt or an image: {message}"),
    "too-large": mark("The gateway finds the images too large: use fewer or smaller ones."),
    "quota": mark("The account's quota is used up: {message}"),
    "cut-off": mark(
        "The line broke after the request had gone out, so whether it was charged isn't known. "
        "Look in your account at the gateway, then choose."
    ),
    "broken-answer": mark(
        "The gateway's answer to the submit could not be read, so whether it was charged isn't known. "
        "Look in your account at the gateway, then choose."
    ),
    "server-error": mark(
        "The gateway answered with error {status}, so whether it was charged isn't known. "
        "Look in your account at the gateway, then choose."
    ),
    "ended-while-sending": mark(
        "The program ended while this was being sent, so whether it was charged isn't known. "
        "Look in your account at the gateway, then choose."
    ),
    "only-in-backup": mark(
        "The library was rebuilt, and only an old backup knows this clip, as planned: whether it was sent isn't known. "
        "Look in your account at the gateway, then choose."
    ),
    "planned-before-rebuild": mark("It was still planned when the library was rebuilt, and not sent: retry sends it."),
    # what became of a task
    "render-failed": mark("The gateway could not make this clip: {message}"),
    "render-failed-plain": mark("The gateway could not make this clip and gave no reason."),
    "task-gone": mark("The gateway no longer knows this task: its records live about 7 days."),
    "no-link": mark("The gateway says that the clip is done but gives no link to it: retry in a while."),
    "bad-link": mark("The gateway's link to the clip is not one that can be fetched safely."),
    "link-expired": mark("The link to the clip has expired and the gateway gives no fresh one: the file is gone."),
    "not-a-video": mark("What the link led to is not a playable video, three times over: retry later."),
    "download-failed": mark("The clip could not be downloaded: {message}. Retry fetches it again without a charge."),
    "stopped-watching": mark("Watching was stopped. Retry goes on with it without a new charge."),
    "removed": mark("Taken off the list before it was sent."),
    "task-empty": mark("A task ID is needed: copy it from your account at the gateway."),
    "dismissed": mark("Dismissed with its charge unknown; the ledger keeps it."),
    # clips and files
    "clip-unknown": mark("There is no clip {name}: “seedance-desktop list” shows their names."),
    "clip-not-for-that": mark("Clip {name} is {stage}: that cannot be done with it now."),
    "clip-file-missing": mark("The file of this clip is not in the library folder any more: {file}."),
    "video-unreadable": mark("{name} is not a video that can be played."),
    "timeline-not-here": mark("Timelines cannot be written on this computer: its processor has no OpenTimelineIO."),
    "export-failed": mark("{name} could not be made: its form is not possible for this clip. Choose another form."),
    "recipe-not-written": mark("The recipe could not be written into {name}; the clip itself is whole."),
    "deleted": mark("Its file was deleted with the trash."),
    "trash-file-stays": mark(
        "{name} could not be deleted: close the programs that show it, then empty the trash again."
    ),
    # going on from a clip, handing over and bringing in
    "continued-without-references": mark("An exact start goes alone: {names} stay out of it."),
    "continued-without-oldest": mark("At most {most} images go with one prompt: {names} stayed out."),
    "handover-empty": mark("There is nothing to hand over: select clips first."),
    "handover-folder": mark("{folder} is not a folder to hand over to: choose another."),
    "handover-inside": mark("{folder} holds the library's own clips: choose another folder to hand over to."),
    "handed-file-missing": mark("{file} is not there any more: it was moved or deleted since. Hand it over again."),
    "joined-copied": mark("Joined without encoding anything anew."),
    "joined-encoded": mark("The clips differ in kind, so they were encoded anew to be joined."),
    "no-room": mark("There is not enough room in {folder}: {needed} are needed, {free} are free. Free some space."),
    "link-unreadable": mark("{link} is not a link to a clip: copy it again from the clip's menu."),
    "link-elsewhere": mark("Clip {name} is not in this library: open the library that has it."),
    "video-missing": mark("{name} is not there or cannot be read: choose the video again."),
    "video-kind": mark("{name} is not an MP4, MOV or WebM file: save it as one of these first."),
    "folder-without-videos": mark("{name} holds no videos: choose another folder."),
    "job-disk-full": mark("The disk is full: free some space and start again. What was finished stays."),
    "job-disk-gone": mark("{where} cannot be reached any more: connect its drive and start again."),
    "job-disk-read-only": mark("{where} cannot be written: choose another folder or change its rights."),
    "job-disk-error": mark("Writing to {where} failed ({detail}): start again. What was finished stays."),
    "closing": mark("The program is being closed: start this again afterwards."),
    # library and disk
    "library-opening": mark("The library is still being opened: try again in a moment."),
    "library-in-use": mark("The library {folder} is in use by another Seedance ({holder}): close that one first."),
    "library-not-writable": mark("The library folder {folder} cannot be written: choose another or change its rights."),
    "library-gone": mark("The library folder {folder} is not there: connect its drive, or choose another folder."),
    "library-newer": mark("The library {folder} was made by a newer version: update Seedance to open it."),
    "library-damaged": mark("The library's database in {folder} is damaged; a backup lies in its backups folder."),
    "disk-full": mark("The disk is full: free some space. Nothing is lost; it goes on by itself."),
    "disk-gone": mark("The library folder cannot be reached: connect its drive. Nothing is lost; it goes on then."),
    "disk-read-only": mark("{where} cannot be written: change its rights. Nothing is lost; it goes on then."),
    "disk-error": mark("Writing to {where} failed ({detail}). Nothing is lost; it is tried again."),
    # updates
    "update-unreachable": mark("{host} cannot be reached: check the connection and try again."),
    "update-missing": mark("{host} has no news of a release (answer {status}): try again later."),
    "update-too-large": mark("The answer is larger than the news of a release can be, so it is ignored."),
    "update-unreadable": mark("The answer isn't one that this version understands, so it is ignored."),
    "update-not-signed": mark("The answer isn't signed by us, so it is ignored."),
    "update-other-product": mark("The answer is about another program, so it is ignored."),
    "update-expired": mark("The answer is too old to be relied on, so it is ignored: try again later."),
    "update-older": mark("The answer is about an older version than this one, so it is ignored."),
    # the demo
    "demo-unavailable": mark("The built-in gateway did not start: {detail}"),
    "unexpected": mark("Something went wrong inside the program ({detail}); the log has more."),
    "crashed": mark("Something went wrong inside the program ({detail}); the report of it is {file}"),
    "diagnostics-disk-full": mark("The disk is full, so the file was not written: free some space and save again."),
    "diagnostics-not-written": mark("{where} cannot be written ({detail}): choose another folder."),
}


def say(code: str, facts: Mapping[str, str | int | float] | None = None) -> str:
    """The sentence for a code, its facts filled in; a fact that is missing is left as `…`."""
    if code not in SENTENCES:
        code, facts = "unexpected", {"detail": code}
    return tr(SENTENCES[code]).format_map(_Facts(_in_words(facts or {})))


def _in_words(facts: Mapping[str, str | int | float]) -> dict[str, str | int | float]:
    """The facts with a stage in the creator's words, and amounts (which go with a `currency`) as people write them."""
    said = dict(facts)
    if said.get("stage") in STAGES:
        said["stage"] = tr(STAGES[str(said["stage"])]).lower()
    if "currency" in said:
        for name in _AMOUNTS & said.keys():
            said[name] = money(int(said[name]), str(said["currency"]))
    return said


def rebuilt(report: Mapping[str, Any]) -> str:
    """What a rebuild has found, in a few lines; `report` holds the fields of `library.rebuild.Rebuilt`."""
    lines = [
        tr(
            "The library is rebuilt: {records} clips from their records, {clips} from their files, {submits} submits."
        ).format(records=report["from_records"], clips=report["from_clips"], submits=report["submits"])
    ]
    if report["backup"]:
        lines.append(tr("It began with the backup {name}.").format(name=report["backup"]))
    if report["set_aside"]:
        lines.append(tr("The old database is kept as backups/{name}.").format(name=report["set_aside"]))
    for names, text in (
        (report["bad_records"], mark("These records could not be read: {names}.")),
        (report["bad_clips"], mark("These files are no playable videos: {names}.")),
        (report["without_recipe"], mark("These clips carry no recipe: {names}.")),
        (report["missing_files"], mark("The files of these clips are gone: {names}.")),
        (report["missing_images"], mark("The originals of these images are gone: {names}.")),
    ):
        if names:
            lines.append(tr(text).format(names=", ".join(names)))
    return "\n".join(lines)


class _Facts(dict[str, str | int | float]):
    def __missing__(self, key: str) -> str:
        return "…"


def system_language() -> str:
    """The catalogue name for the system's language: `zh_CN` for Simplified Chinese, else `en`."""
    said = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next((one for one in said if one), "") or locale.getlocale()[0] or ""
    wished = os.environ.get("LANGUAGE", "").partition(":")[0]
    if wished and name.partition(".")[0] not in ("C", "POSIX"):  # as gettext reads it
        name = wished
    return "zh_CN" if name.lower().startswith(("zh_cn", "zh-cn", "zh_sg", "zh_hans", "chinese (simplified)")) else "en"
