"""Pictures of every view of the real window, to be looked at beside the design."""
