"""The controls that screens are built of: Qt's own widgets, drawn as the design says."""

from .button import Button
from .field import Field
from .labels import Chip, ElidedLabel, Separator, Text
from .panel import Panel
from .picker import Option, Picker, Segment
from .select import Select
from .stepper import Stepper
from .switch import Switch

__all__ = [
    "Button",
    "Chip",
    "ElidedLabel",
    "Field",
    "Option",
    "Panel",
    "Picker",
    "Segment",
    "Select",
    "Separator",
    "Stepper",
    "Switch",
    "Text",
]
