"""What is said about a previewed image: what the ratio keeps, what is sent, and what happened to it on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedance_desktop.domain.recipe import Reference
from seedance_desktop.words import size, tr

from .framing import Framing

if TYPE_CHECKING:
    from seedance_desktop.domain.kept_images import Prepared

_KINDS = {"jpg": "JPEG", "jpeg": "JPEG", "jpe": "JPEG", "tif": "TIFF", "tiff": "TIFF", "webp": "WebP"}


def title(number: int, name: str) -> str:
    """`Image 1 · Mara`."""
    return tr("Image {n} · {name}").format(n=number, name=name)


def kept(framing: Framing) -> str:
    """What of the picture the model will see."""
    share = framing.frame[2] * framing.frame[3]
    ratio = framing.ratio
    if not framing.at_centre:
        return tr("{ratio} keeps {share} of it, where you placed it").format(ratio=ratio, share=_percent(share))
    if round(share * 100) == 100:
        return tr("{ratio} keeps all of it").format(ratio=ratio)
    return tr("{ratio} keeps {share} of it").format(ratio=ratio, share=_percent(share))


def pixels(framing: Framing) -> str:
    """How much picture that is: `4032 × 2268`."""
    wide, high = framing.size
    return f"{wide} × {high}"


def place(framing: Framing) -> str:
    """Where the frame lies, for those who don't see it."""
    left, top, _, _ = framing.frame
    return tr("{left} from the left, {top} from the top").format(left=_percent(left), top=_percent(top))


def hint(framing: Framing) -> str:
    """What can be done about the frame, or why nothing can."""
    if framing.fixed:
        return tr("A link cannot be cropped: embed the image to crop it.")
    if not framing.big_enough:
        return tr("It is too small to be cropped by hand at {ratio}.").format(ratio=framing.ratio)
    if framing.most > 1 or framing.frame[2] * framing.frame[3] < 1:
        return tr("Drag to move, scroll to zoom")
    return ""


def sent(reference: Reference, prepared: Prepared | None) -> str:
    """What goes over the wire, and what it was made from."""
    if reference.link:
        return tr("Sent as the link it is: {link}").format(link=reference.link)
    if prepared is None:
        return tr("Preparing what is sent…")
    now = _file(prepared.width, prepared.height, prepared.mime.rpartition("/")[2], len(prepared.data))
    if not prepared.changed:
        return tr("Sent as it is: {file}").format(file=now)
    suffix = prepared.before_suffix.lstrip(".")
    before = _file(prepared.before_width, prepared.before_height, suffix, prepared.before_size)
    return tr("{before} → {after}").format(before=before, after=now)


def notes(prepared: Prepared | None) -> list[str]:
    """What was lost on the way."""
    said = []
    if prepared is not None and prepared.first_of_many:
        said.append(tr("Only the first frame of this animation is sent"))
    if prepared is not None and prepared.filled:
        said.append(tr("Transparent parts are sent white"))
    return said


def _percent(share: float) -> str:
    return tr("{n} %").format(n=round(share * 100))


def _file(width: int, height: int, kind: str, count: int) -> str:
    named = _KINDS.get(kind.lower(), kind.upper())
    return tr("{width} × {height} {kind}, {size}").format(width=width, height=height, kind=named, size=size(count))
