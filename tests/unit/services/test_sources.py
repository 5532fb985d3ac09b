from __future__ import annotations

import pytest

from services.filters import FactFilters
from services.newsroom import Newsroom
from services.paging import PageRequest
from services.records import SourceRecord
from tests.fakes.records import VIGIE, record


def test_page_counts_current_articles_by_source(newsroom: Newsroom) -> None:
    article = newsroom.articles.submit(record()).article
    newsroom.articles.submit(record(source=SourceRecord(name="Le Goéland")))
    page = newsroom.sources.page(PageRequest())
    assert [(source.name, source.articles) for source in page.items] == [("La Vigie de Brélan", 1), ("Le Goéland", 1)]
    newsroom.articles.withdraw(article.id, "*")
    assert newsroom.sources.get(article.source.id).articles == 0
    assert newsroom.sources.page(PageRequest(), q="goeland").total == 1


@pytest.mark.parametrize("url", [VIGIE.url, "http://VIGIE.example:80/autre"])
def test_a_source_is_its_host_whatever_the_page(newsroom: Newsroom, url: str) -> None:
    first = newsroom.articles.submit(record()).article
    other = newsroom.articles.submit(record(external_id="n2", source=SourceRecord(name="La Vigie", url=url))).article
    assert other.source.id == first.source.id
    assert newsroom.sources.page(PageRequest()).total == 1


def test_many_changes_refresh_what_the_database_knows_of_itself(newsroom: Newsroom) -> None:
    for number in range(200):
        newsroom.articles.submit(record(external_id=f"n{number}", text=f"Le {number} ouvre."), synchronise=False)
    assert newsroom.index.drain()
    with newsroom.transactions.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_stat1").scalar()
    assert newsroom.facts.page(FactFilters(source="vigie.example"), PageRequest()).total == 200
