"""What is set aside, for everyone alike, so that peers are not blamed for what they were not made for.

A recogniser of numbers knows neither which of them belong to dates nor how exact they are nor what is counted, and no
peer tells an article from the menus around it. So, beside the plain figures: finds in annotated boilerplate, captions
and title lines are left out, quantities within annotated dates too, the articles "un", "a" and "one" where no quantity
is annotated, and neither qualifiers nor ``of`` count.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Span = tuple[int, int]
_ARTICLES = {"un", "une", "a", "an", "one"}
Locate = Callable[[str, str, Span], Span]


def lenient_gold(gold: Json) -> Json:
    """Annotations whose quantities are their number and their unit alone."""
    bare = {"qualifier": "exact", "of": None}
    return gold | {"facts": [fact | bare if fact["kind"] == "quantity" else fact for fact in gold["facts"]]}


def lenient_document(document: Json, gold: Json, text: str, locate: Locate) -> Json:
    """A document without what is set aside; ``locate`` is the score script's, which finds an annotation's words."""
    beside = list(_beside(gold, text))
    dates, quantities = (
        [locate(text, fact["anchor"], _near(fact, text)) for fact in gold["facts"] if fact["kind"] == kind]
        for kind in ("date", "quantity")
    )

    def kept(fact: Json) -> bool:
        if fact["kind"] == "quantity":
            anchor = fact["quantity"]["anchor"]
            article = anchor["exact"].casefold() in _ARTICLES and not _touches(anchor, quantities)
            return not article and not _touches(anchor, beside + dates)
        return fact["kind"] != "quotation" or not _touches(fact["quotation"]["content"], beside)

    times = [time for time in document["mentions"]["times"] if not _touches(time, beside)]
    facts = [_bare(fact) for fact in document["facts"] if kept(fact)]
    return document | {"mentions": document["mentions"] | {"times": times}, "facts": facts}


def _bare(fact: Json) -> Json:
    if fact["kind"] != "quantity":
        return fact
    return fact | {"quantity": fact["quantity"] | {"qualifier": "exact"}}


def _near(fact: Json, text: str) -> Span:
    return (fact["start"], fact["end"]) if "start" in fact else (0, len(text))


def _beside(gold: Json, text: str) -> list[Span]:
    listed = [line for kind in ("boilerplate", "captions", "title_lines") for line in gold.get(kind, [])]
    return [match.span() for line in listed for match in re.finditer(re.escape(line), text)]


def _touches(found: Json, spans: list[Span]) -> bool:
    return any(found["start"] < end and start < found["end"] for start, end in spans)
