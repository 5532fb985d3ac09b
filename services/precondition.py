"""If-Match: who writes says what they have read (RFC 9110, section 13.1.1)."""

from __future__ import annotations

from services.errors import PreconditionFailed, PreconditionRequired


def check_precondition(if_match: str | None, current_etag: str) -> None:
    """Raise PreconditionRequired or PreconditionFailed unless ``if_match`` names the current tag.

    It is a tag, quoted or not, a comma-separated list of tags, or "*". Weak tags never match.
    """
    if if_match is None or not if_match.strip():
        raise PreconditionRequired(current_etag)
    tags = [tag.strip() for tag in if_match.split(",")]
    if "*" not in tags and not any(tag.strip('"') == current_etag for tag in tags):
        raise PreconditionFailed(current_etag)
