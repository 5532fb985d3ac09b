"""How much page furniture is set aside, and how much body kept, on invented pages of many outlets.

Half of the pages are held out: nobody looks at what is missed there, and no weight is learnt from them. Floors only
rise.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extraction.passages import divide
from tests.eval.marked_pages import Count, MarkedPage, articles, bodies, collection, count, read_pages, single_lines

# Language -> shares of furniture removed and of body kept, on the half that is open and on the half that is held out.
OPEN = {"fr": (0.90, 0.999), "en": (0.90, 0.999)}
HELD_OUT = {"fr": (0.80, 0.985), "en": (0.85, 0.985)}
ARTICLES = {"fr": (0.95, 0.999), "en": (0.90, 0.999)}


def total(pages: list[MarkedPage], language: str) -> Count:
    found = Count()
    for page in pages:
        if page.language == language:
            found += count(page)
    return found


@pytest.mark.parametrize(
    ("pages", "floors"),
    [
        (collection(held_out=False), OPEN),
        (collection(held_out=True), HELD_OUT),
        (articles(), ARTICLES),
    ],
    ids=["open", "held-out", "articles"],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_cleaning_stays_above_its_floors(
    pages: list[MarkedPage], floors: dict[str, tuple[float, float]], language: str
) -> None:
    found = total(pages, language)
    removed, kept = floors[language]
    assert found.removed >= removed * found.junk
    assert found.kept >= kept * found.body


@pytest.mark.parametrize("page", bodies(), ids=lambda page: f"{page.language}-{(page.title or '')[:30]}")
def test_cleaning_keeps_every_sign_of_an_article_without_furniture(page: MarkedPage) -> None:
    found = count(page)
    assert found.kept == found.body


def test_cleaning_takes_time_in_line_with_a_pages_length() -> None:
    lines = [text for _, label, text in single_lines() if label == "B"]
    page = "\n".join(lines * 8)
    short, long = page[: len(page) // 8], page
    divide(short, None, "fr")
    started = time.perf_counter()
    divide(short, None, "fr")
    middle = time.perf_counter()
    divide(long, None, "fr")
    ended = time.perf_counter()
    assert ended - middle < 8 * 4 * (middle - started) + 0.2


def test_half_of_the_collection_is_held_out() -> None:
    held, shown = len(collection(held_out=True)), len(collection(held_out=False))
    assert held + shown >= 80
    assert 0.4 < held / (held + shown) < 0.6


def test_read_pages_tells_furniture_within_a_line(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("=== fr | Titre\nT|Titre\nB|Le pont ferme. {{Lire aussi : Le bac}}\n", encoding="utf-8")
    (page,) = read_pages(path)
    assert [(page.text[s:e], label) for s, e, label in page.parts] == [
        ("Titre", "T"),
        ("Le pont ferme. ", "B"),
        ("Lire aussi : Le bac", "J"),
    ]
