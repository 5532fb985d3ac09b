"""Both ways of cutting pages, in the database and in memory, give the same order for any values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from migrations import upgrade
from models import Article, Source
from models.engine import create_engine, for_writing, sqlite_url
from services.keyset import Order, fetch, slice_in_memory
from services.paging import Key
from tests.fakes.clock import FakeClock


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("keyset")
    created = create_engine(sqlite_url(folder / "test.db"))
    upgrade(created)
    now = FakeClock()()
    with Session(for_writing(created)) as session:
        session.add(Source(id="s", name="s", name_folded="s", version=1, created_at=now))
        session.commit()
    yield created
    created.dispose()


def _article(number: int, published: int | None) -> Article:
    now = FakeClock()()
    return Article(
        id=f"a-{number * 7 % 11}-{number}",
        identity_key=str(number),
        source_id="s",
        source_name="s",
        authors=[],
        tags=[],
        language="fr",
        status="current",
        revision_number=0,
        version=1,
        published_sort=published,
        created_at=now,
        updated_at=now,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    values=st.lists(st.none() | st.integers(-2, 2), max_size=14),
    descending=st.booleans(),
    limit=st.integers(1, 5),
)
def test_pages_hold_everything_once_in_one_order(
    engine: Engine, values: list[int | None], *, descending: bool, limit: int
) -> None:
    order = Order(Article.published_sort, (Article.id,), descending=descending, nullable=True)
    with Session(for_writing(engine)) as session:
        session.execute(delete(Article))
        session.add_all(_article(number, value) for number, value in enumerate(values))
        session.flush()
        in_database: list[tuple[Key, ...]] = []
        after: tuple[Key, ...] | None = None
        while rows := fetch(session, select(Article), order, after, limit):
            in_database += [order.key(row) for row in rows]
            after = in_database[-1]
        keys = (
            sorted(order.key(row) for row in session.scalars(select(Article)))
            if None not in values
            else [order.key(row) for row in session.scalars(select(Article))]
        )
    in_memory: list[tuple[Key, ...]] = []
    after, more = None, bool(keys)
    while more:
        places, more = slice_in_memory(keys, order, after, limit)
        in_memory += [keys[at] for at in places]
        after = in_memory[-1]
    assert in_database == in_memory
    known = [key[0] for key in in_memory if key[0] is not None]
    assert known == sorted(known, reverse=descending)
    assert len(set(in_memory)) == len(values)
