"""The verbs and the life of one clip; the only writer of the library, on one asyncio loop, without Qt."""

from .parts import Parts
from .studio import Studio

__all__ = ["Parts", "Studio"]
