"""Shows on the built thing, not on its source, that it works: the folder, the package, the installers."""
