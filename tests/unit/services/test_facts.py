from __future__ import annotations

from datetime import date

import pytest

from services.errors import InvalidCursor, InvalidQuery
from services.filters import FactFilters
from services.newsroom import Newsroom
from services.paging import PageRequest
from services.records import SourceRecord
from tests.fakes.records import HARBOUR, MARKET, record

EVERYTHING = PageRequest(limit=100)


@pytest.fixture(autouse=True)
def _two_articles(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record())
    market = {"external_id": "marche-1", "url": None, "text": MARKET, "published_at": date(2024, 6, 1)}
    newsroom.articles.submit(record(source=SourceRecord(name="Le Goéland"), title="Le marché", **market))


def exact(newsroom: Newsroom, filters: FactFilters, sort: str | None = None) -> list[str]:
    page = newsroom.facts.page(filters, EVERYTHING, sort)
    assert page.total == len(page.items)
    return [fact.citation.selector.exact for fact in page.items]


def numbers(newsroom: Newsroom, filters: FactFilters, sort: str | None = None) -> list[int]:
    page = newsroom.facts.page(filters, EVERYTHING, sort)
    return [int(fact.payload["quantity"]["value"]) for fact in page.items if fact.payload["kind"] == "quantity"]


def test_facts_have_the_wire_shape_and_cite_their_very_words(newsroom: Newsroom) -> None:
    facts = newsroom.facts.page(FactFilters(), EVERYTHING).items
    assert len(facts) == 7
    for fact in facts:
        assert fact.payload["id"] == fact.id == fact.citation.id
        selector = fact.citation.selector
        text = HARBOUR if fact.citation.article.title == "Le phare de Brélan rallumé" else MARKET
        assert fact.payload["evidence"]["exact"] == selector.exact == text[selector.start : selector.end]
        assert selector.prefix == text[max(0, selector.start - 32) : selector.start]
        assert selector.suffix == text[selector.end : selector.end + 32]
        assert newsroom.facts.get(fact.id) == fact


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (FactFilters(value_min=15), {20, 40, 2021}),
        (FactFilters(value_min=15, value_max=30), {20}),
        (FactFilters(value_max=3), {3}),
        (FactFilters(kind="quotation"), set()),
        (FactFilters(time_from=date(2021, 6, 1), time_to=date(2021, 7, 1)), {14, 2021}),
        (FactFilters(time_from=date(2022, 1, 1)), {40}),
        (FactFilters(time_to=date(2020, 12, 31)), set()),
        (FactFilters(published_from=date(2024, 6, 1)), {40}),
        (FactFilters(published_to=date(2024, 5, 31)), {3, 14, 20, 2021}),
        (FactFilters(source="le goeland"), {40}),
        (FactFilters(source="vigie.example"), {3, 14, 20, 2021}),
        (FactFilters(language="en"), set()),
        (FactFilters(polarity="denied"), set()),
        (FactFilters(modality="asserted", confidence_min=0.95), set()),
        (FactFilters(unit="km"), set()),
    ],
)
def test_page_filters_quantities(newsroom: Newsroom, filters: FactFilters, expected: set[int]) -> None:
    assert set(numbers(newsroom, filters)) == expected


@pytest.mark.parametrize("speaker", ["corvec", "Maëlle Corvec", "CORVEC MAELLE"])
def test_page_finds_a_speaker_by_words_of_the_name(newsroom: Newsroom, speaker: str) -> None:
    assert exact(newsroom, FactFilters(speaker=speaker)) == ["« La lumière revient », a dit Maëlle Corvec"]


def test_page_finds_a_speaker_and_an_entity_by_id(newsroom: Newsroom) -> None:
    fact = newsroom.facts.page(FactFilters(speaker="corvec"), EVERYTHING).items[0]
    identifier = fact.payload["attribution"]["entity"]
    assert identifier.startswith("e-")
    assert newsroom.facts.page(FactFilters(speaker=identifier), EVERYTHING).items[0] == fact
    about = newsroom.facts.page(FactFilters(entity=identifier), EVERYTHING)
    assert about.total == 2  # what she says, and the sentence that names her
    assert newsroom.facts.page(FactFilters(entity="Maelle Corvec"), EVERYTHING).items == about.items


@pytest.mark.parametrize("speaker", ["corv", "obertin maëlle", "%"])
def test_page_does_not_take_part_of_a_word_for_a_speaker(newsroom: Newsroom, speaker: str) -> None:
    assert exact(newsroom, FactFilters(speaker=speaker)) == []


def test_page_with_words_takes_facts_whose_evidence_answers(newsroom: Newsroom) -> None:
    assert exact(newsroom, FactFilters(q="lumière", kind="quotation")) == [
        "« La lumière revient », a dit Maëlle Corvec"
    ]
    assert set(numbers(newsroom, FactFilters(q="gardiens"))) == {14, 2021}
    assert numbers(newsroom, FactFilters(q="gardiens étals", source="Le Goéland")) != []
    # The passage says both; the quotation alone says nothing of lamps, and may be had by excluding them.
    assert exact(newsroom, FactFilters(q="lumière -lampes")) == ["« La lumière revient », a dit Maëlle Corvec"]
    assert exact(newsroom, FactFilters(q="introuvable")) == []


@pytest.mark.parametrize("sort", ["published_at", "-published_at", "confidence", "-confidence", "event_time"])
def test_page_by_words_sorts_as_the_database_does(newsroom: Newsroom, sort: str) -> None:
    with_words = exact(newsroom, FactFilters(q="les gardiens lampes étals lumière"), sort)
    assert with_words
    assert with_words == [e for e in exact(newsroom, FactFilters(), sort) if e in with_words]


def test_page_sorts_both_ways_with_what_has_no_time_last(newsroom: Newsroom) -> None:
    ascending = newsroom.facts.page(FactFilters(), EVERYTHING, "event_time").items
    descending = newsroom.facts.page(FactFilters(), EVERYTHING, "-event_time").items
    years = [(fact.payload["time"] or {}).get("edtf") for fact in ascending]
    assert years == ["2021", "2021", "2023", None, None, None, None]
    assert [(f.payload["time"] or {}).get("edtf") for f in descending] == ["2023", "2021", "2021", *[None] * 4]
    confidence = [f.payload["confidence"] for f in newsroom.facts.page(FactFilters(), EVERYTHING, "-confidence").items]
    assert confidence == sorted(confidence, reverse=True)


@pytest.mark.parametrize("filters", [FactFilters(), FactFilters(q="les gardiens lampes étals lumière dit")])
@pytest.mark.parametrize("sort", ["event_time", "-event_time", "-published_at", "confidence", "score"])
def test_page_neither_repeats_nor_skips_under_writes(newsroom: Newsroom, filters: FactFilters, sort: str) -> None:
    if sort == "score" and filters.q is None:
        with pytest.raises(InvalidQuery):
            newsroom.facts.page(filters, EVERYTHING, sort)
        return
    expected = {fact.id for fact in newsroom.facts.page(filters, EVERYTHING, sort).items}
    seen: list[str] = []
    cursor = None
    for step in range(30):
        page = newsroom.facts.page(filters, PageRequest(limit=2, cursor=cursor), sort)
        seen += [fact.id for fact in page.items]
        extra = f"Les {step} gardiens, {step} lampes et {step} étals de la lumière ont fermé en 2022."
        if step < 4:
            newsroom.articles.submit(record(external_id=f"n{step}", url=None, text=extra))
        cursor = page.next
        if cursor is None:
            break
    assert cursor is None
    assert len(seen) == len(set(seen))
    assert expected <= set(seen)


def test_page_refuses_what_it_does_not_understand(newsroom: Newsroom) -> None:
    for refused in (
        lambda: newsroom.facts.page(FactFilters(), EVERYTHING, "value"),
        lambda: newsroom.facts.page(FactFilters(speaker=" "), EVERYTHING),
        lambda: PageRequest(limit=0),
        lambda: PageRequest(limit=1000),
    ):
        with pytest.raises(InvalidQuery):
            refused()
    with pytest.raises(InvalidQuery) as unparsable:
        newsroom.facts.page(FactFilters(q='gardiens "ouvert'), EVERYTHING)
    assert unparsable.value.position == 9
    cursor = newsroom.facts.page(FactFilters(), PageRequest(limit=1)).next
    with pytest.raises(InvalidCursor):
        newsroom.facts.page(FactFilters(), PageRequest(limit=1, cursor=cursor), "confidence")


def test_page_by_words_neither_repeats_nor_skips_within_one_passage(newsroom: Newsroom) -> None:
    numbers_ = " ".join(f"{n} balises vertes." for n in range(10, 30))
    newsroom.articles.submit(record(external_id="balises", url=None, text=f"Inventaire : {numbers_}"))
    seen: list[str] = []
    cursor = None
    for step in range(12):
        page = newsroom.facts.page(FactFilters(q="balises"), PageRequest(limit=4, cursor=cursor))
        seen += [fact.id for fact in page.items]
        # Each makes the word more common, so that scores made now are lower than those of the first page.
        newsroom.articles.submit(record(external_id=f"b{step}", url=None, text="Une balise au port, sans plus."))
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 20
