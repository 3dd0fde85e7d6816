"""What Mac users get of the built bundle: a disk image, signed and notarised where the secrets are there."""
