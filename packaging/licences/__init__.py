"""Whose everything in the built program is: the licences with their texts, and the bill of materials."""
