"""From a take to what comes before and after it: ways to continue, frames to grab, its family."""

from .family import FamilyTree
from .grabbing import Grabbing
from .ways import Ways

__all__ = ["FamilyTree", "Grabbing", "Ways"]
