"""Names by rules: runs of capitalised words, labelled as person, organisation, place or other.

A label needs a reason (a title, a given name, a word like "Council", a gazetteer, a locative preposition, a verb of
speech); without one a name is "MISC", which claims nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from extraction.languages.en.data import phrase_set, word_set
from extraction.languages.en.tokens import Word

_PARTICLES = frozenset(
    {
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "ten",
        "al",
        "bin",
        "ben",
        "ibn",
        "la",
        "le",
    }
)
_LINKS = frozenset({"of", "for", "and", "the"})
_LOCATIVE = frozenset(
    {"in", "at", "near", "from", "outside", "across", "throughout", "around", "towards", "toward", "into"}
)
_PERSON_VERBS = frozenset(
    {"say", "tell", "add", "explain", "ask", "reply", "recall", "think", "insist", "argue", "write"}
)
_AGE_AFTER = ","


def label_names(words: Sequence[Word]) -> None:
    """Sets ``entity`` and ``entity_start`` on the words of one tagged sentence."""
    for start, end in _runs(words):
        first, label = _label(words, start, end)
        for at in range(first, end):
            words[at].entity, words[at].entity_start = label, at == first


def _runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Half-open runs of name words, with particles ("de") and, in institutions, "of" inside."""
    at = 0
    while at < len(words):
        if not _is_name(words[at]):
            at += 1
            continue
        end = at + 1
        while end < len(words):
            if _is_name(words[end]) or (words[end].tag == "CD" and _numbered(words, end)):
                end += 1
            elif (link := _link(words, at, end)) > end:
                end = link
            else:
                break
        if words[at].text not in word_set("months_days"):
            yield at, end
        at = end


def _is_name(word: Word) -> bool:
    return word.tag == "NNP" and word.text not in word_set("months_days") and word.text[0].isalpha()


def _numbered(words: Sequence[Word], at: int) -> bool:
    return (
        words[at].text.isdigit()
        and len(words[at].text) < 4
        and words[at - 1].text in {"Formula", "Flight", "Route", "Highway", "Unit", "Apollo"}
    )


def _link(words: Sequence[Word], start: int, at: int) -> int:
    """Where a run goes on behind small words: "Ursula von der Leyen", "Bank of England", "Johnson & Sons"."""
    after = at
    while after < len(words) and after - at < 2 and words[after].lower in _PARTICLES and words[after].text.islower():
        after += 1
    if at < after < len(words) and _is_name(words[after]):
        return after + 1
    if at + 1 < len(words) and words[at].text == "&" and _is_name(words[at + 1]):
        return at + 2
    if words[at].lower != "of" or not _is_institution(words[start:at]):
        return at
    after = at + 2 if at + 1 < len(words) and words[at + 1].lower == "the" else at + 1
    return after + 1 if after < len(words) and _is_name(words[after]) else at


def _is_institution(words: Sequence[Word]) -> bool:
    text = words[-1].text
    return text in word_set("organisation_words") or text in {"Republic", "Kingdom", "Isle", "Gulf", "Cape", "Bay"}


def _label(words: Sequence[Word], start: int, end: int) -> tuple[int, str]:
    """Where the name proper begins (behind its titles) and its label."""
    texts = [w.text for w in words[start:end]]
    whole = " ".join(texts)
    if whole in phrase_set("places"):
        return start, "LOC"
    if whole in phrase_set("organisations"):
        return start, "ORG"
    first = _behind_titles(words, start, end)
    titled = first > start or (
        start > 0 and words[start - 1].tag == "NN" and words[start - 1].lower in word_set("titles")
    )
    if words[start].lower in word_set("titles") and end - start == 1:
        return start, "MISC"
    if any(t in word_set("organisation_words") for t in (texts[-1], *_before_of(texts))):
        return start, "ORG"
    if texts[0] in word_set("place_words") or texts[-1] in word_set("place_words"):
        return start, "LOC"
    return first, _by_context(words, first, end, titled=titled)


def _behind_titles(words: Sequence[Word], start: int, end: int) -> int:
    """Past "President", "Foreign Minister", "French Sea Minister": up to the last title, if a name remains."""
    titles = [at for at in range(start, end - 1) if words[at].lower in word_set("titles")]
    return titles[-1] + 1 if titles and titles[0] - start <= 2 and end - titles[-1] <= 4 else start


def _before_of(texts: list[str]) -> tuple[str, ...]:
    at = texts.index("of") if "of" in texts else 0
    return (
        (texts[at - 1],)
        if at
        else (texts[0],)
        if len(texts) > 1 and texts[0] in {"University", "Ministry", "Bank", "Club"}
        else ()
    )


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return word_set("names_f") | word_set("names_m")


def _by_context(words: Sequence[Word], first: int, end: int, *, titled: bool) -> str:
    name, after = words[first:end], words[end] if end < len(words) else None
    before = words[first - 1] if first else None
    if titled or (
        name[0].text in _given_names() and (len(name) > 1 or before is None or before.lower not in _LOCATIVE)
    ):
        return "PER"
    if len(name) == 1 and name[0].text.isupper() and 2 <= len(name[0].text) <= 6:
        return "ORG"
    if before is not None and before.lower in _LOCATIVE:
        return "LOC"
    if before is not None and before.lower == "of" and first > 1 and words[first - 2].lower in _PLACE_NOUNS:
        return "LOC"
    if after is not None and after.lemma in _PERSON_VERBS and after.tag.startswith("VB") and not _article(before):
        return "PER"
    if before is not None and before.lemma in _PERSON_VERBS and before.tag == "VBD" and not _article(before):
        return "PER"
    if len(name) in {2, 3} and (_aged(words, end) or _apposed_to_title(words, first, after)):
        return "PER"
    return "MISC"


_PLACE_NOUNS = frozenset(
    [
        "city",
        "town",
        "village",
        "capital",
        "port",
        "province",
        "region",
        "island",
        "state",
        "district",
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "suburb",
        "outskirts",
        "mayor",
        "residents",
        "people",
    ]
)


def _article(word: Word | None) -> bool:
    return word is not None and word.tag == "DT"


def _apposed_to_title(words: Sequence[Word], first: int, after: Word | None) -> bool:
    """As in "the president of Norland, Oskar Lind,": a name between commas behind a role."""
    if first < 2 or words[first - 1].text != "," or (after is not None and after.text not in {",", "."}):
        return False
    return any(w.lower in word_set("titles") and w.tag == "NN" for w in words[max(0, first - 8) : first - 1])


def _aged(words: Sequence[Word], at: int) -> bool:
    """A name with its age: "Ada Lund, 34,"."""
    return (
        at + 1 < len(words)
        and words[at].text == _AGE_AFTER
        and words[at + 1].tag == "CD"
        and words[at + 1].text.isdigit()
    )
