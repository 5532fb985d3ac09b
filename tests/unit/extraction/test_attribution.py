"""Which statement a word stands in."""

from __future__ import annotations

from extraction.attribution import Scope, attribution_for, find_scope
from extraction.document import Attribution, Cue
from extraction.spans import Span


def _said_by(name: str, lemma: str = "dire") -> Attribution:
    return Attribution(Span(0, 3), name, None, Cue(lemma, Span(4, 7)))


def test_attribution_for_is_the_innermost_statement() -> None:
    outer = Scope(Span(10, 90), _said_by("L'agence"), "say")
    inner = Scope(Span(30, 60), _said_by("Le ministre"), "say")
    assert attribution_for(Span(40, 45), [outer, inner]) == inner.attribution
    assert attribution_for(Span(70, 75), [outer, inner]) == outer.attribution


def test_attribution_for_is_none_in_the_articles_own_voice() -> None:
    assert attribution_for(Span(0, 5), [Scope(Span(10, 90), _said_by("L'agence"), "say")]) is None


def test_find_scope_prefers_quotation_marks_where_both_cover_the_same_words() -> None:
    reported = Scope(Span(10, 20), _said_by("Le maire"), "say")
    quoted = Scope(Span(10, 20), _said_by("Le maire"), "say", direct=True)
    assert find_scope(Span(12, 14), [reported, quoted]) is quoted


def test_scope_of_an_accusation_is_partisan() -> None:
    assert Scope(Span(0, 5), _said_by("Le parti", "accuser"), "accuse").partisan
    assert not Scope(Span(0, 5), _said_by("Le parti", "dire"), "say").partisan
