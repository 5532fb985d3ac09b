"""Keep the links between entities that articles make.

Revision: 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entity_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("target_id", sa.String(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_entity_links_article_id_articles")),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_entity_links_entity_id_entities")),
        sa.ForeignKeyConstraint(["target_id"], ["entities.id"], name=op.f("fk_entity_links_target_id_entities")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_links")),
    )
    with op.batch_alter_table("entity_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entity_links_article_id"), ["article_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entity_links_entity_id_article_id"), ["entity_id", "article_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_entity_links_target_id_article_id"), ["target_id", "article_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("entity_links")
