"""What each name of an article names: a vote over all its mentions.

The recogniser has two votes, shared among the mentions of a name; the gazetteer decides; the words around each mention
and the form of the name add theirs. A name has one type in an article, but for a person who is called like a place:
"Florence Paris" was born "à Florence".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extraction.analysis import Parsed
from extraction.document import EntityType
from extraction.identity import fold
from extraction.lexicon import Lexicon
from extraction.name_lexicon import NameLexicon, Votes, load_name_lexicon
from extraction.name_spans import NameSpan
from extraction.names import find_known, skeleton

_ORDER: tuple[EntityType, ...] = ("person", "organization", "place", "other")
_KNOWN = 8.0
_PART = 4.0
_MOST = 8.0
_CLEAR = 1.0
_HERE = 1.0
_JOINTS = 3
_LONGEST_ROW = 12
_STEM = 5
_ALONE = 0.65


def judge_types(spans: Sequence[NameSpan], parsed: Parsed, lexicon: Lexicon) -> list[EntityType]:
    """The type of each mention."""
    return _Vote(spans, parsed, lexicon).types()


def bare(name: str, lexicon: Lexicon) -> str:
    """A folded name without an article at its start: "Le Messager" and "Messager" are one."""
    words = fold(name).replace("l'", "l' ", 1).split() if fold(name).startswith("l'") else fold(name).split()
    while len(words) > 1 and words[0] in lexicon.definite_articles:
        words = words[1:]
    return " ".join(words)


class _Vote:
    def __init__(self, spans: Sequence[NameSpan], parsed: Parsed, lexicon: Lexicon) -> None:
        self._spans, self._parsed, self._lexicon = spans, parsed, lexicon
        self._names: NameLexicon = load_name_lexicon(parsed.language)
        self._keys = [bare(span.name, lexicon) for span in spans]
        self._long = {key for key, span in zip(self._keys, spans, strict=True) if " " in span.name}
        self._ballots: dict[str, Votes] = defaultdict(lambda: Votes(float))

    def types(self) -> list[EntityType]:
        self._count()
        self._share()
        self._know()
        self._from_parts()
        self._from_adjectives()
        winners = {key: winner(self._ballots[key]) for key in self._keys}
        parts = self._person_parts(winners)
        for key in winners:
            if key not in self._long and skeleton(key) in parts and not self._is_place(key):
                winners[key] = "person"
        return [self._here(span, key, winners, parts) for span, key in zip(self._spans, self._keys, strict=True)]

    def _count(self) -> None:
        counts = Counter(self._keys)
        cues: dict[str, Votes] = defaultdict(lambda: Votes(float))
        for span, key in zip(self._spans, self._keys, strict=True):
            # Recognisers take many a company and village for a surname; a surname alone is weak evidence.
            alone = span.label == "PER" and key not in self._long
            for kind, weight in self._names.weights("label", span.label):
                self._ballots[key][kind] += weight / counts[key] * (_ALONE if alone else 1)
            for kind, weight in span.cues.items():
                cues[key][kind] += weight
        for key, form in {key: span.form for key, span in zip(self._keys, self._spans, strict=True)}.items():
            for kind, weight in form.items():
                self._ballots[key][kind] += weight
        for key, votes in cues.items():
            for kind, weight in votes.items():
                self._ballots[key][kind] += max(-_MOST, min(_MOST, weight))

    def _share(self) -> None:
        """Names that are coordinated are of one kind: half of what speaks for the others goes to each."""
        given: list[tuple[str, Votes]] = []
        for members in self._coordinations():
            keys = [self._keys[at] for at in members]
            given += [(key, self._most({other for other in keys if other != key})) for key in set(keys)]
        for key, votes in given:
            for kind, weight in votes.items():
                self._ballots[key][kind] += max(-2.0, min(2.0, weight / 2))

    def _most(self, keys: set[str]) -> Votes:
        """For each type the most votes that one of some names has."""
        return Votes(float, {kind: max((self._ballots[key][kind] for key in keys), default=0.0) for kind in _ORDER})

    def _coordinations(self) -> Iterator[list[int]]:
        """Positions of names in a row with "and" between the last two: "in Salford, Bolton and Rochdale"."""
        row: list[int] = [0]
        for at in range(1, len(self._spans) + 1):
            joint = self._joint(self._spans[at - 1], self._spans[at]) if at < len(self._spans) else ""
            if joint:
                row.append(at)
            if joint != "," or len(row) > _LONGEST_ROW:
                if joint and len(row) > 1:
                    yield row
                row = [at]

    def _joint(self, one: NameSpan, other: NameSpan) -> str:
        """The word that coordinates two names, "" for none."""
        if one.at != other.at or not 0 < other.first - one.after <= _JOINTS:
            return ""
        between = self._parsed.analyses[one.at].tokens[one.after : other.first]
        words = [token.text.lower() for token in between]
        small = self._lexicon.definite_articles | self._names.words("genitive") | self._names.words("place_links")
        fits = self._names.has("joint", words[0]) and all(w in small for w in words[1:])
        return words[0] if fits else ""

    def _know(self) -> None:
        for span, key in zip(self._spans, self._keys, strict=True):
            known = find_known(span.name, self._parsed.language)
            if known is not None and self._ballots[key][known.type] < _KNOWN:
                self._ballots[key][known.type] += _KNOWN

    def _from_parts(self) -> None:
        """A longer name says what its parts are: "République de X" a place, "X Crown Court" too."""
        for span in self._spans:
            words = bare(span.name, self._lexicon).split()
            if len(words) < 2:  # a name of one word has no parts
                continue
            if self._names.has("state", words[0]) and words[-1] in self._ballots:
                self._ballots[words[-1]]["place"] += _PART
            if any(self._names.weights("civic", word) for word in words[1:]) and words[0] in self._ballots:
                self._ballots[words[0]]["place"] += 2

    def _from_adjectives(self) -> None:
        """A name is a place if the article has an adjective made from it: "Norvanie", "norvanienne"."""
        endings = tuple(self._names.words("adjective_endings"))
        stems = {
            fold(token.text.removesuffix(ending))[:_STEM]
            for analysis in self._parsed.analyses
            for token in analysis.tokens
            if token.pos == "ADJ" and token.text.endswith(endings)
            for ending in endings
            if token.text.endswith(ending) and len(token.text) - len(ending) >= _STEM
        }
        for key in set(self._keys):
            if " " not in key and key[:_STEM] in stems and len(key) > _STEM:
                self._ballots[key]["place"] += 1.5

    def _person_parts(self, winners: dict[str, EntityType]) -> frozenset[str]:
        """Surnames, and given names, of the article's people with a full name."""
        full = {span.name for span, key in zip(self._spans, self._keys, strict=True) if winners[key] == "person"}
        return frozenset(skeleton(part) for name in full if " " in name for part in _ends(name))

    def _is_place(self, key: str) -> bool:
        known = find_known(key.title(), self._parsed.language)
        return known is not None and known.type == "place"

    def _here(self, span: NameSpan, key: str, winners: dict[str, EntityType], parts: frozenset[str]) -> EntityType:
        """The winner, but a place's name that is a person's too is what this mention's surroundings say."""
        if key in self._long or skeleton(key) not in parts or not self._is_place(key):
            return winners[key]
        return "place" if span.cues.get("place", 0.0) > _HERE else "person"


def _ends(name: str) -> tuple[str, str]:
    """Given name and surname."""
    words = name.split()
    return words[0], words[-1]


def winner(votes: Votes) -> EntityType:
    """The type with most votes; "other" where none has enough."""
    best = max(_ORDER, key=lambda kind: (votes[kind], -_ORDER.index(kind)))
    return best if votes[best] >= _CLEAR else "other"
