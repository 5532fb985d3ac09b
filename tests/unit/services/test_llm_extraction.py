"""The rules with a language model behind them, which answers, fails, or is left alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import structlog
from structlog.testing import capture_logs

from extraction.document import Article, Document
from extraction.pipeline import LazyPipeline
from services.breaker import Breaker
from services.chat import ModelFailure
from services.filters import FactFilters
from services.llm_extraction import LlmExtractor
from services.newsroom import Newsroom, open_newsroom
from services.paging import PageRequest
from tests.fakes.records import record
from tests.fakes.rules import BlindRules

RAID = "Police arrested 40 protesters in Leeds on Monday."
ARREST = {
    "kind": "event",
    "evidence": RAID,
    "predicate": "arrested",
    "subject": "Police",
    "object": "40 protesters",
}
INVENTED = {**ARREST, "object": "Anne Lowell"}
Answer = Callable[[Sequence[dict[str, str]]], object]


class Model:
    """Answers what it is told to; ``now`` is the time, which each answer moves by ``takes`` seconds."""

    def __init__(self, answer: Answer = lambda _: {"facts": [ARREST]}) -> None:
        self.answer = answer
        self.asked: list[float] = []
        self.takes = 0.0
        self.now = 0.0

    def ask(self, messages: Sequence[dict[str, str]], seconds: float) -> object:
        self.asked.append(seconds)
        self.now += self.takes
        return self.answer(messages)

    def clock(self) -> float:
        return self.now


def extractor(model: Model, seconds: float = 10.0, breaker: Breaker | None = None) -> LlmExtractor:
    return LlmExtractor(BlindRules(), model, name="m1", seconds=seconds, breaker=breaker, clock=model.clock)


def failing(_: object) -> object:
    raise ModelFailure("status 500")


def read(model: Model, text: str = RAID, language: str = "en") -> Document:
    return extractor(model).extract(Article(text, language))


def events(document: Document) -> list[str]:
    return [fact.extractor.name for fact in document.facts if fact.kind == "event"]


def test_facts_of_the_model_stand_beside_those_of_the_rules_under_its_name() -> None:
    document = read(Model())
    assert events(document) == ["llm:m1"]
    assert [fact.kind for fact in document.facts if fact.extractor.name != "llm:m1"] == ["quantity"]
    assert document.version == extractor(Model()).version == "rules 1 llm=m1"


@pytest.mark.parametrize("answer", [failing, lambda _: {}, lambda _: {"facts": "none"}, lambda _: [1]])
def test_an_article_keeps_the_facts_of_the_rules_where_the_model_fails_and_says_so(answer: Answer) -> None:
    with capture_logs() as logs:
        document = read(Model(answer))
    assert [fact.kind for fact in document.facts] == ["quantity"]
    assert document.version == "rules 1 llm=missing"
    assert [(row["event"], row["log_level"]) for row in logs] == [("llm_failed", "warning")]


@pytest.fixture
def unfiltered() -> Iterator[None]:
    """Logs of every level, whatever a command that ran in this process before has set."""
    before = structlog.get_config()
    structlog.reset_defaults()
    yield
    structlog.configure(**before)


def test_what_was_dropped_is_logged_as_counts_without_a_word_of_the_text(unfiltered: None) -> None:
    with capture_logs() as logs:
        document = read(Model(lambda _: {"facts": [INVENTED, ARREST, ARREST, "nonsense"]}))
    assert events(document) == ["llm:m1"]
    (row,) = logs
    assert (row["event"], row["kept"]) == ("llm_facts", 1)
    assert row["dropped"] == {"duplicate": 1, "shape": 1, "words": 1}
    assert "Leeds" not in json.dumps(row)


def test_a_language_that_no_pack_serves_is_not_asked_about_and_is_read_as_a_whole() -> None:
    model = Model()
    document = read(model, "Die Polizei nahm 12 Menschen fest.", "de")
    assert (model.asked, document.version) == ([], "rules 1 llm=m1")


def long_article() -> str:
    paragraphs = [
        f"Police arrested {n} protesters in Leeds on Monday, and the {n}th door was shut." for n in range(100, 300)
    ]
    return "\n\n".join(paragraphs)


def first_of_each_part(messages: Sequence[dict[str, str]]) -> object:
    passage = json.loads(messages[1]["content"])["passages"][0]
    number = passage["text"].split()[2]
    return {
        "facts": [
            {
                **ARREST,
                "passage": passage["passage"],
                "evidence": f"Police arrested {number} protesters",
                "object": f"{number} protesters",
            }
        ]
    }


def test_all_parts_of_a_long_article_share_one_time() -> None:
    model = Model(first_of_each_part)
    model.takes = 4.0
    document = read(model, long_article())
    assert model.asked == [10.0, 6.0, 2.0][: len(model.asked)]
    assert len(model.asked) == 3
    assert len(events(document)) == 3


def test_facts_of_the_parts_before_a_failure_are_kept_and_the_article_is_incomplete() -> None:
    model = Model(first_of_each_part)
    model.takes = 6.0
    with capture_logs() as logs:
        document = read(model, long_article())
    assert len(model.asked) == 2
    assert len(events(document)) == 2
    assert document.version == "rules 1 llm=missing"
    assert [row["reason"] for row in logs if row["event"] == "llm_failed"] == ["no time left for the article"]


def test_a_model_that_fails_again_and_again_is_left_alone_for_a_while() -> None:
    model = Model(failing)
    breaker = Breaker(failures=3, pause=60, clock=model.clock)
    reader = extractor(model, breaker=breaker)
    with capture_logs() as logs:
        versions = {reader.extract(Article(RAID, "en")).version for _ in range(10)}
    assert versions == {"rules 1 llm=missing"}
    assert len(model.asked) == 3
    assert [row["event"] for row in logs] == ["llm_failed"] * 3 + ["llm_paused"]
    model.now, model.answer = 61.0, lambda _: {"facts": [ARREST]}
    assert reader.extract(Article(RAID, "en")).version == "rules 1 llm=m1"
    assert reader.extract(Article(RAID, "en")).version == "rules 1 llm=m1"


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def newsroom(tmp_path: Path, model: Model) -> Iterator[Newsroom]:
    with open_newsroom(data_dir=tmp_path, extractor=extractor(model)) as opened:
        yield opened


def stored_extractors(newsroom: Newsroom) -> set[str]:
    page = newsroom.facts.page(FactFilters(kind="event"), PageRequest(limit=100))
    return {view.payload["extractor"]["name"] for view in page.items}


def test_an_article_stored_without_the_model_is_made_up_for_by_re_extraction(newsroom: Newsroom, model: Model) -> None:
    model.answer = failing
    newsroom.articles.submit(record(text=RAID, language="en"))
    assert stored_extractors(newsroom) == set()
    assert newsroom.re_extraction.run().incomplete == 1
    model.answer = lambda _: {"facts": [ARREST]}
    result = newsroom.re_extraction.run()
    assert (result.articles, result.new, result.gone, result.incomplete) == (1, 1, 0, 0)
    assert stored_extractors(newsroom) == {"llm:m1"}
    assert newsroom.re_extraction.count() == 0
    assert newsroom.verification.verify().failures == ()


def test_facts_of_the_model_go_when_it_is_switched_off(newsroom: Newsroom, model: Model, tmp_path: Path) -> None:
    newsroom.articles.submit(record(text=RAID, language="en"))
    assert stored_extractors(newsroom) == {"llm:m1"}
    with open_newsroom(data_dir=tmp_path, extractor=LazyPipeline("none", None)) as without:
        assert without.re_extraction.run().articles == 1
        assert "llm:m1" not in stored_extractors(without)
