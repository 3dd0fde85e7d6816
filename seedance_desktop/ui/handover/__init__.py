"""The dialog that asks how clips are handed over to the editor."""

from .choices import keep, kept
from .dialog import HandoverDialog

__all__ = ["HandoverDialog", "keep", "kept"]
