"""The composer: prompt, references, settings and the button that says what it costs."""

from .composer import Composer

__all__ = ["Composer"]
