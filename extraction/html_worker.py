"""The process that reads one HTML page: bytes in on standard input, one JSON object out on standard output.

Started by ``extraction.html`` as a file of its own, in an isolated interpreter, so that it imports nothing of this
project and little else. It limits its own memory and processor time before it reads anything. Exit codes: 0 with an
object, 3 where the page holds no text, anything else is a failure.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from typing import Any

NO_TEXT = 3
# Reading dates from the page's prose would be a guess, and the upper bound keeps the answer from the day it is asked.
_DATE_SETTINGS = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
_PUBLISHED = re.compile(r"""published_time["'][^>]{0,40}?content=["']([^"'<>]{10,40})["']""", re.IGNORECASE)
_LANGUAGE = re.compile(r"""<html[^>]{0,400}?\blang=["']?([a-z]{2,3})\b""", re.IGNORECASE)
_HEAD = 200_000


def limit_resources(memory: int, seconds: int) -> None:
    """Bound address space (bytes) and processor time (seconds) of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read_page(html: str) -> dict[str, Any] | None:
    """Text, title, authors, date and language of a page; None where it holds no text."""
    from trafilatura.baseline import html2txt  # noqa: PLC0415  # only once memory is bounded
    from trafilatura.core import bare_extraction  # noqa: PLC0415

    page = html if "<body" in html[:_HEAD].lower() else f"<html><body>{html}</body></html>"
    document: Any = bare_extraction(
        page, include_comments=False, include_tables=True, with_metadata=True, date_extraction_params=_DATE_SETTINGS
    )
    text = (document.text if document is not None else None) or html2txt(page)
    if not text or not text.strip():
        return None
    published = _PUBLISHED.search(html, 0, _HEAD)
    language = _LANGUAGE.search(html, 0, _HEAD)
    return {
        "text": text.strip(),
        "title": document.title if document is not None else None,
        "authors": document.author if document is not None else None,
        "published": published[1] if published else (document.date if document is not None else None),
        "language": language[1].lower() if language else None,
    }


def main(arguments: list[str]) -> int:
    """Read a page under the limits given as arguments: memory in bytes, processor time in seconds."""
    limit_resources(int(arguments[0]), int(arguments[1]))
    html = sys.stdin.buffer.read().decode("utf-8", "replace").replace("\0", "")
    found = read_page(html)
    if found is None:
        return NO_TEXT
    sys.stdout.buffer.write(json.dumps(found).encode("ascii"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
