"""What a use case can refuse, and why. Plain exceptions: one table in ``api/errors.py`` maps them to HTTP.

Shape of the idea: inveniosoftware/invenio-records-resources, ``services/errors.py`` and ``resources/errors.py``.
"""

# ruff: noqa: N818 - each name says what happened; "NotFoundError" would say it twice

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


class ServiceError(Exception):
    """Base of everything that a service raises on purpose."""


class NotFound(ServiceError):
    """There is no such thing, and there never was."""

    def __init__(self, kind: str, identifier: str) -> None:
        """``kind`` is a word of the contract ("article", "fact", "citation", "revision", ...)."""
        super().__init__(f"There is no {kind} {identifier}.")
        self.kind = kind
        self.id = identifier


class Withdrawn(ServiceError):
    """The article was withdrawn. Carries ids and dates, and no text."""

    def __init__(self, article_id: str, withdrawn_at: datetime, citation_id: str | None = None) -> None:
        """``citation_id`` is set where a passage or fact of the article was asked for."""
        super().__init__(f"The article {article_id} was withdrawn on {withdrawn_at.isoformat()}.")
        self.article_id = article_id
        self.withdrawn_at = withdrawn_at
        self.citation_id = citation_id


class PreconditionRequired(ServiceError):
    """A write needs the entity tag of what it replaces (``If-Match``), and had none."""

    def __init__(self, current_etag: str) -> None:
        """``current_etag`` is what the client would have had to send; unquoted."""
        super().__init__("Send If-Match with the entity tag of the article that you mean to change.")
        self.current_etag = current_etag


class PreconditionFailed(ServiceError):
    """The article has changed since the client read it."""

    def __init__(self, current_etag: str) -> None:
        """``current_etag`` is the one to be read again; unquoted."""
        super().__init__("The article has changed since you read it; read it again and repeat the change.")
        self.current_etag = current_etag


@dataclass(frozen=True, slots=True)
class FieldError:
    """One bad field. ``pointer`` is a JSON Pointer (RFC 6901) into the record: "/source/name"."""

    pointer: str
    message: str


class InvalidRecord(ServiceError):
    """An article record breaks a rule of the contract's section 2."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        """``errors`` names each bad field, at least one."""
        super().__init__("; ".join(f"{e.pointer}: {e.message}" if e.pointer else e.message for e in errors))
        self.errors = tuple(errors)


class InvalidQuery(ServiceError):
    """A parameter of a search or list is not understood.

    ``parameter`` names it ("q", "sort", ...); ``position`` counts code points from 0 and is None where the parameter
    is wrong as a whole.
    """

    def __init__(self, message: str, position: int | None = None, parameter: str = "q") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.parameter = parameter


class InvalidCursor(ServiceError):
    """The cursor was not made here, or was made for another query."""

    def __init__(self, message: str = "The cursor does not belong to this query; start again without one.") -> None:
        super().__init__(message)


class IndexRebuilding(ServiceError):
    """The index is being built from the database; ask again in ``retry_after`` seconds."""

    def __init__(self, retry_after: int = 5) -> None:
        super().__init__(f"The index is being rebuilt; ask again in {retry_after} seconds.")
        self.retry_after = retry_after


class SearchTooSlow(IndexRebuilding):
    """The search did not finish in time: fewer or rarer words help, and so does a quieter moment."""

    def __init__(self) -> None:
        super().__init__(retry_after=1)
        self.args = ("The search took too long; use fewer or rarer words, or try again.",)


class StorageFull(ServiceError):
    """Nothing was written because the disk is full. Reads go on, and writes do once there is room."""

    def __init__(self) -> None:
        super().__init__("The disk is full. Nothing was written; try again once there is room.")


class DataUnusable(ServiceError):
    """The database or its folder cannot be used: away, locked, damaged, read-only, or written by a newer version."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The data cannot be used: {reason}.")
        self.reason = reason


class UnsupportedContent(ServiceError):
    """The content cannot be read: HTML without text, or HTML that takes too long."""

    def __init__(self, message: str, pointer: str = "/html") -> None:
        super().__init__(message)
        self.message = message
        self.pointer = pointer
