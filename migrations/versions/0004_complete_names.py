"""Keep what names of entities are completed by, and in how many articles each entity is.

Revision: 0004, after 0003. What is stored already is counted, and its names are taken from its mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from extraction.identity import fold

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WORD = re.compile(r"[^\W_][^\s']*")
_MANY = 10_000


def upgrade() -> None:
    op.create_table(
        "entity_names",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_entity_names_entity_id_entities")),
        sa.PrimaryKeyConstraint("key", "entity_id", name=op.f("pk_entity_names")),
    )
    with op.batch_alter_table("entity_names", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entity_names_entity_id_key"), ["entity_id", "key"], unique=False)
    op.add_column("entities", sa.Column("articles", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_entities_articles"), "entities", ["articles"], unique=False)
    _count()
    _name()


def downgrade() -> None:
    op.drop_table("entity_names")
    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entities_articles"))
        batch_op.drop_column("articles")


def _count() -> None:
    op.execute(
        "UPDATE entities SET articles = "
        "(SELECT COUNT(DISTINCT article_id) FROM mentions WHERE mentions.entity_id = entities.id)"
    )


def _name() -> None:
    table = sa.table("entity_names", sa.column("key"), sa.column("entity_id"))
    connection = op.get_bind()
    query = "SELECT DISTINCT entity_id, name FROM mentions WHERE entity_id IS NOT NULL ORDER BY entity_id"
    rows = _rows(connection.execute(sa.text(query)))
    while batch := list(islice(rows, _MANY)):
        connection.execute(sa.insert(table), batch)


def _rows(mentioned: Iterable[Any]) -> Iterator[dict[str, str]]:
    last, seen = "", set[str]()
    for entity, name in mentioned:
        if entity != last:
            last, seen = entity, set()
        folded = fold(name or "")
        for match in islice(_WORD.finditer(folded), 8):
            key = folded[match.start() : match.start() + 60]
            if key not in seen:
                seen.add(key)
                yield {"key": key, "entity_id": entity}
