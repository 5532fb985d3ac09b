from __future__ import annotations

import errno
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from search_index import IndexStorageFull
from services.errors import IndexRebuilding, StorageFull
from services.filters import FactFilters, SearchRequest
from services.index_worker import IndexWorker
from services.newsroom import Newsroom, open_newsroom
from services.paging import PageRequest
from services.records import ArticleRecord
from tests.fakes.extractor import FakeExtractor
from tests.fakes.index import FakeIndex
from tests.fakes.records import MARKET, record


def opened(data_dir: Path, index: FakeIndex) -> Newsroom:
    return open_newsroom(data_dir=data_dir, extractor=FakeExtractor(), index=index)


def other(number: int) -> ArticleRecord:
    return record(external_id=f"n{number}", url=None, text=f"Le registre {number} est ouvert.")


def test_a_crash_between_commit_and_index_is_repaired_at_the_next_start(tmp_path: Path) -> None:
    index = FakeIndex()
    with opened(tmp_path, index) as newsroom:
        newsroom.articles.submit(record())
        index.failure = KeyboardInterrupt()
        with pytest.raises(KeyboardInterrupt):
            newsroom.articles.submit(record(text=MARKET))
        assert newsroom.index.status().pending == 1
    index.failure = None
    with opened(tmp_path, index) as newsroom:
        assert newsroom.index.status().pending == 0
        assert newsroom.verification.verify().ok
        assert newsroom.articles.submit(record(text=MARKET)).outcome == "unchanged"


def test_a_write_that_the_index_lost_keeps_its_job(tmp_path: Path) -> None:
    index = FakeIndex()
    with opened(tmp_path, index) as newsroom:
        index.deaf = True
        newsroom.articles.submit(record())
        assert newsroom.index.status().pending == 1
        assert not newsroom.index.drain()
        index.deaf = False
        assert newsroom.index.drain()
        assert (newsroom.index.status().pending, newsroom.verification.verify().ok) == (0, True)


def test_drain_groups_jobs_into_one_commit_and_writes_nothing_that_is_there(tmp_path: Path) -> None:
    index = FakeIndex()
    with opened(tmp_path, index) as newsroom:
        for number in range(5):
            newsroom.articles.submit(other(number), synchronise=False)
        assert newsroom.index.drain()
        assert [len(commit) for commit in index.commits] == [5]
        newsroom.articles.submit(record(tags=("ailleurs",)))
        newsroom.articles.submit(record(tags=("ici",)))
        assert len(index.commits) == 2  # tags are not in the index


@pytest.mark.parametrize("failure", [IndexStorageFull("full"), OSError(errno.ENOSPC, "No space left on device")])
def test_a_full_disk_for_the_index_undoes_nothing_and_heals(tmp_path: Path, failure: Exception) -> None:
    index = FakeIndex()
    with opened(tmp_path, index) as newsroom:
        index.failure = failure
        article = newsroom.articles.submit(record()).article
        assert newsroom.articles.get(article.id) == article
        with pytest.raises(StorageFull):
            newsroom.index.drain()
        index.failure = None
        assert newsroom.index.drain()
        assert newsroom.verification.verify().ok


def test_the_worker_catches_up_when_the_cause_is_gone(tmp_path: Path) -> None:
    index = FakeIndex()
    with opened(tmp_path, index) as newsroom:
        index.failure = IndexStorageFull("full")
        newsroom.articles.submit(record())
        worker = IndexWorker(newsroom.index, pause=0.01)
        worker.start()
        worker.start()
        index.failure = None
        until = time.monotonic() + 30
        while newsroom.index.status().pending and time.monotonic() < until:
            time.sleep(0.01)
        worker.stop()
        assert newsroom.index.status().pending == 0


def test_reads_of_an_unusable_index_say_so_and_the_next_start_rebuilds(tmp_path: Path) -> None:
    index = FakeIndex()
    with opened(tmp_path, index) as newsroom:
        newsroom.articles.submit(record())
        index.usable = False
        for refused in (
            lambda: newsroom.search.search(SearchRequest(q="gardiens")),
            lambda: newsroom.facts.page(FactFilters(q="gardiens"), PageRequest()),
        ):
            with pytest.raises(IndexRebuilding):
                refused()
        assert newsroom.facts.page(FactFilters(), PageRequest()).total == 5
        assert not newsroom.verification.verify().ok
        newsroom.articles.submit(record(text=MARKET))  # the article is stored all the same
    with opened(tmp_path, index) as newsroom:
        assert newsroom.index.status().usable
        assert newsroom.verification.verify().ok


def test_reindex_brings_in_what_came_meanwhile(tmp_path: Path) -> None:
    class Interrupted(FakeIndex):
        def rebuild(self, documents):  # type: ignore[no-untyped-def]  # as the base class
            found, before = list(documents), dict(self.articles)
            newsroom.articles.submit(other(1))
            newsroom.articles.submit(record(text=MARKET))
            meanwhile = {key: value for key, value in self.articles.items() if before.get(key) != value}
            super().rebuild(found)
            self.apply(meanwhile)  # as the protocol promises

    index = Interrupted()
    index.articles = {}
    with open_newsroom(data_dir=tmp_path, extractor=FakeExtractor(), index=index) as newsroom:
        newsroom.articles.submit(record())
        newsroom.index.reindex()
        assert newsroom.verification.verify().ok


def test_reindex_restores_a_spoilt_index(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record())
    assert newsroom.index.reindex() == 4
    assert newsroom.search.search(SearchRequest(q="gardiens")).total == 1
    assert newsroom.verification.verify().ok


def test_verify_reports_what_index_and_database_do_not_share(tmp_path: Path) -> None:
    index = FakeIndex()
    with opened(tmp_path, index) as newsroom:
        first = newsroom.articles.submit(record()).article.id
        second = newsroom.articles.submit(other(2)).article.id
        documents = index.articles.pop(first)
        index.articles["a-unknown"] = documents
        index.articles[second] = []
        failures = {(f.check, f.id) for f in newsroom.verification.verify().failures}
        assert failures == {("index", first), ("index", "a-unknown"), ("index", second)}
        assert newsroom.index.reconcile() == 3
        assert newsroom.verification.verify().ok


def test_verify_reports_each_broken_promise(newsroom: Newsroom) -> None:
    newsroom.articles.submit(record())
    with newsroom.transactions.writing() as session:
        session.execute(text("UPDATE revisions SET text = replace(text, '14 gardiens', '15 gardiens')"))
        session.execute(text("UPDATE passages SET start = start + 3 WHERE position = 2"))
        session.execute(
            text(
                "UPDATE facts SET payload = json_set(payload, '$.quotation.style', 'indirect') WHERE kind = 'quotation'"
            )
        )
    checks = {failure.check for failure in newsroom.verification.verify().failures}
    assert checks == {"hash", "exact", "id", "tiling", "index"}


def test_concurrent_submissions_leave_nothing_behind(newsroom: Newsroom) -> None:
    def submit(start: int) -> None:
        for number in range(start, start + 8):
            newsroom.articles.submit(other(number))

    threads = [threading.Thread(target=submit, args=(start,)) for start in (0, 4, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    newsroom.index.drain()
    report = newsroom.verification.verify()
    assert (report.articles, report.ok) == (16, True)


def test_verify_waits_for_writes_under_way_and_not_for_others(tmp_path: Path) -> None:
    index = FakeIndex()
    with opened(tmp_path, index) as newsroom:
        lost = newsroom.articles.submit(record()).article
        late = newsroom.articles.submit(other(1), synchronise=False).article
        assert {failed.id for failed in newsroom.verification.verify(patience=0.0).failures} == {late.id}
        server = threading.Timer(0.3, newsroom.index.drain)
        server.start()
        assert newsroom.verification.verify(patience=30.0).ok
        server.join()
        index.articles[lost.id] = []
        started = time.monotonic()
        assert [failed.id for failed in newsroom.verification.verify(patience=30.0).failures] == [lost.id]
        assert time.monotonic() - started < 20


def test_a_damaged_index_is_never_read_and_a_big_one_is_built_anew_while_reads_are_told_to_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.newsroom._BUILT_AT_ONCE", 2)
    with open_newsroom(data_dir=tmp_path, extractor=FakeExtractor()) as first:
        first.articles.submit(record())
        assert first.search.search(SearchRequest(q="gardiens")).total == 1
    (segment,) = tmp_path.glob("index/gen-*/*.sba")
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    with open_newsroom(data_dir=tmp_path, extractor=FakeExtractor(), repair="soon") as newsroom:
        assert not newsroom.index.status().usable
        with pytest.raises(IndexRebuilding):
            newsroom.search.search(SearchRequest(q="gardiens"))
        newsroom.index.repair()  # as the worker does
        assert newsroom.search.search(SearchRequest(q="gardiens")).total == 1
        assert newsroom.verification.verify().ok


def test_verify_names_a_damaged_index(tmp_path: Path) -> None:
    with open_newsroom(data_dir=tmp_path, extractor=FakeExtractor()) as newsroom:
        newsroom.articles.submit(record())
        (segment,) = tmp_path.glob("index/gen-*/*.sba")
        content = bytearray(segment.read_bytes())
        content[100] ^= 1
        segment.write_bytes(content)
        report = newsroom.verification.verify()
        assert [failure.check for failure in report.failures] == ["index"]
        assert "damaged" in report.failures[0].message
