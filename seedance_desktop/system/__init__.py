"""Keyring, preferences on disk, folders, the log without secrets, and the one-at-a-time lock."""
