"""The page for the eye: everything in place, nothing from outside, whatever the article holds."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from tests.unit.cli.conftest import Run

TEXT = (
    "Le phare rallumé 🌊\n\n"
    "Selon la mairie, 12 000 visiteurs sont venus en 2023.\n\n"
    "<script>alert('x')</script> & « e\u0301clairé » par 3 lampes.\r\n"
)


class Page(HTMLParser):
    """The words of the article column, the scripts, and every address that the page would load."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.scripts = "", 0
        self.addresses: list[str | None] = []
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.scripts += tag == "script"
        self.addresses += [value for name, value in found.items() if name in ("src", "href")]
        if tag == "div" and (self._depth or "text" in (found.get("class") or "").split()):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag == "div" and self._depth > 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.text += data


def record(**changes: object) -> bytes:
    return json.dumps({"external_id": "a", "source": {"name": "La Vigie"}, "text": TEXT, **changes}).encode()


def without_space(text: str) -> str:
    return "".join(text.split())


def test_the_page_shows_the_text_as_it_is_with_facts_beside_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "phare.txt").write_bytes(TEXT.encode())
    result = run("extract", "--html", tmp_path / "phare.txt", "--language", "fr")
    assert result.exit_code == 0
    page = Page(result.stdout)
    assert without_space(page.text) == without_space(TEXT)
    assert page.scripts == 1
    assert page.addresses == []
    assert 'class="fact quantity"' in result.stdout
    assert re.search(r"exact 12,000", result.stdout)


def test_the_page_goes_where_it_is_told(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("extract", "--html", page, stdin=record()).exit_code == 0
    first = page.read_bytes()
    assert b"12 000" in first
    assert run("extract", "--html", page, stdin=record(text="Le port est vide.")).exit_code == 0
    assert b"Le port est vide" in page.read_bytes()
    other = tmp_path / "other.html"
    assert run("extract", "--html", "-", "--output", other, stdin=record()).exit_code == 0
    assert other.read_bytes() == first


def test_a_page_of_others_is_read_and_not_written_over(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>Le phare de Brélan a été rallumé mardi par 12 gardiens.</p></body></html>", "utf-8")
    before = page.read_bytes()
    result = run("extract", "--html", page, "--language", "fr")
    assert result.exit_code == 0
    assert "rallumé" in Page(result.stdout).text
    assert page.read_bytes() == before


def test_what_cannot_be_read_is_named_on_the_page_and_by_the_exit_code(run: Run, tmp_path: Path) -> None:
    result = run("extract", "--html", "-", stdin=record() + b"\n{}\n")
    assert result.exit_code == 1
    assert "standard input:2" in result.stdout
    assert "12 000" in result.stdout
    missing = run("extract", "--html", tmp_path / "missing.txt")
    assert missing.exit_code == 2
    assert "does not exist" in missing.stderr
    assert run("extract", "-", "--output", tmp_path / "x.html", stdin=record()).exit_code == 2
