"""Sources: the outlets and institutions that publish articles."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Source(Base):
    """A source. ``id`` derives from the host of its URL, else from its folded name; ``version`` counts its changes."""

    __tablename__ = "sources"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    url: Mapped[str | None]
    host: Mapped[str | None] = mapped_column(index=True)
    country: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
