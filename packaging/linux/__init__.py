"""What Linux users get of the built folder: a Debian package, a portable archive, an AppImage."""
