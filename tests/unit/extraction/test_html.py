"""HTML pages, good and hostile, through the real worker process."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extraction.html import HtmlEmpty, HtmlError, HtmlTimeout, HtmlTooLarge, extract_html

PAGE = """<html lang="fr-FR"><head><title>Le quai ferme | Le Courrier</title><meta name="author" content="Anne Le Goff">
<meta property="article:published_time" content="2024-03-05T10:00:00Z"></head>
<body><nav><a href="/">Accueil</a></nav><article><h1>Le quai ferme</h1>
<p>Le quai nord de Lannec a été fermé <b>mardi</b> soir par la ville, après la chute d'une grue.</p>
<h2>Des travaux</h2><p>Les travaux dureront trois mois.<br>Ils coûteront 2 millions d'euros.</p>
</article></body></html>"""


def test_extract_html_keeps_paragraphs_and_headings_on_lines_of_their_own() -> None:
    article = extract_html(PAGE)
    lines = article.text.splitlines()
    assert "Des travaux" in lines
    assert "Le quai nord de Lannec a été fermé mardi soir par la ville, après la chute d'une grue." in lines
    assert "Accueil" not in article.text


def test_extract_html_reads_the_metadata() -> None:
    article = extract_html(PAGE)
    assert article.authors == ("Anne Le Goff",)
    assert article.language == "fr"
    assert article.published == datetime(2024, 3, 5, 10, tzinfo=UTC)


def test_extract_html_takes_a_fragment() -> None:
    assert extract_html("<p>La ville a fermé le quai.</p>").text == "La ville a fermé le quai."


@pytest.mark.parametrize("page", ["", " ", "<html></html>", "\0" * 50, "<script>alert(1)</script>"])
def test_extract_html_refuses_a_page_without_text(page: str) -> None:
    with pytest.raises(HtmlEmpty, match="send the text"):
        extract_html(page)


def test_extract_html_refuses_a_page_that_is_too_large() -> None:
    with pytest.raises(HtmlTooLarge, match="1000 bytes"):
        extract_html("é" * 600, max_bytes=1000)


def test_extract_html_gives_up_at_the_time_limit() -> None:
    with pytest.raises(HtmlTimeout, match=r"0\.01 seconds"):
        extract_html(PAGE, timeout=0.01)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "Bonjour" + "</div>" * 100_000,
        "<p>x" * 200_000,
        '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><p>&b; Bonjour tout le monde.</p>',
        "<table>" * 3000 + "Bonjour",
        "<p " + "a=1 " * 100_000 + ">Bonjour</p>",
    ],
    ids=["nested", "paragraphs", "entities", "tables", "attributes"],
)
def test_extract_html_answers_or_refuses_a_hostile_page(page: str) -> None:
    try:
        text = extract_html(page, timeout=3).text
    except HtmlError as error:
        text = str(error)
    assert "Bonjour" in text or "send" in text or "x" in text


def test_extract_html_gives_text_that_encodes_as_utf_8() -> None:
    article = extract_html("<p>La ville \ud800 a fermé \0 le quai nord.</p>")
    assert article.text.encode("utf-8")
    assert "\0" not in article.text
