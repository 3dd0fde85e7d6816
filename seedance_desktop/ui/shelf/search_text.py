"""What is typed into the search, as part of a query."""

from __future__ import annotations

from dataclasses import replace

from seedance_desktop.domain.shelf import Query


def read(text: str, query: Query) -> Query:
    """The query with what is typed in it."""
    return replace(query, text=text)


def write(query: Query) -> str:
    """What would have to be typed."""
    return query.text
