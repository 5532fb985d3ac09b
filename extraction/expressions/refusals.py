"""Numbers that are no quantities: parts of names, labels, scores, clock times, idioms, back references."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extraction.expressions.folding import Folded
from extraction.expressions.lexicon import Lexicon, Preceding
from extraction.expressions.numerals import Numeral
from extraction.expressions.units import TIME_UNITS, Measure

_GLUED_BEFORE = re.compile(r"[\w#&@×±]\Z|[×±] \Z|\w\+\Z|[\w.)]-\Z|[0-9][.,:/]\Z|[0-9]\^\Z")
_GLUED_AFTER = re.compile(r"[\w]| ?[×±]|[-–][a-z]|[.:/,][0-9]")
SENTENCE_START = re.compile(r"(?:\A|[.!?…:;«»\"“”(\[•\n–-])[ \n\"'“«(]{0,3}\Z")
_WORD_BEFORE = re.compile(r"([\w'-]{1,40})[ \n]\Z")
_ANAPHORIC_FIGURE = 10
# Two and three are rather those who were named before.
_FEW = 4
_LARGEST_LABEL = 1000
_LARGEST_ITEM = 100
# "dès" folds to "des".
_OPEN_VOWELS = frozenset("èÈ")
_TITLE_UNITS = frozenset({"m", "km", "hour"})
# French counts below two are singular ("le 1,5 kilomètre restant").
_SINGULAR = 2


@dataclass(slots=True)
class Place:
    """A passage's text and view, and what is not to be read there: a mark for each character of the view.

    ``seen`` holds the values that the article has given before, which a definite article may take up.
    """

    text: str
    folded: Folded
    taken: bytearray
    seen: set[float] = field(default_factory=set)

    @property
    def view(self) -> str:
        """The folded text."""
        return self.folded.view

    def is_taken(self, start: int, end: int) -> bool:
        """Whether something else covers a part of a stretch."""
        return self.taken.find(1, start, end) >= 0

    def take(self, start: int, end: int) -> None:
        """Marks a stretch as read."""
        self.taken[start:end] = b"\1" * (end - start)

    def original(self, at: int) -> str:
        """The text's own character at a position of the view."""
        return self.text[self.folded.starts[at]]


class Refusals:
    """What a language's numbers are when they are no amounts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._blocked = [re.compile(pattern) for _, pattern in lexicon.rows("blocked")]
        self._label = Preceding([("", lexicon.union("label"))])
        self._labelling = Preceding([("", lexicon.union("label_noun"))])
        self._part = Preceding([("", lexicon.union("part_of_all"))])
        self._taking_up = Preceding([("", lexicon.union("definite_first"))])
        self._alone_on_line = re.compile(r"(?:\A|\n)[ ]?\Z")
        self._definite = Preceding([("", lexicon.union("definite"))])
        self._keep = Preceding([("", lexicon.union("definite_keep"))])
        self._single = Preceding([("", lexicon.union("definite_single"))])
        self._offset = re.compile(rf"{lexicon.union('offset_after')}(?![\w])")
        self._from_now = Preceding([("", lexicon.union("offset_before"))])
        self._lasting = Preceding([("", lexicon.union("duration_before"))])
        self._window = re.compile(lexicon.union("window"))
        self._window_before = Preceding([("", lexicon.union("window_before"))])
        self._ordinal = re.compile(lexicon.union("ordinal_tail"))
        self._function = re.compile(rf"{lexicon.union('function')}\Z")
        self._opener = re.compile(rf"{lexicon.union('sentence_openers')}\Z")
        self._plural = re.compile(rf"[ \n]{lexicon.union('plural_ending')}(?![\w])")
        self._counted = re.compile(rf"-{lexicon.union('hyphened')}(?![\w])")
        self._spanning = Preceding([("", lexicon.union("one_spanning"))])
        self._spent = re.compile(rf"{lexicon.union('one_spent')}(?![\w])")
        self._lone_before = Preceding([("", lexicon.union("lone_before"))])
        self._lone_counts = re.compile(lexicon.union("lone_counts"))
        self._dated = Preceding([("", lexicon.union("year_before"))])
        self._part_of = re.compile(lexicon.union("of"))
        self._lone = re.compile(rf"{lexicon.union('lone')}\Z")

    def block(self, place: Place) -> None:
        """Adds what idioms, clock times, addresses and the like cover to what is taken."""
        for pattern in self._blocked:
            for found in pattern.finditer(place.view):
                place.take(*found.span())

    def refuses(self, place: Place, numeral: Numeral) -> bool:
        """Whether a number cannot be an amount, whatever follows it."""
        view = place.view
        if place.is_taken(numeral.start, numeral.end):
            return True
        if self._label.match(view, numeral.start) is not None:
            return True
        return numeral.form == "words" and (self._is_ordinal(view, numeral) or self._is_named(place, numeral))

    def is_labelled(self, view: str, numeral: Numeral) -> bool:
        """Whether the noun before a small bare number is numbered by it ("ligne 4"); a plural behind it counts."""
        if numeral.scale > 1 or numeral.value >= _LARGEST_LABEL:
            return False
        return self._labelling.match(view, numeral.start) is not None and not self.has_plural(view, numeral.end)

    def is_stamp(self, place: Place, numeral: Numeral) -> bool:
        """Whether figures that open a line are those of a clock ("13.10" in a live blog) or number it ("1. ...")."""
        view = place.view
        listed = view[numeral.end : numeral.end + 2] in {". ", ") "} and numeral.value < _LARGEST_ITEM
        if numeral.form == "digits" and listed:
            return self._alone_on_line.search(view[max(0, numeral.start - 2) : numeral.start]) is not None
        end = numeral.end
        if re.fullmatch(r"[0-2]?[0-9][.h][0-5][0-9]", view[numeral.start : end]) is None:
            return False
        followed = view[end : end + 1] == "\n" or (view[end : end + 1] == " " and place.original(end + 1).isupper())
        return followed and self._alone_on_line.search(view[max(0, numeral.start - 2) : numeral.start]) is not None

    def _is_ordinal(self, view: str, numeral: Numeral) -> bool:
        return not numeral.fraction and self._ordinal.match(view, numeral.end) is not None

    def _is_named(self, place: Place, numeral: Numeral) -> bool:
        """A capital inside a sentence makes a name ("les Vingt-Sept")."""
        if not place.original(numeral.start).isupper():
            return False
        return SENTENCE_START.search(place.view[max(0, numeral.start - 6) : numeral.start]) is None

    def is_glued_before(self, view: str, at: int) -> bool:
        """Whether the number is the end of a longer sign ("A320", "Covid-19")."""
        return _GLUED_BEFORE.search(view[max(0, at - 2) : at]) is not None

    def is_glued_after(self, view: str, at: int) -> bool:
        """Whether the number goes on as something else ("2e", "4x4", "deux-roues")."""
        return _GLUED_AFTER.match(view, at) is not None and self._counted.match(view, at) is None

    def is_part_of_name(self, place: Place, numeral: Numeral) -> bool:
        """Whether bare figures follow a capitalised word and no plural noun follows them ("Boeing 737")."""
        if numeral.form != "digits" or numeral.scale > 1:
            return False
        view = place.view
        before = _WORD_BEFORE.search(view[max(0, numeral.start - 41) : numeral.start])
        if before is None:
            return False
        start = numeral.start - len(before.group())
        word = before[1]
        capital = any(place.original(at).isupper() for at in range(start, start + len(word)))
        if not capital or self._function.match(word) or self._opener.match(word):
            return False
        return not self.has_plural(view, numeral.end) or place.original(numeral.end + 1).isupper()

    @staticmethod
    def is_postcode(place: Place, numeral: Numeral) -> bool:
        """Whether five figures in one stand before a name ("13001 Marseille")."""
        end = numeral.end
        if numeral.form != "digits" or not re.fullmatch("[0-9]{5}", place.view[numeral.start : end]):
            return False
        return (
            place.view[end : end + 1] == " "
            and place.view[end + 1 :][:1].isalpha()
            and place.original(end + 1).isupper()
        )

    def has_plural(self, view: str, at: int) -> bool:
        """Whether a plural noun seems to follow."""
        found = self._plural.match(view, at)
        return found is not None and self._function.match(found.group().strip()) is None

    def points_back(self, place: Place, numeral: Numeral, start: int, *, measured: bool) -> bool:
        """Whether a definite article makes the number a back reference ("les deux pays").

        More than a few, given for the first time, are counted ("les sept maîtres-nageurs").
        """
        view = place.view
        if numeral.scale > 1 or numeral.fraction or numeral.approximate or numeral.value != int(numeral.value):
            return False
        if self._window_before.match(view, start) is not None:
            return True
        if self._definite.match(view, start) is None or self._keep.match(view, start) is not None:
            return False
        if place.original(start - 3) in _OPEN_VOWELS or self._part.match(view, start) is not None:
            return False
        if self._window.match(view, numeral.end) is not None:
            return True
        if measured:
            return False
        first = numeral.value >= _FEW and numeral.value not in place.seen
        if first and self._taking_up.match(view, start) is not None:
            return False
        return numeral.form == "words" or numeral.value < _ANAPHORIC_FIGURE

    def is_title(self, view: str, numeral: Numeral, start: int, measure: Measure | None) -> bool:
        """Whether a singular article makes the number a name ("le 115", "le 200 mètres", "le 20 heures")."""
        if (
            numeral.scale > 1
            or numeral.fraction
            or numeral.multiple
            or numeral.approximate
            or self._single.match(view, start) is None
        ):
            return False
        return measure is None or (measure.unit in _TITLE_UNITS and numeral.value >= _SINGULAR)

    def is_offset(self, view: str, start: int, measure: Measure | None) -> bool:
        """Whether a duration is a distance from something else ("trois jours après l'orage"), not how long it took."""
        if measure is None or measure.unit not in TIME_UNITS:
            return False
        if self._offset.match(view, measure.end) is not None:
            return self._lasting.match(view, start) is None
        return self._from_now.match(view, start) is not None

    def is_year(self, view: str, numeral: Numeral) -> bool:
        """Whether three or four figures in one, with nothing to count, follow a word that years follow ("en 877")."""
        figures = re.fullmatch(r"[0-9]{3,4}", view[numeral.start : numeral.end]) is not None
        if not figures or self._dated.match(view, numeral.start) is None:
            return False
        return not self.has_plural(view, numeral.end) and self._part_of.match(view, numeral.end) is None

    def spans_time(self, view: str, numeral: Numeral, measure: Measure) -> bool:
        """Whether an article before a period counts it: "en un an", "un an de prison"."""
        if self._spanning.match(view, numeral.start) is not None:
            return True
        return self._spent.match(view, measure.end) is not None

    def stands_alone(self, view: str, numeral: Numeral) -> bool:
        """Whether a word that also means something else ("neuf", new) has nothing to count."""
        word = view[numeral.start : numeral.end]
        if self._lone_before.match(view, numeral.start) is not None:
            return False
        if self._lone.match(word) is None or self._lone_counts.match(view, numeral.end) is not None:
            return False
        return not self.has_plural(view, numeral.end)
