"""From passages to the arrays of one segment.

Words become numbers by a table that remembers every written form it has met; from there on all is arithmetic on whole
arrays: one stable sort for each field turns "passage, word" into "word, passages".
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search_index.analysis import (
    GROUPS,
    compound,
    group_of,
    is_tool_word,
    words,
    written,
)
from search_index.arrays import Array
from search_index.documents import PassageDocument
from search_index.forms import MAX_FORMS, FormTable
from search_index.layout import (
    ALIASES,
    ARTICLE,
    CODED,
    ENTITY,
    FIELDS,
    HEADING,
    NAMES,
    NUMBERS,
    SKETCH,
    SPEAKERS,
    SURFACE,
    TEXT,
    TITLE,
    TRAITS,
    VALUES,
)
from search_index.lineage import length_to_byte

NO_INSTANT = np.iinfo(np.int64).max
NO_MONTH = 0


Ints = NDArray[np.int64] | NDArray[np.int32]
Arrays = dict[str, Array]


class _Words:
    """The words of a text field, passage after passage, as numbers of forms."""

    def __init__(self) -> None:
        self.forms = array("i")
        self.documents = array("I")
        self.ends = array("Q")

    def add(self, document: int, forms: Iterable[int]) -> None:
        self.forms.extend(forms)
        self.documents.append(document)
        self.ends.append(len(self.forms))

    def arrays(self) -> tuple[Ints, Ints, Ints]:
        """Form, passage and place of every word."""
        forms = np.frombuffer(self.forms, dtype=np.int32)
        ends = np.frombuffer(self.ends, dtype=np.uint64).astype(np.int64)
        lengths = ends - np.append(0, ends[:-1])
        owner = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        real = forms >= 0  # a token without a letter or a digit has no place
        if not real.all():
            forms, owner = forms[real], owner[real]
        first = np.searchsorted(owner, np.arange(len(lengths))).astype(np.int32)
        places = np.arange(len(owner), dtype=np.int32) - first[owner]
        documents = np.frombuffer(self.documents, dtype=np.uint32).astype(np.int32)[owner]
        return forms, documents, places


class SegmentBuilder:
    """Collects passages and gives the arrays of their segment. The passages of an article come one after the other."""

    def __init__(self, table: FormTable | None = None) -> None:
        self._table = table if table is not None and len(table) <= MAX_FORMS else FormTable()
        self._words = {name: _Words() for names in (TEXT, TITLE, HEADING) for name in names.values()}
        self._sets: dict[str, list[Sequence[str]]] = {name: [] for name in (NAMES, ALIASES, SPEAKERS, VALUES, ENTITY)}
        self._coded: dict[str, list[str]] = {name: [] for name in CODED}
        self._numbers: dict[str, list[int]] = {name: [] for name in ("day", "month", "instant", "traits")}
        self._passages: list[bytes] = []
        self._fingerprints: list[bytes] = []
        self._groups: list[int] = []
        self._last: tuple[str, str, list[int]] = ("", "", [])

    @property
    def table(self) -> FormTable:
        """The forms met, for the builder of the next segment."""
        return self._table

    def __len__(self) -> int:
        return len(self._passages)

    def add(self, document: PassageDocument) -> None:
        """One more passage. Raises TypeError for a document of the wrong types, and the builder must be dropped."""
        number, group = len(self._passages), group_of(document.language)
        text = list(self._forms(document.text))
        self._words[TEXT[group]].add(number, text)
        self._words[TITLE[group]].add(number, self._title(document.title))
        if document.heading:
            self._words[HEADING[group]].add(number, self._forms(document.heading))
        self._add_names(document.names, text)
        self._sets[SPEAKERS].append(_name_words(document.speakers))
        self._sets[VALUES].append(document.values)
        self._sets[ENTITY].append(document.entity_ids)
        self._groups.append(GROUPS.index(group))
        self._add_columns(document)

    def _add_names(self, names: Sequence[str], text: Sequence[int]) -> None:
        """The words of the names that stand in a text, given by its forms, and those that do not."""
        found = set(_name_words(names))
        written = {self._table.forms[form].folded for form in set(text) if form >= 0} if found else set()
        self._sets[NAMES].append(sorted(found & written))
        self._sets[ALIASES].append(sorted(found - written))

    def _add_columns(self, document: PassageDocument) -> None:
        for name, value in (
            ("source", document.source_id),
            ("language", document.language),
            ("kind", document.kind),
            (ARTICLE, document.article_id),
        ):
            self._coded[name].append(value)
        day, instant = document.published_on, document.instant
        self._numbers["day"].append(0 if day is None else day.toordinal())
        self._numbers["month"].append(NO_MONTH if day is None else day.year * 12 + day.month - 1)
        self._numbers["instant"].append(NO_INSTANT if instant is None else instant)
        self._numbers["traits"].append(sum(1 << TRAITS.index(name) for name in set(document.traits)))
        self._fingerprints.append(document.fingerprint.encode())
        self._passages.append(document.passage_id.encode())

    def _forms(self, text: str) -> Iterable[int]:
        return map(self._table.__getitem__, written(text))

    def _title(self, title: str) -> list[int]:
        if self._last[1] != title:  # the passages of an article share theirs
            self._last = ("", title, list(self._forms(title)))
        return self._last[2]

    def arrays(self) -> Arrays:
        """The segment's arrays by name, as ``docs/index-format.md`` describes them."""
        count = len(self)
        found = id_arrays(_ids(self._passages)) | {"fingerprint.ids": _ids(self._fingerprints)}
        for name, values in self._coded.items():
            found |= _coded(name, values)
        for name, numbers in self._numbers.items():
            found[name] = np.array(numbers, dtype=NUMBERS[name])
        found |= self._text_arrays(count)
        for name, sets in self._sets.items():
            found |= _set_arrays(name, sets)
        codes = found[f"{ARTICLE}.column"].astype(np.int64)
        found |= _postings(ARTICLE, "set", codes, np.arange(count), None, None, len(found[f"{ARTICLE}.ends"]))
        return found

    def _text_arrays(self, count: int) -> Arrays:
        found: Arrays = {}
        texts: list[tuple[Ints, Ints]] = []
        for names in (TEXT, TITLE, HEADING):
            for group, name in names.items():
                forms, documents, places = self._words[name].arrays()
                if len(forms):
                    found |= self._inverted(name, GROUPS.index(group), count, forms, documents, places)
                    if names is TEXT:
                        texts.append((forms, documents))
        forms = np.concatenate([np.zeros(0, np.int64), *(one for one, _ in texts)])
        documents = np.concatenate([np.zeros(0, np.int64), *(one for _, one in texts)])
        return found | self._surfaces(forms, documents) | self._sketches(forms, documents, count)

    def _inverted(self, name: str, group: int, count: int, forms: Ints, documents: Ints, places: Ints) -> Arrays:
        used, numbers = np.unique(forms, return_inverse=True)
        terms, ends, own = _vocabulary(self._table.terms(int(number), group) for number in used)
        which, repeated = _expand(numbers, ends)
        lengths = np.bincount(documents, minlength=count)
        codes = _length_bytes(lengths)
        found = _lexicon(name, terms)
        found[f"{name}.lengths"] = codes
        return found | _postings(
            name, FIELDS[name], own[which], documents[repeated], places[repeated], codes, len(terms)
        )

    def _surfaces(self, forms: Ints, documents: Ints) -> Arrays:
        if not len(forms):
            return {}
        used, numbers = np.unique(forms, return_inverse=True)
        terms, _, own = _vocabulary((self._table.forms[int(number)].folded,) for number in used)
        found = _lexicon(SURFACE, terms)
        return found | _postings(SURFACE, "set", own[numbers], documents, None, None, len(terms))

    def _sketches(self, forms: Ints, documents: Ints, count: int) -> Arrays:
        """For each passage the smallest hashes of its words, and one hash of its figures and negations in their order.

        A. Broder, On the resemblance and containment of documents (1997): the share of equal places of two sketches
        estimates the share of words that the passages have in common.
        """
        sketch = np.zeros((count, SKETCH), dtype=np.uint8)
        figures = np.zeros(count, dtype=np.uint32)
        if len(forms):
            used, numbers = np.unique(forms, return_inverse=True)
            known = [self._table.forms[int(number)] for number in used]
            seeds = np.array([one.seed for one in known], dtype=np.uint64)
            order = np.argsort(documents, kind="stable")  # languages came one after the other
            numbers, documents = numbers[order], documents[order]
            telling = np.array([not one.common for one in known])[numbers]
            sketch = _min_hashes(seeds, numbers[telling], documents[telling], sketch)
            counted = np.array([one.is_figure for one in known])[numbers]
            figures = _figures(seeds, numbers[counted], documents[counted], figures)
        return {"sketch": sketch.reshape(-1), "figures": figures}


def _min_hashes(seeds: NDArray[np.uint64], numbers: Ints, documents: Ints, sketch: NDArray[np.uint8]) -> Any:
    if len(numbers):
        present, starts = np.unique(documents, return_index=True)
        for at in range(SKETCH):
            # Other hash functions of the same seed: arithmetic modulo 2**64, as Fibonacci hashing has it.
            mixed = (seeds + np.uint64(at + 1)) * np.uint64(0x9E3779B97F4A7C15)
            mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
            least = np.minimum.reduceat((mixed >> np.uint64(32)).astype(np.uint32)[numbers], starts)
            sketch[present, at] = (least * np.uint32(2654435761)) >> np.uint32(24)
    return sketch


def _figures(seeds: NDArray[np.uint64], numbers: Ints, documents: Ints, figures: NDArray[np.uint32]) -> Any:
    if len(numbers):
        present, starts = np.unique(documents, return_index=True)
        places = np.arange(len(documents)) - np.repeat(starts, np.diff(np.append(starts, len(documents))))
        mixed = (seeds[numbers] + np.uint64(1)) * (places.astype(np.uint64) * np.uint64(2) + np.uint64(1))
        figures[present] = (np.add.reduceat(mixed, starts) % np.uint64(2**32 - 5)).astype(np.uint32)
    return figures


def _name_words(names: Iterable[str]) -> list[str]:
    return [term for name in names for term in _terms_of_name(name)]


def _terms_of_name(name: str) -> Iterator[str]:
    yield from (word.folded for word in words(name) if not is_tool_word(word))
    if "-" in name:
        yield from (compound(parts) for chunk in name.split() if len(parts := list(words(chunk))) > 1)


def _ids(values: Sequence[bytes]) -> Array:
    return np.array(values, dtype=np.bytes_) if values else np.zeros(0, dtype="S1")


def id_arrays(ids: Array) -> Arrays:
    """The ids of the passages; their numbers in the order of the ids; and for each its place in that order."""
    order = np.argsort(ids, kind="stable")
    rank = np.empty(len(ids), dtype=np.uint32)
    rank[order] = np.arange(len(ids), dtype=np.uint32)
    return {"passage.ids": ids, "passage.order": order.astype(np.uint32), "passage.rank": rank}


def _coded(name: str, values: Sequence[str]) -> Arrays:
    distinct = sorted(set(values))
    number = {value: at for at, value in enumerate(distinct)}
    codes = smallest(np.array([number[value] for value in values], dtype=np.int64))
    return _lexicon(name, distinct) | {f"{name}.column": codes}


def _set_arrays(name: str, sets: Sequence[Sequence[str]]) -> Arrays:
    flat = [value for values in sets for value in values]
    if not flat:
        return {}
    documents = np.repeat(np.arange(len(sets)), [len(values) for values in sets])
    distinct = sorted(set(flat))
    number = {value: at for at, value in enumerate(distinct)}
    own = np.array([number[value] for value in flat], dtype=np.int64)
    return _lexicon(name, distinct) | _postings(name, "set", own, documents, None, None, len(distinct))


def _vocabulary(terms_of_form: Iterable[tuple[str, ...]]) -> tuple[list[str], Ints, Ints]:
    """The sorted terms; where each form's end among all; and those as numbers of the sorted terms."""
    flat: list[str] = []
    ends: list[int] = []
    for terms in terms_of_form:
        flat.extend(terms)
        ends.append(len(flat))
    distinct = sorted(set(flat))
    number = {term: at for at, term in enumerate(distinct)}
    return distinct, np.array(ends, dtype=np.int32), np.array([number[term] for term in flat], dtype=np.int32)


def _expand(numbers: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """For each word, its form's terms: which entries of the forms' terms, and which word each is of."""
    sizes = np.diff(ends, prepend=0)
    counts = sizes[numbers]
    repeated = np.repeat(np.arange(len(numbers), dtype=np.int32), counts)
    begins = np.cumsum(counts, dtype=np.int32) - counts
    within = np.arange(len(repeated), dtype=np.int32) - np.repeat(begins, counts)
    return (ends - sizes)[numbers][repeated] + within, repeated


def _lexicon(name: str, terms: Sequence[str]) -> Arrays:
    encoded = [encode_term(term) for term in terms]
    ends = np.cumsum([len(one) for one in encoded], dtype=np.int64)
    return {f"{name}.words": np.frombuffer(b"".join(encoded), dtype=np.uint8), f"{name}.ends": smallest(ends)}


def encode_term(term: str) -> bytes:
    """A term as the lexicon holds it."""
    return term.encode("utf-8", "surrogatepass")


def _postings(
    name: str,
    kind: str,
    terms: Ints,
    documents: Ints,
    places: Ints | None,
    lengths: NDArray[np.uint8] | None,
    count: int,
) -> Arrays:
    """Invert occurrences, given in the order of passages and places, each with the number of its sorted term."""
    order = np.argsort(terms, kind="stable")
    terms, documents = terms[order], documents[order]
    new = np.ones(len(terms), dtype=np.bool_)
    new[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    first = np.flatnonzero(new)
    starts = np.searchsorted(terms[first], np.arange(count + 1))
    found: Arrays = {f"{name}.starts": smallest(starts), f"{name}.docs": documents[first].astype(np.uint32)}
    if kind == "set":
        return found
    assert lengths is not None
    frequencies = np.diff(first, append=len(terms)).astype(np.int32)
    found[f"{name}.codes"] = posting_codes(frequencies, lengths[documents[first]])
    if kind == "places":
        assert places is not None
        found[f"{name}.places"] = smallest(places[order])
        found[f"{name}.place_starts"] = smallest(np.append(first, len(terms))[starts])
    return found


def posting_codes(frequencies: Ints, lengths: NDArray[np.uint8]) -> Array:
    """Frequency and length byte in one number, by which a table gives what the posting adds to a score."""
    codes = frequencies * 256 + lengths
    return codes.astype(np.uint16 if not len(codes) or codes.max() < 2**16 else np.uint32)


def smallest(values: Ints) -> Array:
    """The values, none negative, in the smallest unsigned type that holds them."""
    most = int(values.max()) if len(values) else 0
    return values.astype(np.min_scalar_type(most))


_LENGTH_BYTES = np.array([length_to_byte(n) for n in range(4096)], dtype=np.uint8)


def _length_bytes(lengths: Ints) -> NDArray[np.uint8]:
    """Whoosh's approximation of each length to one byte."""
    coded = _LENGTH_BYTES[np.minimum(lengths, 4095)]
    for at in np.flatnonzero(lengths > 4095):
        coded[at] = length_to_byte(int(lengths[at]))
    return coded
