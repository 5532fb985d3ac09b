"""What is wrong with a language pack."""

from __future__ import annotations


class LanguageError(Exception):
    """A language pack that cannot be used, with what is wrong and where."""
