from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from migrations import upgrade
from models import Passage, Source
from models.engine import create_engine, for_writing, sqlite_url
from tests.fakes.clock import FakeClock


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    created = create_engine(sqlite_url(tmp_path / "test.db"))
    upgrade(created)
    yield created
    created.dispose()


def _source(name: str) -> Source:
    return Source(id=f"s-{name}", name=name, name_folded=name, version=1, created_at=FakeClock()())


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30_000)]
)
def test_engine_configures_sqlite(engine: Engine, pragma: str, value: str | int) -> None:
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_savepoints_roll_back_inside_a_transaction_that_rolls_back(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin() as outer:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            session.add(_source("a"))
            session.commit()
        outer.rollback()
    with Session(engine) as session:
        assert session.scalars(select(Source)).all() == []


def test_foreign_keys_hold(engine: Engine) -> None:
    orphan = Passage(
        id="p-1", article_id="a-1", revision_number=1, position=0, start=0, end=1, kind="body", current=True
    )
    with Session(engine) as session:
        session.add(orphan)
        with pytest.raises(IntegrityError):
            session.commit()


def test_a_reading_transaction_sees_one_snapshot(engine: Engine) -> None:
    with Session(engine) as reader:
        assert reader.scalars(select(Source)).all() == []
        with Session(for_writing(engine)) as writer:
            writer.add(_source("a"))
            writer.commit()
        assert reader.scalars(select(Source)).all() == []
    with Session(engine) as reader:
        assert len(reader.scalars(select(Source)).all()) == 1


def test_instants_keep_their_offset(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(_source("a"))
        session.commit()
    with Session(engine) as session:
        assert session.scalars(select(Source.created_at)).one() == FakeClock()()


def _write(url: str, name: str) -> None:
    engine = create_engine(url)
    for number in range(25):
        with Session(for_writing(engine)) as session:
            known = len(session.scalars(select(Source)).all())
            session.add(_source(f"{known}-{name}{number}"))
            session.commit()


def test_two_processes_that_read_and_write_queue(engine: Engine) -> None:
    context = multiprocessing.get_context("spawn")
    url = engine.url.render_as_string()
    processes = [context.Process(target=_write, args=(url, name)) for name in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    with Session(engine) as session:
        numbers = sorted(int(s.name.split("-")[0]) for s in session.scalars(select(Source)))
    assert numbers == list(range(50))  # each saw all that came before it


def test_a_fork_shares_no_connection(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    child = os.fork()
    if child == 0:
        os._exit(0 if engine.pool.status().startswith("Pool size: 16  Connections in pool: 0") else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
