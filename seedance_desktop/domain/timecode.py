"""Timecode: hours, minutes, seconds and frames, counted from 0."""

from __future__ import annotations


def timecode(frame: int, fps: float) -> str:
    """`HH:MM:SS:FF` of a frame number at `fps` frames a second (non-drop, the rate rounded to whole frames)."""
    rate = max(1, round(fps))
    seconds, frames = divmod(frame, rate)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}:{frames:02}"
