"""One self-contained page that shows an extraction in place: what to look at when one judges it.

The page loads nothing from anywhere. Without its script everything can still be read; the script only links a fact to
its words and hides kinds. Everything that comes from an article is escaped by the template.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import jinja2

from services.views import Json

GENERATOR = '<meta name="generator" content="Sourcebook">'
_PLURALS = {"quotation": "quotations", "quantity": "quantities", "event": "events"}
_ROLES = ("subject", "object", "of", "place")


@dataclass(frozen=True, slots=True)
class Read:
    """An article as it was read: the text that spans count in, and its extraction document."""

    title: str
    text: str
    document: Json


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text under the same marks. ``facts`` holds the keys of the facts that it belongs to."""

    text: str
    classes: str
    facts: str
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stretch of text is: a class of the style sheet, a fact's key or none, words for who points at it."""

    start: int
    end: int
    style: str
    fact: str = ""
    title: str = ""


@dataclass(slots=True)
class _Shown:
    kind: str
    key: str
    confidence: float
    flags: list[str] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)


def render(articles: Sequence[Read], problems: Iterable[str]) -> str:
    """The page of articles, and what could not be read."""
    shown = [_article(article, number) for number, article in enumerate(articles, 1)]
    template, style, script = _template()
    return template.render(articles=shown, kinds=_PLURALS, problems=list(problems), style=style, script=script)


@lru_cache(maxsize=1)
def _template() -> tuple[jinja2.Template, str, str]:
    folder = files("cli") / "templates"
    page, style, script = ((folder / f"extraction.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))
    return jinja2.Environment(autoescape=True).from_string(page), style, script


def _article(article: Read, number: int) -> Json:
    document = article.document
    keys = [f"f{number}-{at}" for at, _ in enumerate(document["facts"], 1)]
    marks = [*_mention_marks(document["mentions"]), *_fact_marks(document["facts"], keys)]
    counts = Counter(fact["kind"] for fact in document["facts"])
    about = [f"language {document['language']}", *(f"{counts[kind]} {plural}" for kind, plural in _PLURALS.items())]
    return {
        "title": article.title,
        "language": document["language"],
        "about": " · ".join([*about, f"SHA-256 {document['text_sha256']}"]),
        "passages": list(_passages(article.text, document["passages"], marks)),
        "facts": [_shown(fact, key) for fact, key in zip(document["facts"], keys, strict=True)],
    }


def _passages(text: str, passages: Iterable[Json], marks: Sequence[Mark]) -> Iterator[Json]:
    waiting = sorted(marks, key=lambda mark: mark.start)
    at = 0
    for passage in passages:
        within = []
        while at < len(waiting) and waiting[at].start < passage["end"]:
            within.append(waiting[at])
            at += 1
        rule = passage["rule"]
        yield {
            "kind": passage["kind"],
            "label": passage["kind"] if rule is None else f"{passage['kind']}: {rule}",
            "parts": list(_parts(text, passage["start"], passage["end"], within)),
        }


def _parts(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Part]:
    """The text cut wherever a mark begins or ends, each part with all marks over it."""
    opens, closes = defaultdict(list), defaultdict(list)
    for mark in marks:
        opens[max(start, mark.start)].append(mark)
        closes[min(end, mark.end)].append(mark)
    cuts = sorted({start, end, *opens, *closes})
    over: dict[int, Mark] = {}
    for cut, following in pairwise(cuts):
        for mark in closes[cut]:
            over.pop(id(mark), None)
        over.update((id(mark), mark) for mark in opens[cut])
        yield _part(text[cut:following], over.values())


def _part(text: str, marks: Iterable[Mark]) -> Part:
    found = list(marks)
    return Part(
        text=text,
        classes=" ".join(sorted({mark.style for mark in found})),
        facts=" ".join(dict.fromkeys(mark.fact for mark in found if mark.fact)),
        title="; ".join(dict.fromkeys(mark.title for mark in found if mark.title)),
    )


def _mention_marks(mentions: Mapping[str, list[Json]]) -> Iterator[Mark]:
    for entity in mentions["entities"]:
        yield _mark(entity, "entity", title=f"{entity['type']}: {entity['name']}")
    for time in mentions["times"]:
        yield _mark(time, "time", title=f"{time['edtf'] or 'unresolved'} ({time['basis']})")


def _fact_marks(facts: Iterable[Json], keys: Iterable[str]) -> Iterator[Mark]:
    for fact, key in zip(facts, keys, strict=True):
        kind = fact["kind"]
        said = fact[kind]
        yield _mark(fact["evidence"], "evidence", key)
        yield _mark(said.get("content") or said.get("anchor") or said.get("predicate"), kind, key)
        if fact["attribution"] is not None:
            yield _mark(fact["attribution"], "who", key)
        for role in _ROLES:
            span = said.get(role) or (fact["place"] if role == "place" else None)
            if span is not None:
                yield _mark(span, "role", key)


def _mark(span: Json, style: str, fact: str = "", title: str = "") -> Mark:
    return Mark(span["start"], span["end"], style, fact, title)


def _shown(fact: Json, key: str) -> _Shown:
    shown = _Shown(fact["kind"], key, fact["confidence"])
    usual = {"polarity": "affirmed", "modality": "asserted"}
    shown.flags = [fact[name] for name, value in usual.items() if fact[name] != value]
    if fact.get("denied_by"):
        shown.flags.append("disputed")
    shown.fields = [(name, value) for name, value in _fields(fact) if value]
    return shown


def _fields(fact: Json) -> Iterator[tuple[str, str]]:
    said, who, time = fact[fact["kind"]], fact["attribution"], fact["time"]
    if fact["kind"] == "quantity":
        yield "amount", said["anchor"]["exact"]
        yield "value", _amount(said)
        yield "of", _role(said["of"])
    elif fact["kind"] == "quotation":
        yield said["style"], said["content"]["exact"]
    else:
        yield "predicate", f"{said['predicate']['lemma']} ({said['predicate']['exact']})"
        yield "subject", _role(said["subject"])
        yield "object", _role(said["object"])
    yield "who says so", "" if who is None else f"{_role(who)}{_cue(who['cue'])}"
    yield "when", "" if time is None else f"{time['exact']} = {time['edtf'] or 'unresolved'} ({time['basis']})"
    yield "where", _role(fact["place"])
    yield "evidence", fact["evidence"]["exact"]
    yield "found by", f"{fact['extractor']['name']} {fact['extractor']['version']}"
    yield "id", fact["id"]


def _amount(said: Json) -> str:
    value = said["value"]
    if value is None:
        low, high = ("open" if said[bound] is None else f"{said[bound]:,}" for bound in ("lower", "upper"))
        amount = f"{low} to {high}"
    else:
        amount = f"{value:,}"
    return " ".join(str(part) for part in (said["qualifier"], amount, said["unit"], said.get("change")) if part)


def _role(role: Json | None) -> str:
    if role is None:
        return ""
    name = role.get("name")
    return role["exact"] if name in (None, role["exact"]) else f"{role['exact']} = {name}"


def _cue(cue: Json | None) -> str:
    return "" if cue is None else f" ({cue['lemma']})"
