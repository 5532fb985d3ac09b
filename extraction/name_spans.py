"""Where names stand in a passage: the recogniser's labels, the gazetteer, and capitals where neither says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from extraction.analysis import Analysis, Token
from extraction.document import EntityType
from extraction.lexicon import Gender, Lexicon, plain
from extraction.name_cues import CueReader
from extraction.name_lexicon import NameLexicon, load_name_lexicon
from extraction.name_runs import RunReader
from extraction.name_words import Run
from extraction.names import find_known, is_written_so, longest_known
from extraction.spans import Span

_LONGEST = 8
_SLACK = 4
_RULER = 3
_LABELS = {"person": "PER", "organization": "ORG", "place": "LOC", "other": "MISC"}


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in the text; ``label`` is the recogniser's.

    ``cues`` is what its surroundings say, in votes for types, and ``form`` what it says itself.
    ``first`` and ``after`` are positions of tokens in the analysis number ``at``; ``gender`` is that of an honorific.
    A ``doubtful`` one is a name only if the article has it elsewhere; at an ``opening`` any word has a capital.
    """

    span: Span
    name: str
    at: int
    first: int
    after: int
    label: str
    gender: Gender
    cues: Mapping[EntityType, float]
    form: Mapping[EntityType, float]
    doubtful: bool
    opening: bool

    @property
    def evidence(self) -> float:
        """The most that speaks for one type."""
        return max(
            (self.cues.get(kind, 0.0) + self.form.get(kind, 0.0) for kind in {*self.cues, *self.form}), default=0.0
        )


def find_name_spans(
    text: str, at: int, analysis: Analysis, lexicon: Lexicon, *, heading: bool = False
) -> list[NameSpan]:
    """Names of a passage, the article's analysis number ``at``, in order, none overlapping another."""
    names = load_name_lexicon(lexicon.language)
    return _Finder(text, at, analysis.tokens, lexicon, names, heading=heading).find()


def _meet(one: Run, other: Run) -> bool:
    return one[0] < other[1] and other[0] < one[1]


class _Finder:
    def __init__(
        self, text: str, at: int, tokens: list[Token], lexicon: Lexicon, names: NameLexicon, *, heading: bool
    ) -> None:
        self._text, self._at, self._tokens, self._lexicon, self._names = text, at, tokens, lexicon, names
        self._runs = RunReader(text, tokens, lexicon, names, heading=heading)
        self._cues = CueReader(text, tokens, lexicon, names)

    def find(self) -> list[NameSpan]:
        chosen = self._merge(list(self._runs.labelled()), list(self._known()))
        taken = {i for first, after, _ in chosen for i in range(first, after)}
        chosen += self._runs.capitalised(taken)
        found = [self._name_span(run) for run in sorted(chosen)]
        return [name for name in found if not self._drop(name)]

    def _merge(self, labelled: list[Run], known: list[Run]) -> list[Run]:
        """The gazetteer's names, unless the recogniser saw a longer person or organisation around one."""
        kept: list[Run] = []
        at = 0
        for run in labelled:
            while at < len(known) and known[at][1] <= run[0]:
                at += 1
            run = self._without_realm(run, known)  # noqa: PLW2901  # "Abdallah II de Jordanie" is Abdallah II
            near = [k for k in known[at : at + _LONGEST] if _meet(k, run)]
            inside = [k for k in near if run[0] <= k[0] and k[1] <= run[1] and k[:2] != run[:2]]
            if len(near) > len(inside) or (inside and run[2] not in {"PER", "ORG"}):
                continue
            kept.append(run)
        taken = {i for first, after, _ in kept for i in range(first, after)}
        return kept + [k for k in known if taken.isdisjoint(range(k[0], k[1]))]

    def _without_realm(self, run: Run, known: list[Run]) -> Run:
        """A ruler's name without the country behind it: "le roi Abdallah II de Jordanie"."""
        first, after, label = run
        realm = next((k for k in known if k[1] == after and first < k[0] - 1), None) if label == "PER" else None
        if realm is None or realm[0] - first > _RULER or not self._runs.is_genitive(realm[0] - 1):
            return run
        return first, realm[0] - 1, label

    def _known(self) -> Iterator[Run]:
        """The gazetteer's names, longest first from the left."""
        at = 0
        while at < len(self._tokens):
            run = self._known_from(at) if self._may_begin(at) else None
            if run is not None:
                yield run
            at = run[1] if run is not None else at + 1

    def _may_begin(self, at: int) -> bool:
        """Capitals begin names, and the few lower-case nouns that the gazetteer has before one ("palais Chigi")."""
        word = self._tokens[at].text
        return word[:1].isupper() or self._names.has("known_openers", word)

    def _known_from(self, first: int) -> Run | None:
        start = self._tokens[first].start
        longest = longest_known(self._tokens[first].text, self._lexicon.language)
        if not longest:
            return None
        for after in range(min(len(self._tokens), first + _LONGEST), first, -1):
            last = self._tokens[after - 1]
            # Folding takes nothing but accents, dots and doubled spaces away.
            if last.end - start > longest + _SLACK or (not last.text[-1].isalnum() and last.text[-1] != "."):
                continue
            known = find_known(self._text[start : last.end], self._lexicon.language)
            if known is None or not is_written_so(self._text[start : last.end]):
                continue
            if not self._runs.part_of_name(first, after):
                return first, after, _LABELS[known.type]
        return None

    def _name_span(self, run: Run) -> NameSpan:
        first, after, label = run
        span = Span(self._tokens[first].start, self._tokens[after - 1].end)
        cues, form, gender = self._cues.read(run)
        name = NameSpan(
            span=span,
            name=span.of(self._text),
            at=self._at,
            first=first,
            after=after,
            label=label,
            gender=gender,
            cues=cues,
            form=form,
            doubtful=False,
            opening=self._runs.is_opening(first),
        )
        doubtful = self._runs.is_doubtful(run) and name.evidence < SURE and not self._is_known(span)
        return replace(name, doubtful=True) if doubtful else name

    def _is_known(self, span: Span) -> bool:
        """Whether the gazetteer has the name, and the language no common word that is written like it ("Nice")."""
        name = span.of(self._text)
        return find_known(name, self._lexicon.language) is not None and not self._names.has("also_words", name.lower())

    def _drop(self, name: NameSpan) -> bool:
        if self._runs.is_portfolio(name.first) or self._is_generic(name):
            return True
        return not name.label and not name.doubtful and not self._runs.is_proper(name.first) and name.evidence < _CLEAR

    def _is_generic(self, name: NameSpan) -> bool:
        """A common noun with a capital behind a determiner: "la Bourse", "un Breton", "a Republican"."""
        token = self._tokens[name.first]
        if name.first > 0 and self._names.has("indefinite", self._tokens[name.first - 1].text.lower()):
            weak = name.label in {"MISC", ""} and name.evidence < _CLEAR
            return weak and find_known(name.name, self._lexicon.language) is None
        alone = name.after - name.first == 1 and token.ordinary and name.label in {"LOC", "MISC"} and name.first > 0
        if not alone or token.text.isupper() or find_known(name.name, self._lexicon.language) is not None:
            return False
        article = self._tokens[name.first - 1].text
        bare = plain(article) not in self._lexicon.definite_articles and self._runs.is_genitive(name.first - 1)
        determined = article.islower() and plain(article) in self._lexicon.determiners and not bare
        return determined and name.evidence < _CLEAR


SURE = 2.9
"""Votes for one type that leave no doubt that a word is a name."""
_CLEAR = 1.9
