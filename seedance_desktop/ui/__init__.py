"""Widgets: they know domain and words, and nothing else of ours."""
