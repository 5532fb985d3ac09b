"""Citations: what a reader needs to check a passage or a fact."""

from __future__ import annotations

from sqlalchemy.orm import Session

from models import Fact, Passage
from services.errors import NotFound, Withdrawn
from services.presenting import cite, load_texts, passage_view
from services.transactions import Transactions
from services.views import CitationDetail


class Citations:
    """Reads of citations."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def get(self, citation_id: str) -> CitationDetail:
        """The citation of a passage ("p-…") or fact ("f-…"), current or superseded.

        Raises NotFound, and Withdrawn with ``citation_id``.
        """
        with self._transactions.reading() as session:
            fact = session.get(Fact, citation_id)
            passage = session.get(Passage, citation_id if fact is None else fact.passage_id)
            if passage is None:
                raise NotFound("citation", citation_id)
            return _detail(session, passage, fact)


def _detail(session: Session, passage: Passage, fact: Fact | None) -> CitationDetail:
    cited = fact if fact is not None else passage
    span = (passage.start, passage.end) if fact is None else (fact.evidence_start, fact.evidence_end)
    key = (cited.article_id, cited.revision_number)
    text = load_texts(session, [key])[key]
    if text.withdrawn_at is not None:
        raise Withdrawn(text.article.id, text.withdrawn_at, cited.id)
    return CitationDetail(
        citation=cite(cited.id, text, *span, current=cited.current),
        passage=passage_view(passage, text.text),
        highlight=(span[0] - passage.start, min(span[1], passage.end) - passage.start),
        fact=None if fact is None else fact.payload,
        rights=text.rights,
    )
