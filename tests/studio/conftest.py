"""The far end of the wire, and our end of it."""

from tests.faults.fixtures import client, far, mp4

__all__ = ["client", "far", "mp4"]
