"""Which rules found a fact: a release and a fingerprint of its rules and data.

A stored extraction names the version that made it, so that ``sourcebook re-extract`` knows what a newer one would read
differently. A number kept by hand is forgotten when a word is added to a lexicon; the fingerprint is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

_READ = (".py", ".tsv", ".txt", ".json")


@lru_cache(maxsize=1)
def rules_version() -> str:
    """The release and, after a plus sign as in PEP 440, the fingerprint of the rules: "0.1.0+3fa9c01d"."""
    return f"{version('sourcebook')}+{fingerprint(files('extraction'))}"


def fingerprint(folder: Traversable) -> str:
    """Eight hexadecimal digits of SHA-256 over the code and the data in a package's folder."""
    total = hashlib.sha256()
    for path, file in sorted(_files(folder, "")):
        content = file.read_bytes()
        total.update(f"{path}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()[:8]


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry, name)
        elif entry.name.endswith(_READ):
            yield name, entry
