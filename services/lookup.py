"""What the filters ``source`` and ``entity`` name: an id, a host, or a name."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Entity, Source
from services.identity import find_by_external_id, find_by_known_name, name_key


def source_ids(session: Session, wanted: str) -> list[str]:
    """Ids of the sources with that id, host or name (accents and case aside); perhaps none. One query."""
    named = or_(Source.id == wanted, Source.host == wanted.strip().lower(), Source.name_folded == name_key(wanted))
    return list(session.scalars(select(Source.id).where(named).order_by(Source.id)))


def entity_ids(session: Session, wanted: str) -> list[str]:
    """Ids of the entities with that id, name (accents and case aside) or id elsewhere ("iso3166:FR"). One query.

    A name that the gazetteer has in another language or spelling serves as well. Perhaps there are none.
    """
    ids = {wanted, find_by_external_id(wanted), find_by_known_name(wanted)} - {None}
    named = or_(Entity.id.in_(ids), Entity.name_folded == name_key(wanted))
    return list(session.scalars(select(Entity.id).where(named).order_by(Entity.id)))
