"""A disk to fill."""

from tests.faults.fixtures import small_disk

__all__ = ["small_disk"]
