"""The migrations make exactly the tables of the models, from wherever they are run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from migrations import UnknownRevision, current_revision, head_revision, known_revisions, upgrade
from migrations.running import config
from models import Base
from models.engine import create_engine, for_writing, sqlite_url


def test_migrations_leave_nothing_to_generate(tmp_path: Path) -> None:
    engine = create_engine(sqlite_url(tmp_path / "test.db"))
    upgrade(engine)
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []
        assert current_revision(connection) == head_revision()
    engine.dispose()


def test_migrations_can_be_undone(tmp_path: Path) -> None:
    engine = create_engine(sqlite_url(tmp_path / "test.db"))
    upgrade(engine)
    with for_writing(engine).begin() as connection:
        command.downgrade(config(connection), "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_migrations_run_in_any_folder_and_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from migrations import upgrade; "
        "from models.engine import create_engine, sqlite_url; upgrade(create_engine(sqlite_url(Path(sys.argv[1]))))"
    )
    path = tmp_path / "test.db"
    running = [subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=tmp_path) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    engine = create_engine(sqlite_url(path))
    with engine.connect() as connection:
        assert current_revision(connection) == head_revision()
    engine.dispose()


def test_revisions_are_those_that_alembic_knows() -> None:
    scripts = ScriptDirectory.from_config(config())
    assert known_revisions() == tuple(reversed([script.revision for script in scripts.walk_revisions()]))
    assert head_revision() == scripts.get_current_head()


def test_a_database_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    engine = create_engine(sqlite_url(tmp_path / "test.db"))
    upgrade(engine)
    with for_writing(engine).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnknownRevision, match="9999"):
        upgrade(engine)
    with engine.connect() as connection:
        assert current_revision(connection) == "9999"
    engine.dispose()


def test_a_start_that_has_nothing_to_migrate_does_not_import_alembic(tmp_path: Path) -> None:
    path = tmp_path / "test.db"
    engine = create_engine(sqlite_url(path))
    upgrade(engine)
    engine.dispose()
    script = (
        "import sys; from pathlib import Path; import services.newsroom; from migrations import upgrade; "
        "from models.engine import create_engine, sqlite_url; upgrade(create_engine(sqlite_url(Path(sys.argv[1])))); "
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 0


def test_names_and_counts_of_what_is_stored_are_taken_over(tmp_path: Path) -> None:
    engine = create_engine(sqlite_url(tmp_path / "test.db"))
    upgrade(engine, "0003")
    with for_writing(engine).begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text("DROP TABLE articles"))
        connection.execute(text("CREATE TABLE articles (id VARCHAR PRIMARY KEY)"))
        connection.execute(text("DROP TABLE passages"))
        connection.execute(text("CREATE TABLE passages (id VARCHAR PRIMARY KEY)"))
        connection.execute(text("INSERT INTO articles VALUES ('a-1'), ('a-2')"))
        connection.execute(text("INSERT INTO passages VALUES ('p-1')"))
        columns = "INSERT INTO entities (id, type, name, name_folded) VALUES "
        connection.execute(text(columns + "('e-1', 'person', 'Élodie Marchand', 'elodie marchand')"))
        columns = 'INSERT INTO mentions (article_id, passage_id, kind, start, "end", entity_id, name) VALUES '
        for article, name in (("a-1", "Élodie Marchand"), ("a-1", "Mme Marchand"), ("a-2", "Élodie Marchand")):
            connection.execute(text(columns + f"('{article}', 'p-1', 'entity', 0, 1, 'e-1', '{name}')"))
    upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT articles FROM entities")) == 2
        keys = set(connection.scalars(text("SELECT key FROM entity_names WHERE entity_id = 'e-1'")))
        assert keys == {"elodie marchand", "marchand", "mme marchand"}
    engine.dispose()
