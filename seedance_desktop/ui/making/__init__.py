"""Clips in the making: the list, its rows and what they say."""

from .making import Making

__all__ = ["Making"]
