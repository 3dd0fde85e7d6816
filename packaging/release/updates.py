"""Signs the news of a release, for the owner of the key; and writes into a build where it looks for them.

    python -m release.updates key private.key                 makes a key pair; prints the public half
    python -m release.updates sign private.key news.json      prints the signed file to publish
    python -m release.updates verify PUBLIC signed.json       prints what it says, or fails

Run it in `packaging/` with the developer's environment (`../.venv/bin/python`), which has PyNaCl. The news is
{"product": "seedance-desktop", "version": "1.2.3", "published": "2026-11-22", "page": "https://…",
"notes": {"en": "…", "zh_CN": "…"}, "expires": "2027-11-22"}; `expires` may be left out.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nacl.signing import SigningKey

ADDRESS, KEY = "SEEDANCE_UPDATES_URL", "SEEDANCE_UPDATES_KEY"
FILE = "updates.json"
_BYTES = 32
_MOST = 64 * 1024
_VERSION = re.compile(r"(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}")
_FIELDS = {"product", "version", "published", "page", "notes"}


def write(folder: Path, environ: Mapping[str, str]) -> bool:
    """Write `updates.json` into a build's resources if the environment names an address and a public key.

    Without them none is there afterwards, and the program has no entry for updates. One without the other, or of
    another shape, ends the build: raises SystemExit.
    """
    address, key = environ.get(ADDRESS, "").strip(), environ.get(KEY, "").strip()
    (folder / FILE).unlink(missing_ok=True)
    if not address and not key:
        return False
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        raise SystemExit(f"{ADDRESS} must be an https address without a user: {address!r}")
    _public(key)
    (folder / FILE).write_text(json.dumps({"address": address, "key": key}), encoding="utf-8")
    return True


def make_key(private: Path) -> str:
    """Write a new private key, readable by its owner only, and give the public half; never over an old one."""
    from nacl.signing import SigningKey

    key = SigningKey.generate()
    handle = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(bytes(key)) + b"\n")
    return base64.b64encode(bytes(key.verify_key)).decode()


def sign(private: Path, news: bytes) -> bytes:
    """The file to publish; raises SystemExit for news that the program would not take."""
    said = json.loads(news)
    if not isinstance(said, dict) or not said.keys() >= _FIELDS:
        raise SystemExit(f"the news needs {', '.join(sorted(_FIELDS))}")
    if said["product"] != "seedance-desktop" or not _VERSION.fullmatch(said["version"]):
        raise SystemExit("the product is seedance-desktop, and a version three numbers: 1.2.3")
    if not isinstance(said["notes"], dict) or "en" not in said["notes"]:
        raise SystemExit("the notes go by language, and English must be there")
    signature = _private(private).sign(news).signature
    texts = {"payload": base64.b64encode(news).decode(), "signature": base64.b64encode(signature).decode()}
    signed = json.dumps(texts).encode() + b"\n"
    if len(signed) > _MOST:
        raise SystemExit(f"the signed file has {len(signed)} bytes, and the program reads no more than {_MOST}")
    return signed


def verify(public: str, signed: bytes) -> bytes:
    """The news that a signed file holds; raises SystemExit where the signature isn't of that key."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    texts = json.loads(signed)
    payload, signature = (base64.b64decode(texts[name], validate=True) for name in ("payload", "signature"))
    try:
        return VerifyKey(_public(public)).verify(payload, signature)
    except BadSignatureError:
        raise SystemExit("NOT signed by this key") from None


def main(args: Sequence[str]) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, names in (("key", ["private"]), ("sign", ["private", "news"]), ("verify", ["public", "signed"])):
        one = verbs.add_parser(verb)
        for name in names:
            one.add_argument(name)
    asked = parser.parse_args(args)
    if asked.verb == "key":
        print(make_key(Path(asked.private)))
    elif asked.verb == "sign":
        sys.stdout.write(sign(Path(asked.private), Path(asked.news).read_bytes()).decode())
    else:
        sys.stdout.write(verify(asked.public, Path(asked.signed).read_bytes()).decode())
    return 0


def _public(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _BYTES:
        raise SystemExit(
            f"a public key is {_BYTES} bytes in base64, as `release.updates key` prints it; {KEY} holds it"
        )
    return key


def _private(file: Path) -> SigningKey:
    from nacl.signing import SigningKey

    return SigningKey(base64.b64decode(file.read_bytes().strip(), validate=True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
