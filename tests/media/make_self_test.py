"""Makes what the program reads to test itself: `python -m tests.media.make_self_test [clips] [photograph]`.

Each is 320 x 180, 24 frames a second, 2 seconds; frame n carries n as ten black (0) and white (1) squares of 32 pixels
along its top, the lowest bit first (`making.number_of` reads it). The photograph is the demo's lighthouse, as a
telephone stores it that was held turned, in its wide colours. All are kept under version control, since encoders differ
from build to build; run this again only to change what they show. (resources/self-test is proof/authority.py's.)
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image, ImageCms

from tests.media import gallery, making

RESOURCES = Path(__file__).parents[2] / "resources"
CLIPS = RESOURCES / "clips"


def clips() -> None:
    """Write both clips."""
    CLIPS.mkdir(parents=True, exist_ok=True)
    faststart = {"movflags": "+faststart"}
    making.clip(CLIPS / "self-test.mp4", gop=24, audio=True, muxer=faststart, options={"crf": "24"}, space=1)
    making.clip(CLIPS / "self-test-hevc.mp4", codec="libx265", gop=24, muxer=faststart, space=1)


def photograph() -> None:
    """Write the lighthouse as HEIC: 640 x 360 as a person sees it; in the file turned by a quarter, in Display P3."""
    with Image.open(RESOURCES / "demo" / "lighthouse.jpg") as original:
        small = original.convert("RGB").resize((640, 360), Image.Resampling.LANCZOS)
    profile = making.display_p3()
    narrow, wide = (ImageCms.ImageCmsProfile(one) for one in (ImageCms.createProfile("sRGB"), io.BytesIO(profile)))
    converted = ImageCms.profileToProfile(small, narrow, wide)
    assert converted is not None
    stored = gallery.stored(converted, 6)
    stored.info["icc_profile"] = profile
    exif = Image.Exif()
    exif[0x0112] = 6
    (CLIPS / "self-test.heic").write_bytes(gallery.heif(stored, exif=exif.tobytes(), quality=70))


PARTS = {"clips": clips, "photograph": photograph}


if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
