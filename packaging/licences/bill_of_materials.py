"""The second half of bill.py, in the environment that has CycloneDX's library: what is bundled, checked, written.

`bill_of_materials.py ENVIRONMENT COMPONENTS BILL`: the list of all installed packages, that of what is bundled, and
where the bill goes.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

VERSION = SchemaVersion.V1_6
_LICENCES = LicenseFactory()


def main(installed: Path, listed: Path, bill: Path) -> int:
    """Write the bill; 1 and what is wrong where it would not be valid."""
    kept = json.loads(listed.read_text(encoding="utf-8"))
    bom: Bom = Bom.from_json(json.loads(installed.read_text(encoding="utf-8")))
    program, parts = _component(kept[0], ComponentType.APPLICATION), kept[1:]
    packages = {_plain(one["name"]) for one in parts if one["package"]}
    found = [component for component in bom.components if _plain(component.name) in packages]
    if missing := packages - {_plain(component.name) for component in found}:
        sys.stderr.write(f"Bundled, and not in the environment: {', '.join(sorted(missing))}\n")
        return 1
    found += [_component(one, ComponentType.LIBRARY) for one in parts if not one["package"]]
    bom.components.clear()
    bom.dependencies.clear()
    bom.components.update(found)
    bom.metadata.component = program
    bom.metadata.timestamp = None
    bom.register_dependency(program, found)
    text = make_outputter(bom, OutputFormat.JSON, VERSION).output_as_string(indent=1)
    if wrong := JsonStrictValidator(VERSION).validate_str(text):
        sys.stderr.write(f"{wrong}\n")
        return 1
    bill.write_text(text + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write(f"{bill.name}: {len(found)} components, valid CycloneDX {VERSION.to_version()}\n")
    return 0


def _component(kept: dict[str, Any], kind: ComponentType) -> Component:
    links = [
        (ExternalReferenceType.WEBSITE, kept["homepage"]),
        (ExternalReferenceType.SOURCE_DISTRIBUTION, kept["source"]),
    ]
    return Component(
        type=kind,
        name=kept["name"],
        version=kept["version"] or None,
        bom_ref=f"{_plain(kept['name'])}@{kept['version'] or 'bundled'}",
        licenses=[_LICENCES.make_from_string(kept["licence"])],
        external_references=[
            ExternalReference(type=kind, url=XsUri(url.split(" ")[0])) for kind, url in links if ":/" in url
        ],
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
