"""What is set aside, for everyone alike, so that peers are not blamed for what they were not made for.

A recogniser of numbers knows neither which of them belong to dates nor how exact they are nor what is counted, and no
peer tells an article from the menus around it. So, beside the plain figures, finds that match no annotation of their
kind are left out where they stand in annotated boilerplate, captions and title lines, where they are numbers within
annotated dates, and where they are the articles "un", "a" and "one"; and neither qualifiers nor ``of`` nor the units
that only our guidelines have (people, shares, multiples) count.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Span = tuple[int, int]
Locate = Callable[[str, str, Span], Span]
_ARTICLES = {"un", "une", "a", "an", "one"}
_OURS_ALONE = {"person", "ratio", "times"}


def lenient_gold(gold: Json) -> Json:
    """Annotations whose quantities are their number and their unit alone."""
    return gold | {"facts": [_bare(fact) | {"of": None} if _counts(fact) else fact for fact in gold["facts"]]}


def lenient_document(document: Json, gold: Json, text: str, locate: Locate) -> Json:
    """A document without what is set aside; ``locate`` is the score script's, which finds an annotation's words."""
    beside = list(_beside(gold, text))
    marked = {
        kind: [locate(text, fact[key], _near(fact, text)) for fact in gold["facts"] if fact["kind"] == kind]
        for kind, key in (("date", "anchor"), ("quantity", "anchor"), ("quotation", "content"))
    }

    def kept(found: Json, kind: str) -> bool:
        if _touches(found, marked[kind]):
            return True
        article = kind == "quantity" and found["exact"].casefold() in _ARTICLES
        return not article and not _touches(found, beside + (marked["date"] if kind == "quantity" else []))

    times = [time for time in document["mentions"]["times"] if kept(time, "date")]
    facts = [
        fact | {"quantity": _bare(fact["quantity"])} if _counts(fact) else fact
        for fact in document["facts"]
        if fact["kind"] not in marked or kept(_place(fact), fact["kind"])
    ]
    return document | {"mentions": document["mentions"] | {"times": times}, "facts": facts}


def _counts(fact: Json) -> bool:
    return bool(fact["kind"] == "quantity")


def _place(fact: Json) -> Json:
    place: Json = fact["quantity"]["anchor"] if _counts(fact) else fact["quotation"]["content"]
    return place


def _bare(quantity: Json) -> Json:
    unit = quantity.get("unit")
    return quantity | {"qualifier": "exact", "unit": None if unit in _OURS_ALONE else unit}


def _near(fact: Json, text: str) -> Span:
    return (fact["start"], fact["end"]) if "start" in fact else (0, len(text))


def _beside(gold: Json, text: str) -> list[Span]:
    listed = [line for kind in ("boilerplate", "captions", "title_lines") for line in gold.get(kind, [])]
    return [match.span() for line in listed for match in re.finditer(re.escape(line), text)]


def _touches(found: Json, spans: list[Span]) -> bool:
    return any(found["start"] < end and start < found["end"] for start, end in spans)
