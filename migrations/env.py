"""Alembic's entry point: migrates the connection that it is given."""

from __future__ import annotations

from alembic import context

from models import Base

if context.is_offline_mode():
    raise SystemExit("Migrations run on a connection; use `sourcebook db upgrade`.")

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
