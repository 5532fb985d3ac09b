"""The migrations make exactly the tables of the models, from wherever they are run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from migrations import config, current_revision, head_revision, upgrade
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
