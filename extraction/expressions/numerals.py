"""Numbers in digits, in words and mixed ("2,4 milliards", "trois millions deux cent mille"), without any judgement
about what they count.

Work is linear in the text: every pattern has bounded repetitions and every run of number words a bounded length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from extraction.expressions.lexicon import Keyed, Lexicon, load_lexicon
from extraction.expressions.number_words import WordReader
from extraction.languages.errors import LanguageError

Form = Literal["digits", "words"]
Sign = Literal["+", "-", ""]
_SIGN = re.compile(r"(?<![\w)\]%.,°/–-])[-−–+]\Z|\([-−–+] \Z")
_LARGEST_SHARED = 1000


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at a place in a view.

    ``scale`` is its multiplier (1 without one); ``approximate`` marks "une vingtaine"; ``vague`` plurals that only
    bound from below ("des milliers", value 2000); ``fraction`` fraction nouns ("deux tiers"); ``multiple`` nouns of
    multiples ("le double"); ``sign`` a written sign.
    """

    start: int
    end: int
    value: float
    form: Form
    scale: float = 1
    approximate: bool = False
    vague: bool = False
    fraction: bool = False
    multiple: bool = False
    sign: Sign = ""


class NumeralReader:
    """Finds the numbers of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = WordReader(lexicon)
        self._decimal = lexicon.rows("decimal")[0][0]
        self._digits = re.compile(_digits_of(self._decimal))
        lone = (lexicon.union("lone_fraction"), lexicon.union("lone_multiple"))
        starts = "|".join([*self._words.words, *lone])
        vague = lexicon.union("vague")
        self._start = re.compile(rf"(?<![0-9])[0-9]|(?<![\w])(?:{starts})(?![\w])|(?<![\w]){vague}")
        self._multiplier = Keyed(_prefixed(lexicon, "multiplier", "[ \n-]?"))
        self._noun = Keyed(_prefixed(lexicon, "approximate", "[ \n-]"))
        self._fraction = Keyed(_prefixed(lexicon, "fraction", "[ \n-]"))
        self._lone = Keyed(lexicon.rows("lone_fraction"))
        self._multiple = Keyed(lexicon.rows("lone_multiple"))
        self._half = re.compile(rf"[ \n-]{lexicon.union('and_half')}(?![\w])")
        self._point = re.compile(rf"[ \n]{lexicon.union('point')}[ \n]")
        self._linked = re.compile(rf"[ \n](?:{lexicon.union('part_link')}[ \n])?")
        self._vague = re.compile(vague)
        vague_nouns = [*lexicon.rows("vague_noun"), *lexicon.rows("approximate"), *lexicon.rows("multiplier")]
        self._vague_noun = Keyed(vague_nouns)
        self._noun_of = Keyed(
            [*_prefixed(lexicon, "vague_noun", "[ \n-]"), *_prefixed(lexicon, "approximate", "[ \n-]")]
        )
        self._of_a = re.compile(lexicon.union("of_a"))
        self._link_of = re.compile(lexicon.union("of"))
        self._article = re.compile(lexicon.union("article"))
        self._minus = re.compile(rf"(?<![\w]){lexicon.union('minus')}[ \n]\Z")

    def scan(self, view: str) -> Iterator[Numeral]:
        """All numbers of a view, in order, without overlap."""
        at = 0
        while (found := self._start.search(view, at)) is not None:
            numeral = self.match(view, found.start())
            if numeral is None:
                at = max(found.end(), found.start() + 1)
            else:
                yield self._signed(view, numeral)
                at = numeral.end

    def simple_spans(self, view: str) -> Iterator[tuple[int, int]]:
        """Where figures and runs of number words stand, without multipliers that are nouns."""
        at = 0
        while (found := self._start.search(view, at)) is not None:
            simple = self._simple(view, found.start())
            at = max(found.end(), found.start() + 1) if simple is None else simple.end
            if simple is not None:
                yield simple.start, simple.end

    def read(self, words: str) -> float | None:
        """The value of a string that is one number and nothing else ("vingt-trois", "12")."""
        numeral = self.match(words, 0)
        return numeral.value if numeral is not None and numeral.end == len(words) else None

    def match(self, view: str, at: int) -> Numeral | None:
        """The number that begins at a position."""
        vague = self._vague.match(view, at)
        if vague is not None:
            return self._read_vague(view, at, vague.end())
        simple = self._simple(view, at)
        if simple is None or simple.multiple:
            return simple
        return self._approximated(view, simple) or self._fractioned(view, simple) or self._multiplied(view, simple)

    def _simple(self, view: str, at: int) -> Numeral | None:
        """Digits, or words with their decimals, or a fraction noun alone ("demi")."""
        lone = self._lone.match(view, at)
        if lone is not None:
            return Numeral(at, lone[1], float(lone[0]), "words", fraction=True)
        digits = self._digits.match(view, at)
        if digits is not None:
            return Numeral(at, digits.end(), value_of(digits.group(), self._decimal), "digits")
        multiple = self._multiple.match(view, at)
        if multiple is not None:
            return Numeral(at, multiple[1], float(multiple[0]), "words", multiple=True)
        words = self._words.read(view, at)
        if words is None:
            return None
        point = self._point.match(view, words[1])
        decimals = self._words.read(view, point.end()) if point is not None else None
        if decimals is None or decimals[0] >= _LARGEST_SHARED:
            return Numeral(at, words[1], words[0], "words")
        value = words[0] + decimals[0] / 10.0 ** len(f"{decimals[0]:.0f}")
        return Numeral(at, decimals[1], value, "words")

    def _approximated(self, view: str, simple: Numeral) -> Numeral | None:
        """A number of nouns of about so many ("une vingtaine", "une centaine de millions")."""
        noun = self._noun.match(view, simple.end)
        if noun is None:
            return None
        order = float(noun[0])
        half = self._half.match(view, noun[1])
        value, end = (simple.value + 0.5, half.end()) if half is not None else (simple.value, noun[1])
        found = replace(simple, end=end, value=value * order, scale=order, approximate=True)
        return self._raised(view, found, through="of")

    def _raised(self, view: str, numeral: Numeral, through: str) -> Numeral:
        """The number times the multiplier that follows it, directly or after "de"."""
        link = self._link_of.match(view, numeral.end) if through else None
        at = link.end() - 1 if link is not None else numeral.end
        multiplier = self._multiplier.match(view, at) or (self._noun_of.match(view, at) if link is not None else None)
        if multiplier is None:
            return numeral
        factor = float(multiplier[0])
        return replace(numeral, end=multiplier[1], value=numeral.value * factor, scale=numeral.scale * factor)

    def _fractioned(self, view: str, simple: Numeral) -> Numeral | None:
        fraction = self._fraction.match(view, simple.end)
        if fraction is None or simple.value >= float(fraction[0].split("/")[1]):
            return None
        one, parts = map(float, fraction[0].split("/"))
        part = replace(simple, end=fraction[1], value=simple.value * one / parts)
        million = self._of_a.match(view, part.end)  # "a quarter of a million"
        if million is not None and self._multiplier.match(view, million.end() - 1) is not None:
            part = replace(part, end=million.end() - 1)
        raised = self._approximated(view, part) or self._raised(view, part, through="")
        return raised if raised.scale > 1 else replace(part, fraction=True)

    def _multiplied(self, view: str, simple: Numeral) -> Numeral:
        """Multipliers that fall ("trois millions deux cent mille"), each with what it adds."""
        half = self._half.match(view, simple.end) if not simple.fraction else None
        if half is not None:
            simple = replace(simple, end=half.end(), value=simple.value + 0.5)
        whole = self._raised(view, simple, through="")
        if whole.scale == 1:
            return whole
        whole = replace(whole, fraction=False)
        half = self._half.match(view, whole.end)
        if half is not None:
            return replace(whole, end=half.end(), value=whole.value + whole.scale / 2)
        return self._with_rest(view, whole)

    def _with_rest(self, view: str, whole: Numeral) -> Numeral:
        limit = whole.scale
        for _ in range(3):
            link = self._linked.match(view, whole.end)
            rest = self._simple(view, link.end()) if link is not None else None
            if rest is None or rest.fraction or rest.value < 1:
                break
            rest = self._raised(view, rest, through="")
            # "2 millions 5 000" and "3 hundred and one" add; "3 millions 12 ans" does not.
            alike = rest.form == whole.form or limit <= _LARGEST_SHARED
            if rest.value >= limit or (rest.scale == 1 and not alike):
                break
            whole = replace(whole, end=rest.end, value=whole.value + rest.value)
            limit = rest.scale
            if limit == 1:
                break
        return whole

    def _read_vague(self, view: str, at: int, noun_at: int) -> Numeral | None:
        """At least two of the noun that follows the plural article ("des dizaines de milliers")."""
        noun = self._vague_noun.match(view, noun_at)
        if noun is None:
            return None
        order = float(noun[0])
        found = Numeral(at, noun[1], 2 * order, "words", scale=order, approximate=True, vague=True)
        return self._raised(view, found, through="of")

    def _signed(self, view: str, numeral: Numeral) -> Numeral:
        before = view[max(0, numeral.start - 16) : numeral.start]
        sign = _SIGN.search(before) if numeral.form == "digits" else None
        if sign is not None:
            start = numeral.start - len(sign.group().lstrip("("))
            if "+" in sign.group():
                return replace(numeral, start=start, sign="+")
            return replace(numeral, start=start, value=-numeral.value, sign="-")
        minus = self._minus.search(before)
        # "Moins un accord qu'une trêve" subtracts nothing.
        article = self._article.fullmatch(view, numeral.start, numeral.end) is not None
        if minus is None or numeral.approximate or numeral.fraction or numeral.multiple or article:
            return numeral
        return replace(numeral, start=numeral.start - len(before) + minus.start(), value=-numeral.value, sign="-")


def _prefixed(lexicon: Lexicon, section: str, prefix: str) -> list[tuple[str, str]]:
    return [(key, f"{prefix}(?:{pattern})") for key, pattern in lexicon.rows(section)]


def _digits_of(decimal: str) -> str:
    """Digits, grouped or not, with decimals. The two marks change their parts between languages."""
    mark, other = re.escape(decimal), r"\." if decimal == "," else ","
    tail = rf"(?:{mark}[0-9]{{1,18}})?"
    grouped = [rf"[0-9]{{1,3}}(?:{gap}[0-9]{{3}}){{1,6}}(?![0-9]){tail}" for gap in (" ", other, "'")]
    two_marks = rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}}){{2,6}}(?![0-9])"
    foreign = rf"[0-9]{{1,18}}{other}[0-9]{{1,2}}(?![0-9{re.escape(decimal)}.])"
    plain = rf"[0-9]{{1,18}}{tail}"
    return rf"(?:{'|'.join([*grouped, two_marks, foreign, plain])})(?![0-9])"


def value_of(digits: str, decimal: str) -> float:
    """The value of written digits: a mark that repeats, or that groups three digits, groups; else it is decimal."""
    bare = re.sub("[ ']", "", digits)
    other = "." if decimal == "," else ","
    if bare.count(decimal) > 1:
        return float(bare.replace(decimal, ""))
    if decimal not in bare and re.fullmatch(rf"[0-9]+{re.escape(other)}[0-9]{{1,2}}", bare):
        return float(bare.replace(other, "."))
    return float(bare.replace(other, "").replace(decimal, "."))


@lru_cache
def numeral_reader(language: str) -> NumeralReader:
    """The reader of a language. Raises LanguageError where its table does not say what divides decimals."""
    lexicon = load_lexicon(language)
    if not lexicon.rows("decimal"):
        raise LanguageError(
            f"expressions.tsv of the language {language!r} has no row 'decimal'; without one no figure can be read."
        )
    return NumeralReader(lexicon)
