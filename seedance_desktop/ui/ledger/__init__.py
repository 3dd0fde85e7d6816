"""The ledger: every approved submit with what is known of its charge, and what to do about it."""

from .ledger import Ledger

__all__ = ["Ledger"]
