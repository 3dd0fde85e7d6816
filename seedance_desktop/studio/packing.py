"""What is sent for each image of a recipe: the one place that says it, for the preview and for the wire."""

from __future__ import annotations

from collections.abc import Sequence

from seedance_desktop.domain.catalogue import WIRE_BODY_BYTES, WIRE_IMAGE_BYTES
from seedance_desktop.domain.errors import BadImage
from seedance_desktop.domain.kept_images import Prepared
from seedance_desktop.domain.recipe import Recipe, Reference
from seedance_desktop.gateway import wire
from seedance_desktop.library.files import Folders


def prepare(references: Sequence[Reference], folders: Folders) -> list[Prepared | BadImage]:
    """Each image as it will be sent, in order, or why it can't be (blocking).

    One that is sent as a link has no `data` and no `mime`: nobody here sees what the gateway will find there.
    """
    most = budget(references)
    return [prepare_one(reference, folders, most) for reference in references]


def budget(references: Sequence[Reference]) -> int:
    """The most bytes of each image on the wire, after base64: all sent as bytes share the request's (GATEWAY.md)."""
    count = max(1, sum(not reference.link for reference in references))
    return min(WIRE_IMAGE_BYTES, WIRE_BODY_BYTES // count)


def body(recipe: Recipe, folders: Folders) -> bytes:
    """The body of a submit with every image encoded (blocking); raises `BadImage`."""
    images = []
    for one in prepare(recipe.references, folders):
        if isinstance(one, BadImage):
            raise one
        link = one.reference.link
        images.append(wire.Image(link=link) if link else wire.Image(one.mime, one.data))
    made = wire.body(recipe, images)
    if len(made) > WIRE_BODY_BYTES + 200_000:
        raise BadImage("images-too-heavy", most=WIRE_BODY_BYTES // 1_000_000)
    return made


def prepare_one(reference: Reference, folders: Folders, most_bytes: int) -> Prepared | BadImage:
    """One image as it will be sent within `most_bytes` on the wire, or why it can't be (blocking)."""
    from seedance_desktop.media import images

    size = reference.width, reference.height
    if reference.link:
        return Prepared(reference, b"", "", *size, reference.suffix, 0, *size)
    if not reference.file:
        return BadImage("image-missing", name=reference.name)
    path = folders.references / reference.file
    try:
        sent = images.for_wire(path, reference.name, most_bytes=most_bytes, part=reference.part)
    except BadImage as problem:
        return problem
    return Prepared(
        reference,
        sent.data,
        sent.mime,
        sent.width,
        sent.height,
        sent.before_suffix,
        sent.before_size,
        sent.before_width,
        sent.before_height,
        sent.first_of_many,
        sent.filled,
        sent.changed,
    )
