"""What peers find, in the shape of our extraction documents, so that one score script reads them all.

Pure functions: no peer is needed to import or test them, and nothing of ours is imported either, because they run in
the peers' environment, where our package is not installed. Offsets are code points, half-open, into the text as given.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

Json = dict[str, Any]
Span = tuple[int, int]

# Names of units as peers spell them (folded, singular) and as the annotated articles do.
_UNITS = {
    "percentage": "percent",
    "percent": "percent",
    "per cent": "percent",
    "%": "percent",
    "euro": "EUR",
    "dollar": "USD",
    "united states dollar": "USD",
    "british pound": "GBP",
    "pound sterling": "GBP",
    "livre sterling": "GBP",
    "pound": "GBP",
    "japanese yen": "JPY",
    "yen": "JPY",
    "kilometer": "km",
    "kilometre": "km",
    "meter": "m",
    "metre": "m",
    "mètre": "m",
    "kilomètre": "km",
    "millimeter": "mm",
    "millimetre": "mm",
    "millimètre": "mm",
    "centimeter": "cm",
    "centimetre": "cm",
    "centimètre": "cm",
    "square metre": "m2",
    "square meter": "m2",
    "mètre carré": "m2",
    "kilometre per hour": "km/h",
    "kilometer per hour": "km/h",
    "kilomètre par heure": "km/h",
    "mile per hour": "mph",
    "mile": "mile",
    "inch": "inch",
    "ton": "tonne",
    "tonne": "tonne",
    "metric ton": "tonne",
    "gram": "g",
    "gramme": "g",
    "hectare": "hectare",
    "degree celsius": "degree_celsius",
    "celsius": "degree_celsius",
    "c": "degree_celsius",
    "degree fahrenheit": "degree_fahrenheit",
    "f": "degree_fahrenheit",
    "an": "year",
    "année": "year",
    "year": "year",
    "mois": "month",
    "month": "month",
    "semaine": "week",
    "week": "week",
    "jour": "day",
    "day": "day",
    "heure": "hour",
    "hour": "hour",
    "minute": "minute",
    "decade": "decade",
}
_PLAIN_SPACES = dict.fromkeys((0x00A0, 0x2009, 0x202F), " ")
_DURATION = re.compile(r"PT?\d+(?:\.\d+)?([YMWDHS])")
_DURATION_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}


def document(article_id: str, times: list[Json], facts: list[Json]) -> Json:
    """An extraction document with what peers offer: times and facts."""
    return {"external_id": article_id, "passages": [], "mentions": {"times": times}, "facts": facts}


def span(text: str, start: int, end: int) -> Json:
    """A span with its exact words."""
    return {"start": start, "end": end, "exact": text[start:end]}


def time_mention(text: str, start: int, end: int, edtf: str) -> Json:
    """A time: where it stands and its value."""
    return span(text, start, end) | {"edtf": edtf}


def quantity_fact(text: str, place: Span, value: float | None, unit: str | None, margin: float | None = None) -> Json:
    """A quantity; ``margin`` makes it a range around its value.

    Peers say neither how exact a number is nor what is counted: it passes for exact, and ``of`` is null.
    """
    quantity: Json = {"anchor": span(text, *place), "value": value, "lower": None, "upper": None, "qualifier": "exact"}
    if value is not None and margin:
        quantity |= {"value": None, "lower": value - margin, "upper": value + margin, "qualifier": "range"}
    return {
        "kind": "quantity",
        "evidence": span(text, *place),
        "attribution": None,
        "quantity": quantity | {"unit": unit, "of": None},
    }


def quotation_fact(text: str, content: Span, speaker: str) -> Json:
    """A quotation with the words that name its speaker, if any."""
    return {
        "kind": "quotation",
        "evidence": span(text, *content),
        "attribution": {"name": None, "exact": speaker} if speaker else None,
        "quotation": {"content": span(text, *content)},
    }


def unit_name(name: str | None) -> str | None:
    """A peer's unit under the annotated articles' name; None for a bare number; unknown units keep their name.

    >>> unit_name("Kilomètres"), unit_name("dimensionless"), unit_name("furlong")
    ('km', None, 'furlong')
    """
    folded = (name or "").casefold()
    if folded in {"", "dimensionless"}:
        return None
    singular = " ".join(word.removesuffix("s") if word != "mois" else word for word in folded.split())
    return _UNITS.get(folded) or _UNITS.get(singular) or folded


def without_dozens(value: float, unit: str | None) -> tuple[float, str | None]:
    """A value and its unit, dozens being a number here rather than a unit."""
    return (12 * value, None) if unit == "dozen" else (value, unit)


def unit_of_duration(timex: str) -> str | None:
    """The unit of an ISO duration with one component: "P3W" is in weeks; None for any other.

    >>> unit_of_duration("P3W"), unit_of_duration("PT20M"), unit_of_duration("P1Y2M")
    ('week', 'minute', None)
    """
    match = _DURATION.fullmatch(timex)
    if not match:
        return None
    return "minute" if timex.startswith("PT") and match[1] == "M" else _DURATION_UNITS.get(match[1])


def number(written: str | None) -> float | None:
    """The number of a peer's resolution, which writes a decimal comma in French and may end in a percent sign.

    >>> number("3,5%"), number("12000"), number("half")
    (3.5, 12000.0, None)
    """
    try:
        return float((written or "").rstrip("% ").replace(",", "."))
    except ValueError:
        return None


def edtf_of_period(moment: datetime.datetime, period: str | None) -> str:
    """The value of a moment that is known to a period: "year", "month", "week", "time", else a day.

    >>> edtf_of_period(datetime.datetime(2024, 6, 11), "month")
    '2024-06'
    """
    if period == "week":
        year, week, _ = moment.isocalendar()
        return f"{year}-W{week:02d}"
    if period == "time":
        return moment.isoformat(timespec="seconds")
    return moment.date().isoformat()[: {"year": 4, "month": 7}.get(period or "", 10)]


def edtf_of_resolution(values: Iterable[Mapping[str, str]], reference: datetime.date) -> str | None:
    """The value that Recognizers-Text gives to a time, or None for what it does not place on a day or longer.

    Of several readings the latest that does not begin after the reference is taken, since news tells what has been;
    or else the earliest. Of two readings of one day (five in the morning or in the evening) the first is taken.
    """
    readings = [(day, reading) for reading in values if (day := _first_day(reading, reference))]
    past = [item for item in readings if item[0] <= reference.isoformat()]
    if not readings:
        return None
    _, best = max(past, key=itemgetter(0)) if past else min(readings, key=itemgetter(0))
    return _edtf(best, reference)


def _first_day(reading: Mapping[str, str], reference: datetime.date) -> str | None:
    if reading.get("type") == "time":
        return reference.isoformat()
    begin = reading.get("value") or reading.get("start") or reading.get("end") or ""
    return begin[:10] if re.match(r"\d{4}-\d\d-\d\d", begin) else None


def _edtf(reading: Mapping[str, str], reference: datetime.date) -> str:
    kind = reading["type"]
    if kind == "time":
        return f"{reference.isoformat()}T{reading['value']}"
    if kind == "datetimerange":  # an evening or a morning keeps its day, as in the annotated articles
        return (reading.get("start") or reading["end"])[:10]
    if kind == "daterange":
        return _range(reading)
    return reading["value"].replace(" ", "T")


def _range(reading: Mapping[str, str]) -> str:
    begin, end, timex = reading.get("start", ""), reading.get("end", ""), reading.get("timex", "")
    whole = timex if re.fullmatch(r"\d{4}(-W?\d\d(-\d\d)?)?", timex) else ""
    if re.fullmatch(r"XXXX-\d\d", timex):
        whole = (begin or end)[:7]
    if not begin or not end:  # "since 2011" is open; "until May" is annotated as May
        return f"{whole or begin}/.." if reading.get("Mod") == "since" else whole or begin or end
    if whole:
        return whole
    if not timex.startswith("("):  # a range that the text does not spell out ends where the next day begins
        end = (datetime.date.fromisoformat(end) - datetime.timedelta(days=1)).isoformat()
    return f"{begin}/{end}"


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text that hold more than white space, each with its offset.

    Spaces that do not break are plain here, a character for a character: some peers end a number at them.
    """
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, line.translate(_PLAIN_SPACES)
        at += len(line)


def find_after(text: str, needle: str, cursor: int) -> Span | None:
    """Where the needle next stands, in any case; None where it does not (its peer altered the text).

    >>> find_after("Mardi, puis mardi", "mardi", 3)
    (12, 17)
    """
    at = text.find(needle, cursor)
    if at < 0 and len(text.lower()) == len(text):
        at = text.lower().find(needle.lower(), cursor)
    return (at, at + len(needle)) if at >= 0 and needle else None


def overlaps(place: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(place[0] < end and start < place[1] for start, end in others)


class Words:
    """The words of a text, to find again a quotation whose offsets count in an altered copy of it.

    Peers change spaces, marks and apostrophes, never the words, so the words in a row say where it stands.
    """

    def __init__(self, text: str) -> None:
        self._spans = [match.span() for match in re.finditer(r"\w+", text)]
        self._words = [text[start:end] for start, end in self._spans]
        self._at: dict[str, list[int]] = {}
        for index, word in enumerate(self._words):
            self._at.setdefault(word, []).append(index)

    def find(self, quotation: str, near: int) -> Span | None:
        """The place of the quotation's words that is nearest to the offset ``near``, or None."""
        sought = re.findall(r"\w+", quotation)
        if not sought:
            return None
        places = [
            (self._spans[at][0], self._spans[at + len(sought) - 1][1])
            for at in self._at.get(sought[0], ())
            if self._words[at : at + len(sought)] == sought
        ]
        return min(places, key=lambda place: abs(place[0] - near), default=None)


def with_marks(text: str, content: Span, quotation: str) -> Span:
    """The span of a quotation's words, with the closing mark of the sentence where the quotation has one as well.

    >>> with_marks("« Non ! », dit-il", (2, 5), "« Non ! »")
    (2, 7)
    """
    start, end = content
    if not re.search(r"[.!?…]\W*$", quotation):
        return content
    closing = re.compile(r"\s?[.!?…]+").match(text, end)
    return (start, closing.end()) if closing else content
