"""The parts in which an article is put before a model: whole passages, so many that a question stays of one size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extraction.grounds import Grounds
from extraction.languages.data import find_file

PROMPT = "model_prompt.txt"
"""The file of a language pack that tells a model what to do."""
READ = frozenset({"body", "caption"})
# Code points. A part is some 1,500 tokens of English and 2,000 of French; 20 parts are twenty times a long article.
_LARGEST = 6_000
_LONGEST_PASSAGE = 3_000
_MOST = 20


@dataclass(frozen=True, slots=True)
class Part:
    """Positions of the passages (in the document) that are asked about together."""

    passages: tuple[int, ...]


def divide_into_parts(grounds: Grounds) -> tuple[Part, ...]:
    """The article's body and captions in order; none in a language without a pack, or whose pack has no prompt.

    A passage of more than 3,000 code points is one endless sentence and left out, and so is what comes after twenty
    parts of 6,000: what an article costs is bounded.
    """
    if grounds.parsed is None or find_file(grounds.parsed.language, PROMPT) is None:
        return ()
    return tuple(part for part, _ in zip(_parts(grounds), range(_MOST), strict=False))


def _parts(grounds: Grounds) -> Iterator[Part]:
    waiting: list[int] = []
    size = 0
    for at, passage in enumerate(grounds.document.passages):
        length = len(passage.span)
        if passage.kind not in READ or length > _LONGEST_PASSAGE:
            continue
        if waiting and size + length > _LARGEST:
            yield Part(tuple(waiting))
            waiting, size = [], 0
        waiting.append(at)
        size += length
    if waiting:
        yield Part(tuple(waiting))
