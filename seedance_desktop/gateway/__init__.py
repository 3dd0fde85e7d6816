"""HTTP: the client, the wire format, what an answer means; the only room with httpx."""

from .answers import Outcome, Sight, State, Submitted
from .client import Gateway
from .downloads import Download, Fetch

__all__ = ["Download", "Fetch", "Gateway", "Outcome", "Sight", "State", "Submitted"]
