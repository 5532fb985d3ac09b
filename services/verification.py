"""Re-reads everything that is stored and says what does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from extraction.document import Passage as PassageSpan
from extraction.identity import digest, passage_id, sha256
from extraction.spans import Span
from models import Article, Fact, Passage, Revision
from services.errors import IndexRebuilding
from services.index_sync import SETTLING, IndexSync
from services.transactions import Transactions
from services.views import Json, VerificationFailure, VerificationReport

_CHUNK = 50  # revisions, whose texts are in memory together


@dataclass(slots=True)
class _Counts:
    articles: int = 0
    revisions: int = 0
    passages: int = 0
    facts: int = 0
    failures: list[VerificationFailure] = field(default_factory=list)

    def fail(self, check: str, identifier: str, message: str) -> None:
        self.failures.append(VerificationFailure(check=check, id=identifier, message=message))


class Verification:
    """Checks the promises that citations make."""

    def __init__(self, transactions: Transactions, index: IndexSync) -> None:
        self._transactions = transactions
        self._index = index

    def verify(self, patience: float = SETTLING) -> VerificationReport:
        """Check each stored citation, text, tiling, id, and the index against the database. Changes nothing.

        Runs beside a server that writes: ``patience`` is how many seconds its index may take to follow.
        """
        counts = _Counts()
        with self._transactions.reading() as session:
            counts.articles = session.scalar(select(func.count()).select_from(Article)) or 0
        for revisions, passages, facts in self._chunks():
            _check_chunk(counts, revisions, passages, facts)
        indexed = self._check_index(counts, patience)
        return VerificationReport(
            articles=counts.articles,
            revisions=counts.revisions,
            passages=counts.passages,
            facts=counts.facts,
            indexed=indexed,
            failures=tuple(counts.failures),
        )

    def _chunks(self) -> Iterator[tuple[list[Revision], list[Passage], list[Fact]]]:
        place = (Revision.article_id, Revision.number)
        statement = select(Revision).order_by(*place).limit(_CHUNK)
        last: tuple[str, int] | None = None
        while True:
            with self._transactions.reading() as session:
                chunk = statement if last is None else statement.where(tuple_(*place) > tuple_(*last))
                revisions = list(session.scalars(chunk))
                keys = [(revision.article_id, revision.number) for revision in revisions]
                found = revisions, _passages(session, keys), _facts(session, keys)
            yield found
            if len(revisions) < _CHUNK:
                return
            last = (revisions[-1].article_id, revisions[-1].number)

    def _check_index(self, counts: _Counts, patience: float) -> int:
        damage = self._index.find_damage()
        if damage is not None:
            counts.fail("index", "index", damage)
            return 0
        try:
            for article_id, message in self._index.lasting_differences(patience):
                counts.fail("index", article_id, message)
            return self._index.count()
        except IndexRebuilding as error:
            counts.fail("index", "index", str(error))
            return 0


def _passages(session: Session, keys: Sequence[tuple[str, int]]) -> list[Passage]:
    # SQLite finds no index for pairs; the first condition gives it one.
    articles = Passage.article_id.in_([article_id for article_id, _ in keys])
    pairs = tuple_(Passage.article_id, Passage.revision_number).in_(keys)
    statement = select(Passage).where(articles, pairs)
    return list(session.scalars(statement.order_by(Passage.article_id, Passage.position)))


def _facts(session: Session, keys: Sequence[tuple[str, int]]) -> list[Fact]:
    articles = Fact.article_id.in_([article_id for article_id, _ in keys])
    pairs = tuple_(Fact.article_id, Fact.revision_number).in_(keys)
    return list(session.scalars(select(Fact).where(articles, pairs)))


def _check_chunk(
    counts: _Counts, revisions: Sequence[Revision], passages: Sequence[Passage], facts: Sequence[Fact]
) -> None:
    by_key = {(revision.article_id, revision.number): revision for revision in revisions}
    tiles: dict[tuple[str, int], list[Passage]] = {}
    for revision in revisions:
        counts.revisions += 1
        if sha256(revision.text) != revision.text_sha256:
            counts.fail("hash", f"{revision.article_id} revision {revision.number}", "text and SHA-256 differ")
    for passage in passages:
        counts.passages += 1
        key = (passage.article_id, passage.revision_number)
        _check_passage(counts, passage, by_key[key])
        if passage.current:
            tiles.setdefault(key, []).append(passage)
    for key, tile in tiles.items():
        _check_tiling(counts, tile, by_key[key])
    for fact in facts:
        counts.facts += 1
        _check_fact(counts, fact, by_key[fact.article_id, fact.revision_number])


def _check_passage(counts: _Counts, passage: Passage, revision: Revision) -> None:
    if not 0 <= passage.start < passage.end <= revision.characters:
        counts.fail("passage", passage.id, f"{passage.start}..{passage.end} is no span of its text")
        return
    span = PassageSpan(Span(passage.start, passage.end), "body")
    if passage_id(passage.article_id, revision.text_sha256, span) != passage.id:
        counts.fail("id", passage.id, "does not derive from article, text and span")


def _check_tiling(counts: _Counts, passages: Sequence[Passage], revision: Revision) -> None:
    """In order, without overlap, and nothing but white space between and around."""
    at = 0
    for passage in passages:
        if passage.start < at or revision.text[at : passage.start].strip():
            counts.fail("tiling", passage.id, "overlaps the passage before it, or leaves words out")
        at = passage.end
    if revision.text[at:].strip():
        counts.fail("tiling", f"{revision.article_id} revision {revision.number}", "words after the last passage")


def _check_fact(counts: _Counts, fact: Fact, revision: Revision) -> None:
    for span in _spans(fact.payload):
        if revision.text[span["start"] : span["end"]] != span["exact"]:
            counts.fail("exact", fact.id, f"{span['start']}..{span['end']} is not {span['exact']!r}")
    evidence = fact.payload["evidence"]
    if (evidence["start"], evidence["end"]) != (fact.evidence_start, fact.evidence_end):
        counts.fail("evidence", fact.id, "row and payload differ")
    if _fact_id(fact, revision.text_sha256) != fact.id:
        counts.fail("id", fact.id, "does not derive from article, text, spans and value")


def _spans(payload: object) -> Iterator[Json]:
    """Every span in a fact, however deep."""
    if isinstance(payload, dict):
        if {"start", "end", "exact"} <= payload.keys():
            yield payload
        for value in payload.values():
            yield from _spans(value)


def _fact_id(fact: Fact, text_sha256: str) -> str:
    """The id that ``extraction.identity.fact_id`` gives, from the fact in wire shape."""
    payload, part = fact.payload, fact.payload[fact.kind]
    value: tuple[object, ...]
    if fact.kind == "quantity":
        focus = part["anchor"]
        names = ("value", "lower", "upper", "qualifier", "unit", "change")
        value = tuple(part.get(name) for name in names)
    elif fact.kind == "quotation":
        focus, value = part["content"], (part["style"],)
    else:
        focus, value = part["predicate"], (part["predicate"]["lemma"],)
    evidence = payload["evidence"]
    spans = (evidence["start"], evidence["end"], focus["start"], focus["end"])
    return digest("f", fact.article_id, text_sha256, fact.kind, spans, value)
