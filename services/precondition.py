"""If-Match: who writes says what they have read (RFC 9110, section 13.1.1)."""

from __future__ import annotations

from services.errors import PreconditionFailed, PreconditionRequired


def check_precondition(if_match: str | None, current_etag: str) -> None:
    """Raise PreconditionRequired or PreconditionFailed unless ``if_match`` names the current tag.

    It is a tag, quoted or not, a comma-separated list of tags, or "*". Weak tags never match.
    """
    if if_match is None or not if_match.strip():
        raise PreconditionRequired(current_etag)
    if if_match.strip() == "*":  # alone, never in a list: what a client did not mean must not match everything
        return
    if not any(tag.strip().strip('"') == current_etag for tag in if_match.split(",")):
        raise PreconditionFailed(current_etag)
