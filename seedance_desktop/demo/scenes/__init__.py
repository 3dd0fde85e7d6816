"""The places that the built-in gateway knows; each file is one, and draws any moment of it."""
