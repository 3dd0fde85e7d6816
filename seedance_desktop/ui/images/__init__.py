"""The images of the library on screen: every reference ever used, with the creator's names and tags for them."""

from .filters import ImageFilters
from .pane import ImagesPane

__all__ = ["ImageFilters", "ImagesPane"]
