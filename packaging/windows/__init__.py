"""What Windows users get of the built folder: an installer and a zip, signed where the secrets are there."""
