"""Writes the bill of materials of the built program, in CycloneDX's form: every package and native library in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from environment import BOM, PACKAGE
from licences import listing
from steps import need

_SECOND_HALF = Path(__file__).with_name("bill_of_materials.py")


def write(folder: Path, version: str, target: Path) -> Path:
    """Write the bill of the program in `folder` into `target`; raises Stop where it would not be a valid one."""
    BOM.ensure()
    bill = target / f"seedance-desktop-{version}.cdx.json"
    with tempfile.TemporaryDirectory() as scratch:
        installed = Path(scratch, "environment.json")
        tool = [str(BOM.python), "-m", "cyclonedx_py", "environment", "--output-reproducible", "--of", "JSON"]
        need([*tool, "--output-file", str(installed), str(PACKAGE.python)], "The packages could not be listed")
        listed = listing.inside_of(folder) / "licences" / "components.json"
        command = [str(BOM.python), str(_SECOND_HALF), str(installed), str(listed), str(bill)]
        need(command, "The bill of materials could not be written")
    return bill
