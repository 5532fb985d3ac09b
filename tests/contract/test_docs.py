"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_PATH = re.compile(r"`((?:extraction|tests|benchmarks|docs|api|cli|services|models|search_index)/[\w./*-]+)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=[str(d.relative_to(ROOT)) for d in DOCUMENTS])
def test_document_points_at_what_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    links = [link for link in _LINK.findall(text) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []
    assert [path for path in _PATH.findall(text) if not list(ROOT.glob(path.rstrip("/")))] == []


def test_commands_of_make_that_documents_name_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    code = [
        span for d in DOCUMENTS for span in re.findall(r"`make [a-z]+|^make [a-z]+", d.read_text("utf-8"), re.MULTILINE)
    ]
    assert {span.strip("`").removeprefix("make ") for span in code} - targets == set()
