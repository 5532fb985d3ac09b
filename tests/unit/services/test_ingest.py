"""What happens when an article changes while another request is still extracting from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extraction.document import Article, Document
from services.errors import PreconditionFailed, Withdrawn
from services.newsroom import Newsroom, open_newsroom
from tests.fakes.extractor import FakeExtractor
from tests.fakes.records import HARBOUR, MARKET, record


class InterruptedExtractor(FakeExtractor):
    """Does something once, in the middle of an extraction."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], object] | None = None

    def extract(self, article: Article) -> Document:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        return super().extract(article)


@pytest.fixture
def extractor() -> InterruptedExtractor:
    return InterruptedExtractor()


@pytest.fixture
def newsroom(tmp_path: Path, extractor: InterruptedExtractor) -> Newsroom:
    return open_newsroom(data_dir=tmp_path, extractor=extractor)


def test_the_same_article_stored_meanwhile_is_not_stored_again(
    newsroom: Newsroom, extractor: InterruptedExtractor
) -> None:
    extractor.meanwhile = lambda: newsroom.articles.submit(record())
    assert newsroom.articles.submit(record()).outcome == "unchanged"
    newsroom.close()


def test_another_text_stored_meanwhile_stays_as_an_older_revision(
    newsroom: Newsroom, extractor: InterruptedExtractor
) -> None:
    extractor.meanwhile = lambda: newsroom.articles.submit(record(text=MARKET))
    article = newsroom.articles.submit(record()).article
    assert [newsroom.articles.revision_text(article.id, number) for number in (1, 2)] == [MARKET, HARBOUR]
    assert newsroom.verification.verify().ok
    newsroom.close()


def test_an_article_withdrawn_meanwhile_stays_withdrawn(newsroom: Newsroom, extractor: InterruptedExtractor) -> None:
    article = newsroom.articles.submit(record()).article
    extractor.meanwhile = lambda: newsroom.articles.withdraw(article.id, "*")
    with pytest.raises(Withdrawn):
        newsroom.articles.submit(record(text=MARKET))
    newsroom.close()


def test_a_revision_loses_against_a_change_made_meanwhile(newsroom: Newsroom, extractor: InterruptedExtractor) -> None:
    article = newsroom.articles.submit(record()).article
    extractor.meanwhile = lambda: newsroom.articles.submit(record(published_at=date(2020, 1, 1)))
    with pytest.raises(PreconditionFailed):
        newsroom.articles.revise(article.id, record(text=MARKET), article.etag)
    assert newsroom.articles.get(article.id).revision.number == 1
    newsroom.close()
