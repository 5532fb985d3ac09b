"""Which form of an answer a client wants, and in which language."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request

from api.errors import NOT_ACCEPTABLE, Problem, ProblemError

LANGUAGES = ("en", "fr")


def wanted_form(forms: Mapping[str, str], asked: str | None = None) -> str:
    """The name of a form: the one asked for, else the best that ``Accept`` allows; the first where all are equal.

    ``forms`` maps names to media types. Raises ProblemError (406).
    """
    if asked is not None:
        return asked
    names = {media_type: name for name, media_type in forms.items()}
    if not request.accept_mimetypes:
        return next(iter(forms))
    best = request.accept_mimetypes.best_match(list(names))
    if best is None:
        raise ProblemError(Problem(type=NOT_ACCEPTABLE, detail=f"There is {', '.join(names)}."))
    return names[best]


def wanted_language() -> str:
    """French or English, by ``Accept-Language``; English where neither is wanted."""
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
