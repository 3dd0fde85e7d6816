"""The images of the library on screen: every reference ever used, with the creator's names and tags for them."""

from seedance_desktop.ui.tagging import CrossChip

from .filters import ImageFilters
from .landing import Landing
from .pane import ImagesPane

__all__ = ["CrossChip", "ImageFilters", "ImagesPane", "Landing"]
