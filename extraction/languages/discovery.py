"""Which languages there are: Sourcebook's own, and those that installed distributions add by an entry point.

A distribution adds a language by an entry point of the group ``sourcebook.languages`` that names a subclass of
``extraction.languages.base.Language``::

    [project.entry-points."sourcebook.languages"]
    es = "sourcebook_es:Spanish"
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points

from extraction.languages.base import Language
from extraction.languages.errors import LanguageError

GROUP = "sourcebook.languages"
_OWN = (
    EntryPoint("fr", "extraction.languages.fr.language:French", GROUP),
    EntryPoint("en", "extraction.languages.en.language:English", GROUP),
)


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """Every language by its code, Sourcebook's own first. Found once per process.

    Raises LanguageError for an entry point that cannot be loaded, and where two packs claim one code.
    """
    found: dict[str, Language] = {}
    installed = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    for point in (*_OWN, *installed):
        language = _load(point)
        if language.code in found:
            raise LanguageError(
                f"{point.value} is a second pack for the language {language.code!r}, which "
                f"{type(found[language.code]).__module__} has already; uninstall one of them."
            )
        found[language.code] = language
    return found


def find_language(code: str) -> Language | None:
    """The pack of a language, None where there is none."""
    return languages().get(code)


def _load(point: EntryPoint) -> Language:
    try:
        made = point.load()
    except (ImportError, AttributeError) as error:
        raise LanguageError(f"The language pack {point.value} cannot be imported: {error}") from error
    if not (isinstance(made, type) and issubclass(made, Language)):
        raise LanguageError(f"The language pack {point.value} is no subclass of {Language.__module__}.Language.")
    if getattr(made, "code", None) != point.name:
        raise LanguageError(f"The language pack {point.value} has no code {point.name!r}, which its entry point names.")
    return made()
