"""The program as one folder: PyInstaller in an environment of its own, trimmed, its links looked at, weighed."""
