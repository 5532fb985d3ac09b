"""What the index still has to be told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class IndexJob(Base):
    """An article changed. Written in the transaction of the change, deleted once index and database are seen equal.

    An article can have several: a job is never updated, so that who deletes those they saw leaves later ones alone.
    ``article_id`` may be one that only the index knows.
    """

    __tablename__ = "index_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime]
