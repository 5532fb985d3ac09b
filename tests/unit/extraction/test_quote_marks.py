"""Quotation marks: nesting, paragraphs, marks that nothing closes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.quote_marks import find_quotes
from extraction.spans import Span


def _contents(*paragraphs: str) -> list[str]:
    text = "\n".join(paragraphs)
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    return [quote.content.of(text) for quote in find_quotes(text, spans)]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Il dit « oui » puis « non ».", ["oui", "non"]),
        ("“Yes,” she said.", ["Yes"]),
        ('Il dit "oui" et part.', ["oui"]),
        ("« Il m'a dit « jamais » hier » et part.", ["Il m'a dit « jamais » hier"]),
        ("« Il a lu “Demain” », dit-elle.", ["Il a lu “Demain”"]),
        ('Un écran de 27" coûte cher.', []),
        ("Une « citation que rien ne ferme.", []),
        ("Une « faute puis « une citation » close.", ["une citation"]),
        ("«\u00a0Oui\u00a0», dit-elle.", ["Oui"]),
    ],
)
def test_find_quotes_gives_outermost_contents(text: str, contents: list[str]) -> None:
    assert _contents(text) == contents


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("<< Oui >>, dit-elle, << mais pas demain. >>", ["Oui", "mais pas demain."]),
        ("‘I didn’t know,’ he said.", ["I didn’t know"]),
        ("‘The workers’ union met,’ he said.", ["The workers’ union met"]),
        ("'The workers' union met,' he said.", ["The workers' union met"]),
        ("They gave 'em five, the dogs' owner said.", []),
        ("It was a ‘soft’ launch.", ["soft"]),
        ("In the '90s they won.", []),
        ("He said “it’s ‘fine’ now” twice.", ["it’s ‘fine’ now"]),
        ("‹ Oui ›, dit-il.", ["Oui"]),
    ],
)
def test_find_quotes_reads_every_kind_of_mark(text: str, contents: list[str]) -> None:
    found = find_quotes(text, [Span(0, len(text))], frozenset({"em"}))
    assert [quote.content.of(text) for quote in found] == contents


def test_find_quotes_leaves_straight_single_marks_where_a_language_has_none() -> None:
    assert _contents("Il a dit 'oui' et 'non'.") == []


def test_find_quotes_goes_on_where_each_paragraph_repeats_the_mark() -> None:
    assert _contents("« Un.", "« Deux.", "« Trois », dit-il.") == ["Un.", "Deux.", "Trois"]


def test_find_quotes_does_not_go_on_into_a_quotation_of_its_own() -> None:
    assert _contents("« Jamais fermé.", "Une « autre » phrase.") == ["autre"]


def test_find_quotes_goes_on_over_paragraphs() -> None:
    assert _contents("« Le début.", "« La suite », dit-il.") == ["Le début.", "La suite"]


def test_find_quotes_says_which_part_continues() -> None:
    text = "« Le début.\n« La suite », dit-il."
    first, second = find_quotes(text, [Span(0, 11), Span(12, len(text))])
    assert (first.continued, second.continued) == (False, True)


@given(st.lists(st.text(alphabet="«»“”\"‘’<>'ab .,\n", max_size=30), max_size=4))
def test_find_quotes_stays_inside_passages_in_order(paragraphs: list[str]) -> None:
    text = "\n".join(paragraphs)
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    quotes = find_quotes(text, [span for span in spans if len(span)])
    assert [q.span for q in quotes] == sorted(q.span for q in quotes)
    for quote in quotes:
        assert quote.span.contains(quote.content)
        assert any(span.contains(quote.span) for span in spans)
