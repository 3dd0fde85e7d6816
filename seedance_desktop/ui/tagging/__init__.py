"""Tags of anything: chips that can be taken away, a field that completes new ones, wrapped or on one line."""

from .chip import CrossChip
from .editor import TagsEditor
from .line import TagsLine

__all__ = ["CrossChip", "TagsEditor", "TagsLine"]
