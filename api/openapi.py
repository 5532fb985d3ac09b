"""Writes the OpenAPI description to a file: ``python -m api.openapi openapi.yaml``."""

from __future__ import annotations

import sys
from pathlib import Path

from api.app import describe
from api.description import to_yaml


def main(arguments: list[str]) -> int:
    """Write the description to the file named, or to standard output."""
    written = to_yaml(describe())
    if arguments:
        Path(arguments[0]).write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
