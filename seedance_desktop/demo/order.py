"""What a submitted body asks for, read as strictly as the contract is written.

Lenient relays hide a client's mistakes; this one names them. Source of every rule: the sections "Documented" and "What
the client sends" of the gateway's contract.
"""

import re
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from seedance_desktop.demo.pictures import checked_picture
from seedance_desktop.demo.refusal import Refusal

MODELS: Final = frozenset({"doubao/doubao-seedance-2-0-260128"})
DURATIONS: Final = (5, 10)
FRAME_RATE: Final = 24
MOST_REFERENCES: Final = 9
SIZES: Final = {
    "480p": {"16:9": (864, 496), "9:16": (496, 864), "1:1": (640, 640)},
    "720p": {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (960, 960)},
    "1080p": {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1440, 1440)},
}
_FIELDS: Final = {"model", "content", "ratio", "duration", "resolution"}
_HTTPS: Final = re.compile(r"https://[^/\s]+\S*", re.IGNORECASE)
T = TypeVar("T", str, int)


@dataclass(frozen=True)
class Order:
    """One clip to make. `use` is none, first_frame, first_last or references; `duration` is in seconds.

    `pictures` are names of files in the store, in the order in which the clip shows them; an address that was not
    fetched is an empty name.
    """

    prompt: str
    use: str
    ratio: str
    duration: int
    resolution: str
    pictures: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return SIZES[self.resolution][self.ratio]

    @property
    def frames(self) -> int:
        """How many frames the clip has: one more than its seconds hold, as upstream delivers."""
        return FRAME_RATE * self.duration + 1


def read_order(body: object) -> tuple[Order, list[bytes]]:
    """Return the order and its pictures' files (empty bytes for an address). Raises Refusal. Decodes: off the loop."""
    if not isinstance(body, dict):
        raise Refusal("InvalidParameter", "The body must be a JSON object.")
    if unknown := sorted(set(body) - _FIELDS):
        raise Refusal("InvalidParameter", f"Unknown field: {unknown[0]}.")
    _check_model(body)
    content = body.get("content")
    if not isinstance(content, list) or not content:
        raise Refusal("MissingParameter", "content must be a list of at least one item.")
    prompt, images = _split(content)
    use, images = _use_of(images)
    order = Order(
        prompt=prompt,
        use=use,
        ratio=_choice(body, "ratio", tuple(SIZES["720p"]), "16:9"),
        duration=_choice(body, "duration", DURATIONS, 5),
        resolution=_choice(body, "resolution", tuple(SIZES), "1080p"),
    )
    return order, [_picture(item, number) for number, item in enumerate(images, 1)]


def _check_model(body: dict[str, Any]) -> None:
    model = body.get("model")
    if not isinstance(model, str) or not model:
        raise Refusal("MissingParameter", "model is missing.")
    if model not in MODELS:
        raise Refusal("ModelNotFound", f"There is no model {model[:80]}.", status=404)


def _choice(body: dict[str, Any], field: str, allowed: tuple[T, ...], default: T) -> T:
    value = body.get(field, default)
    # 5.0 and True equal a whole number in Python; on the wire they are something else.
    if type(value) is not type(default) or value not in allowed:
        raise Refusal("InvalidParameter", f"{field} must be one of {', '.join(map(str, allowed))}.")
    return value


def _split(content: list[Any]) -> tuple[str, list[dict[str, Any]]]:
    """The prompt and the image items. One text item, before the images; images may also stand alone."""
    for item in content:
        if not isinstance(item, dict) or item.get("type") not in ("text", "image_url"):
            raise Refusal("InvalidParameter", "Every item of content must be of the type text or image_url.")
    if content[0]["type"] == "image_url":
        prompt, images = "", content
    else:
        prompt, images = _prompt(content[0]), content[1:]
    if any(item["type"] == "text" for item in images):
        raise Refusal("InvalidParameter", "content takes one text item, and it stands first.")
    return prompt, images


def _prompt(item: dict[str, Any]) -> str:
    text = item.get("text")
    if set(item) != {"type", "text"} or not isinstance(text, str) or not text.strip():
        raise Refusal("InvalidParameter", "A text item has a type and a text that says something.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refusal("InvalidParameter", "The text has half a character in it.")
    return text


def _use_of(images: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """What the images are for, by their roles, and the images in the order in which they are shown."""
    roles = [item.get("role") for item in images]
    if not images:
        return "none", images
    if roles == [None]:
        return "first_frame", images
    if roles == ["first_frame", "last_frame"]:
        return "first_last", images
    if roles == ["last_frame", "first_frame"]:
        return "first_last", images[::-1]
    if set(roles) == {"reference_image"} and len(roles) <= MOST_REFERENCES:
        return "references", images
    raise Refusal(
        "InvalidParameter",
        "Images are one without a role, or first_frame and last_frame, or one to nine reference_image.",
    )


def _picture(item: dict[str, Any], number: int) -> bytes:
    address = item.get("image_url")
    if not set(item) <= {"type", "image_url", "role"} or not isinstance(address, dict) or set(address) != {"url"}:
        raise Refusal("InvalidParameter", f'Image {number}: image_url must be an object {{"url": …}}.')
    url = address["url"]
    if isinstance(url, str) and url.startswith("data:"):
        return checked_picture(url, number)
    if isinstance(url, str) and _HTTPS.fullmatch(url):
        return b""
    raise Refusal("InvalidParameter", f"Image {number}: the url must be https:// or data:image/…;base64,….")
