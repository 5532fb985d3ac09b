"""A full disk, here a database that may grow no further: clean errors, reads go on, and it heals by itself."""

from __future__ import annotations

import errno

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from services.errors import StorageFull
from services.filters import ArticleFilters
from services.newsroom import Newsroom
from services.paging import PageRequest
from services.transactions import is_storage_full, storage_errors
from tests.fakes.records import HARBOUR, record

LONG = HARBOUR + "Une phrase de plus. " * 200_000


def _limit_pages(newsroom: Newsroom, pages: int) -> None:
    # The limit belongs to a connection; closing the others makes the next transaction use this one.
    newsroom.transactions.close()
    with newsroom.transactions.reading() as session:
        session.execute(text(f"PRAGMA max_page_count = {pages}"))


def test_a_full_disk_refuses_writes_whole_and_heals(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    _limit_pages(newsroom, 1)
    with pytest.raises(StorageFull):
        newsroom.articles.submit(record(text=LONG))
    with pytest.raises(StorageFull):
        newsroom.articles.submit(record(external_id="n2", text=LONG))
    assert newsroom.articles.page(ArticleFilters(), PageRequest()).items == (article,)
    assert newsroom.verification.verify().ok
    _limit_pages(newsroom, 1_000_000)
    assert newsroom.articles.submit(record(text=LONG)).outcome == "revised"


def test_storage_errors_lets_other_errors_through() -> None:
    with pytest.raises(StorageFull), storage_errors():
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(PermissionError), storage_errors():
        raise PermissionError(errno.EACCES, "Permission denied")
    assert not is_storage_full(ValueError("disk is full"))


def test_an_error_in_a_transaction_leaves_no_trace(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record())

    def fail(session: Session) -> None:
        session.execute(text("UPDATE articles SET title = 'x'"))
        session.execute(text("UPDATE nowhere SET title = 'x'"))

    with pytest.raises(OperationalError), newsroom.transactions.writing() as session:
        fail(session)
    assert newsroom.articles.find(external_id="phare-1")[0].title == "Le phare de Brélan rallumé"
