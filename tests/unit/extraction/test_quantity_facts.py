"""What amounts count or measure, whether it happened, and in which words."""

from __future__ import annotations

import pytest

from extraction.document import Fact
from extraction.languages.base import Analyser, PlainAnalyser
from extraction.quantity_facts import find_quantity_facts
from tests.unit.extraction.sentences import parse_sentence, rows, same_phrase

TABLE = rows("french_quantities.tsv", 7)


def amounts_of(text: str) -> list[tuple[str, str]]:
    given = [(row[1], row[2]) for row in TABLE if row[0] == text and row[1] != "un"]
    return [*given, *((words, "") for words in ("trois", "12") if words in text.split() and (words, "") not in given)]


@pytest.mark.parametrize(("text", "anchor", "_unit", "unit", "counted", "polarity", "modality"), TABLE)
def test_find_quantity_facts_reads_what_is_counted(
    french_analyser: Analyser, text: str, anchor: str, _unit: str, unit: str, counted: str, polarity: str, modality: str
) -> None:
    found = find_quantity_facts(parse_sentence(french_analyser, text, amounts_of(text)), ())
    fact = next(f for f in found if f.quantity is not None and f.quantity.anchor.of(text) == anchor)
    assert fact.quantity is not None
    assert same_phrase(counted, fact.quantity.of, text)
    assert (fact.quantity.unit or "", fact.polarity, fact.modality) == (unit, polarity, modality)
    assert fact.evidence.contains(fact.quantity.anchor)


def test_find_quantity_facts_another_number_changes_nothing_else(french_analyser: Analyser) -> None:
    def signature(fact: Fact, text: str) -> tuple[str, str, str | None, str]:
        assert fact.quantity is not None
        assert fact.quantity.of is not None
        return fact.polarity, fact.modality, fact.quantity.unit, fact.quantity.of.span.of(text)

    texts = ["Le club a vendu 80 places.", "Le club a vendu 95 places.", "Le club a vendu 4 000 places."]
    anchors = ["80", "95", "4 000"]
    found = [
        find_quantity_facts(parse_sentence(french_analyser, text, [(anchor, "")]), ())[0]
        for text, anchor in zip(texts, anchors, strict=True)
    ]
    assert len({signature(fact, text) for fact, text in zip(found, texts, strict=True)}) == 1


def test_find_quantity_facts_without_grammar_takes_the_next_word_and_the_sentence() -> None:
    text = "Il pleut. Le club compte 80 joueurs."
    (fact,) = find_quantity_facts(parse_sentence(PlainAnalyser(), text, [("80", "")]), ())
    assert fact.quantity is not None
    assert fact.quantity.of is not None
    assert fact.quantity.of.span.of(text) == "joueurs"
    assert fact.quantity.unit == "person"
    assert fact.evidence.of(text) == "Le club compte 80 joueurs."


def test_find_quantity_facts_an_article_outside_a_toll_is_no_number(french_analyser: Analyser) -> None:
    assert find_quantity_facts(parse_sentence(french_analyser, "Un mort a été retrouvé dans une cave."), ()) == []
