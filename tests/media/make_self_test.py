"""Makes the clips that the program decodes to test itself: `python -m tests.media.make_self_test` from the checkout.

Each is 320 x 180, 24 frames a second, 2 seconds; frame n carries n as ten black (0) and white (1) squares of 32 pixels
along its top, the lowest bit first (`making.number_of` reads it). They are kept under version control, since encoders
differ from build to build; run this again only to change what they show.
"""

from __future__ import annotations

from pathlib import Path

from tests.media import making

CLIPS = Path(__file__).parents[2] / "resources" / "clips"


def main() -> None:
    """Write both clips."""
    CLIPS.mkdir(parents=True, exist_ok=True)
    faststart = {"movflags": "+faststart"}
    making.clip(CLIPS / "self-test.mp4", gop=24, audio=True, muxer=faststart, options={"crf": "24"}, space=1)
    making.clip(CLIPS / "self-test-hevc.mp4", codec="libx265", gop=24, muxer=faststart, space=1)


if __name__ == "__main__":
    main()
