"""The large preview: what of a reference image the model will see, and moving that by hand."""

from .preview import Preview

__all__ = ["Preview"]
