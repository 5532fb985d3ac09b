"""Create the tables.

Revision: 0001, the first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "index_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_jobs")),
    )
    with op.batch_alter_table("index_jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_index_jobs_article_id"), ["article_id"], unique=False)

    op.create_table(
        "sources",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("host", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sources_host"), ["host"], unique=False)
        batch_op.create_index(batch_op.f("ix_sources_name_folded"), ["name_folded"], unique=False)

    op.create_table(
        "articles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("identity_key", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("source_name", sa.String(), nullable=False),
        sa.Column("source_country", sa.String(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("canonical_url", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("language_given", sa.String(), nullable=True),
        sa.Column("published_at", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_sort", sa.BigInteger(), nullable=True),
        sa.Column("rights", sa.String(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_articles_source_id_sources")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("identity_key", name=op.f("uq_articles_identity_key")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_articles_canonical_url"), ["canonical_url"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_external_id"), ["external_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_language"), ["language"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_articles_status_published_on"), ["status", "published_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_articles_status_published_sort_id"), ["status", "published_sort", "id"], unique=False
        )

    op.create_table(
        "entities",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_entities_article_id_articles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entities")),
    )
    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entities_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entities_name_folded_id"), ["name_folded", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entities_type"), ["type"], unique=False)

    op.create_table(
        "revisions",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("html", sa.LargeBinary(), nullable=True),
        sa.Column("html_sha256", sa.String(), nullable=True),
        sa.Column("retrieved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_revisions_article_id_articles")),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_revisions")),
    )
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_revisions_article_id_text_sha256"), ["article_id", "text_sha256"], unique=False
        )

    op.create_table(
        "passages",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "revision_number"],
            ["revisions.article_id", "revisions.number"],
            name=op.f("fk_passages_article_id_revision_number_revisions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passages")),
    )
    with op.batch_alter_table("passages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_passages_article_id_current_position"), ["article_id", "current", "position"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_passages_article_id_revision_number"), ["article_id", "revision_number"], unique=False
        )

    op.create_table(
        "facts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("revision_number", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_sort", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("value_low", sa.Double(), nullable=True),
        sa.Column("value_high", sa.Double(), nullable=True),
        sa.Column("time_from", sa.Integer(), nullable=True),
        sa.Column("time_to", sa.Integer(), nullable=True),
        sa.Column("time_sort", sa.Integer(), nullable=True),
        sa.Column("speaker_folded", sa.String(), nullable=True),
        sa.Column("speaker_id", sa.String(), nullable=True),
        sa.Column("polarity", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "revision_number"],
            ["revisions.article_id", "revisions.number"],
            name=op.f("fk_facts_article_id_revision_number_revisions"),
        ),
        sa.ForeignKeyConstraint(["passage_id"], ["passages.id"], name=op.f("fk_facts_passage_id_passages")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_facts_source_id_sources")),
        sa.ForeignKeyConstraint(["speaker_id"], ["entities.id"], name=op.f("fk_facts_speaker_id_entities")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts")),
    )
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facts_article_id_current"), ["article_id", "current"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_facts_article_id_revision_number"), ["article_id", "revision_number"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_facts_current_confidence_article_id_evidence_start_id"),
            ["current", "confidence", "article_id", "evidence_start", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_facts_current_kind_unit_value_low_value_high"),
            ["current", "kind", "unit", "value_low", "value_high"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_facts_current_published_on"), ["current", "published_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_facts_current_published_sort_article_id_evidence_start_id"),
            ["current", "published_sort", "article_id", "evidence_start", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_facts_current_time_from_time_to_time_sort"),
            ["current", "time_from", "time_to", "time_sort"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_facts_current_time_sort_article_id_evidence_start_id"),
            ["current", "time_sort", "article_id", "evidence_start", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_facts_passage_id_current_evidence_start"),
            ["passage_id", "current", "evidence_start"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_facts_source_id_current"), ["source_id", "current"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_facts_speaker_folded_current"), ["speaker_folded", "current"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_facts_speaker_id_current"), ["speaker_id", "current"], unique=False)

    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("passage_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_mentions_article_id_articles")),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_mentions_entity_id_entities")),
        sa.ForeignKeyConstraint(["passage_id"], ["passages.id"], name=op.f("fk_mentions_passage_id_passages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
    )
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mentions_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_entity_id_article_id"), ["entity_id", "article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mentions_passage_id_start"), ["passage_id", "start"], unique=False)

    op.create_table(
        "fact_entities",
        sa.Column("fact_id", sa.String(), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entities.id"], name=op.f("fk_fact_entities_entity_id_entities")),
        sa.ForeignKeyConstraint(["fact_id"], ["facts.id"], name=op.f("fk_fact_entities_fact_id_facts")),
        sa.PrimaryKeyConstraint("fact_id", "entity_id", "role", name=op.f("pk_fact_entities")),
    )
    with op.batch_alter_table("fact_entities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_entities_entity_id_fact_id"), ["entity_id", "fact_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("fact_entities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_entities_entity_id_fact_id"))

    op.drop_table("fact_entities")
    with op.batch_alter_table("mentions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mentions_passage_id_start"))
        batch_op.drop_index(batch_op.f("ix_mentions_entity_id_article_id"))
        batch_op.drop_index(batch_op.f("ix_mentions_article_id"))

    op.drop_table("mentions")
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facts_speaker_id_current"))
        batch_op.drop_index(batch_op.f("ix_facts_speaker_folded_current"))
        batch_op.drop_index(batch_op.f("ix_facts_source_id_current"))
        batch_op.drop_index(batch_op.f("ix_facts_passage_id_current_evidence_start"))
        batch_op.drop_index(batch_op.f("ix_facts_current_time_sort_article_id_evidence_start_id"))
        batch_op.drop_index(batch_op.f("ix_facts_current_time_from_time_to_time_sort"))
        batch_op.drop_index(batch_op.f("ix_facts_current_published_sort_article_id_evidence_start_id"))
        batch_op.drop_index(batch_op.f("ix_facts_current_published_on"))
        batch_op.drop_index(batch_op.f("ix_facts_current_kind_unit_value_low_value_high"))
        batch_op.drop_index(batch_op.f("ix_facts_current_confidence_article_id_evidence_start_id"))
        batch_op.drop_index(batch_op.f("ix_facts_article_id_revision_number"))
        batch_op.drop_index(batch_op.f("ix_facts_article_id_current"))

    op.drop_table("facts")
    with op.batch_alter_table("passages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passages_article_id_revision_number"))
        batch_op.drop_index(batch_op.f("ix_passages_article_id_current_position"))

    op.drop_table("passages")
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revisions_article_id_text_sha256"))

    op.drop_table("revisions")
    with op.batch_alter_table("entities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entities_type"))
        batch_op.drop_index(batch_op.f("ix_entities_name_folded_id"))
        batch_op.drop_index(batch_op.f("ix_entities_article_id"))

    op.drop_table("entities")
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_articles_status_published_sort_id"))
        batch_op.drop_index(batch_op.f("ix_articles_status_published_on"))
        batch_op.drop_index(batch_op.f("ix_articles_source_id"))
        batch_op.drop_index(batch_op.f("ix_articles_language"))
        batch_op.drop_index(batch_op.f("ix_articles_external_id"))
        batch_op.drop_index(batch_op.f("ix_articles_canonical_url"))

    op.drop_table("articles")
    with op.batch_alter_table("sources", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sources_name_folded"))
        batch_op.drop_index(batch_op.f("ix_sources_host"))

    op.drop_table("sources")
    with op.batch_alter_table("index_jobs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_index_jobs_article_id"))

    op.drop_table("index_jobs")
