"""What was chosen at the last hand-over, as it is kept with the library."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace

from seedance_desktop.domain.handover import Format, Handover, Listing

_BLANK = Handover((), "")


def keep(handover: Handover) -> str:
    """All but the clips, as JSON."""
    chosen = asdict(replace(handover, ids=()))
    del chosen["ids"]
    return json.dumps(chosen, ensure_ascii=False)


def kept(text: str) -> Handover:
    """What `keep` wrote, without clips; what can't be read is as it is the first time."""
    try:
        read = json.loads(text)
    except ValueError:
        return _BLANK
    if not isinstance(read, dict):
        return _BLANK
    plain = {
        one.name: read[one.name]
        for one in fields(Handover)
        if type(read.get(one.name)) is type(getattr(_BLANK, one.name))
    }
    form, listing = (str(read.get(name)) for name in ("format", "listing"))
    return replace(
        _BLANK,
        **plain,
        format=Format(form) if form in list(Format) else _BLANK.format,
        listing=Listing(listing) if listing in list(Listing) else _BLANK.listing,
    )
