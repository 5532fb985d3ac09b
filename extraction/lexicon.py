"""The words of a language that the extractors of facts need: who may speak, and how a text says that they did.

All of it is data of the language pack, in its folder ``lexicon``:

``verbs.tsv``    lemma, stance, frames (space-separated), inflected forms (``|``-separated; for packs without lemmas)
``locutions.tsv`` lemma, stance, frames, the words behind the verb, the verb's forms (``|``-separated)
``nominals.tsv`` lemma of a noun of speech or opinion, stance, frames
``nouns.tsv``    lemma, kind, gender ("m", "f" or "" for both), plural; who or what may be a source, by description
``../person_nouns.txt``  further nouns for people, one a line
``words.json``   the closed classes; its keys are the remaining fields of ``Lexicon``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from extraction.languages.data import read_lines, read_object, read_rows

Stance = Literal["say", "think", "claim", "deny", "accuse", "ask", "plan", "express", "show"]
"""What a cue does: states, holds an opinion, states what the article doubts, denies, accuses, asks, announces a will,
expresses a feeling, proves."""

Frame = Literal["clause", "infinitive", "object", "as", "quote", "measure", "person"]
"""What a cue takes as reported content.

``clause``: a content clause ("dire que"); ``infinitive``: "assurer vouloir", "promettre de venir"; ``object``: a noun
phrase ("annoncer la fermeture"); ``as``: "présenter X comme Y", "qualifier X de Y"; ``quote``: words in quotation
marks, or an incise ("…, poursuit-il"); ``measure``: "estimer les pertes à 300"; ``person``: the object is who is
addressed or accused ("accuser X de", "demander à X de").
"""

NounKind = Literal["role", "group", "institution", "document", "source"]
"""``role``: one person ("porte-parole"); ``group``: several ("experts"); ``source``: unnamed ("source proche")."""

Gender = Literal["m", "f", ""]
Number = Literal["singular", "plural", ""]


@dataclass(frozen=True, slots=True)
class SpeechCue:
    """A verb or noun that reports."""

    lemma: str
    stance: Stance
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class SpeakerNoun:
    """A noun that may name a source by description; ``gender`` is "" where the form serves both."""

    lemma: str
    kind: NounKind
    gender: Gender
    number: Number


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun that may stand for a speaker.

    ``refers`` says to what alone: "he" to a person, "it" to a thing, "the latter" to who was named last.
    """

    person: int
    gender: Gender
    number: Number
    refers: Literal["person", "thing", "last", ""] = ""


MarkerUse = Literal["source", "speaker", "opinion", "noun"]
"""What a marker asks of what follows: nothing ("selon"); to be able to speak, as it means other things too ("per"); to
be an expert or beside quoted words ("pour"); to be completed, as its own last word is the source ("de source sûre")."""


@dataclass(frozen=True, slots=True)
class SourceMarker:
    """Words that introduce a source: "selon", "d'après"."""

    words: tuple[str, ...]
    lemma: str
    use: MarkerUse


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words. Keys are lower case, with ``'`` as the apostrophe."""

    language: str
    verbs: Mapping[str, SpeechCue]
    forms: Mapping[str, str]
    locutions: Mapping[str, tuple[tuple[tuple[str, ...], SpeechCue], ...]]
    """Form of a verb -> the words behind it with which it reports ("mis" -> "en garde")."""
    nominals: Mapping[str, SpeechCue]
    nouns: Mapping[str, SpeakerNoun]
    pronouns: Mapping[str, Pronoun]
    markers: tuple[SourceMarker, ...]
    complementisers: frozenset[str]
    infinitive_markers: frozenset[str]
    negations: frozenset[str]
    determiners: frozenset[str]
    definite_articles: frozenset[str]
    demonstratives: frozenset[str]
    honorifics: Mapping[str, Gender]
    particles: frozenset[str]
    """Words inside a person's name that are not capitalised ("de", "von", "ben")."""
    feminine_names: frozenset[str]
    masculine_names: frozenset[str]
    leading_adverbs: frozenset[str]
    """What may open a sentence without belonging to the reported content ("cependant")."""
    not_names: frozenset[str]
    """Capitalised at the start of a sentence, never names by themselves."""
    scare_words: frozenset[str]
    """Before a quotation mark they announce a name or a title ("intitulé", "dit", "surnommé")."""
    naming_words: frozenset[str]
    """Participles and nouns right before quotation marks that hold a name, never speech ("surnommé", "alias")."""
    naming_verbs: frozenset[str]
    """Forms of verbs that name when reflexive ("se fait appeler")."""
    times: frozenset[str]
    """Nouns and adverbs of time that may stand where a speaker is looked for ("jeudi", "la semaine dernière")."""
    not_sources: frozenset[str]
    """Nouns behind "selon" that measure or rule instead of saying ("selon le calendrier")."""
    experts: frozenset[str]
    """Roles whose opinion "pour X" introduces."""
    comparing: frozenset[str]
    """Words after which "que" compares, dates or restricts instead of opening a content clause."""
    object_verbs: frozenset[str]
    """Verbs whose long object is reported content ("documenter l'usage de")."""
    ambiguous_verbs: frozenset[str]
    """Cue verbs that things do as well: their subject must be known to be able to speak."""
    causatives: frozenset[str]
    """Verbs whose object does what the infinitive says ("pousser X à")."""
    placed_roles: frozenset[str]
    """Roles that a place or a task with "à" completes ("adjointe à la sécurité")."""
    transitive_verbs: frozenset[str]
    """Cue verbs behind which a noun is an object rather than an inverted subject."""
    counting_verbs: frozenset[str]
    """Lemmas of verbs whose subject answers for the figure that is their object ("dénombrer")."""
    perfect_counting_verbs: frozenset[str]
    """Those that only do so in a compound tense ("a compté")."""
    people: frozenset[str]
    """Other nouns for people, in the singular; they speak like a role."""
    role_fields: Mapping[str, frozenset[str]]
    """Role -> its fields ("cardiologue" -> "health"): one role of a field may describe who has another."""
    impersonal: frozenset[str]
    """Subjects without a referent ("on", "il" of "il a été souligné que")."""
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The small closed classes that single rules ask for by name ("joints", "genitives"), see ``has``."""
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Words that stand for others, by the table's name ("inverted": "-il" for "il")."""
    bare_clauses: bool = False
    """Whether a content clause needs no conjunction and a tag may put its subject first (English)."""

    def has(self, name: str, word: str) -> bool:
        """Whether a word belongs to a closed class; one that the language lacks is empty."""
        return word in self.classes.get(name, _NONE)

    def words(self, name: str) -> frozenset[str]:
        """The words of a closed class; none of one that the language lacks."""
        return self.classes.get(name, _NONE)

    def table(self, name: str) -> Mapping[str, str]:
        """A table of words that stand for others; an empty one where the language lacks it."""
        return self.tables.get(name, {})

    @property
    def clipped(self) -> frozenset[str] | None:
        """Words that an apostrophe opens; None where the language does not quote with straight single marks."""
        return self.classes.get("clipped")

    def is_first_person(self, pronoun: str | None) -> bool:
        """Whether a pronoun means who writes or speaks, or a group with them in it ("je", "we")."""
        found = self.pronouns.get(pronoun) if pronoun is not None else None
        return found is not None and found.person == 1

    def find_verb(self, lemma: str, form: str) -> SpeechCue | None:
        """The reporting verb of a token, by its lemma or, where the analyser gave another, by its form."""
        return self.verbs.get(plain(lemma)) or self.verbs.get(self.forms.get(plain(form), ""))

    def find_noun(self, form: str) -> SpeakerNoun | None:
        """The description of a source that a word is, in the singular or plural."""
        word = plain(form)
        return self.nouns.get(word) or self._find_person(word)

    def _find_person(self, word: str) -> SpeakerNoun | None:
        if word in self.people:
            return SpeakerNoun(word, "role", "", "" if word.endswith(("s", "x")) else "singular")
        if word.removesuffix("s") in self.people:
            return SpeakerNoun(word.removesuffix("s"), "role", "", "plural")
        return None

    def stance_of(self, lemma: str) -> Stance | None:
        """What a cue does, given its lemma ("nier" -> "deny"); "say" for markers such as "selon"."""
        cue = self.verbs.get(lemma) or self.nominals.get(lemma)
        if cue is not None:
            return cue.stance
        return "say" if any(marker.lemma == lemma for marker in self.markers) else None


def plain(word: str) -> str:
    """A word as the lexicons write it: lower case, straight apostrophe."""
    return word.lower().replace("\u2019", "'")


@lru_cache(maxsize=8)
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language pack ("fr"), read once; a class of words that the pack does not name is empty."""
    words: dict[str, Any] = read_object(language, "lexicon/words.json")
    verbs = list(read_rows(language, "lexicon/verbs.tsv", 4, least=3))
    return Lexicon(
        language=language,
        verbs={lemma: SpeechCue(lemma, stance, frozenset(frames.split())) for lemma, stance, frames, _ in verbs},  # type: ignore[arg-type]
        forms={form: lemma for lemma, _, _, forms in verbs for form in forms.split("|") if form},
        locutions=_locutions(read_rows(language, "lexicon/locutions.tsv", 5, least=5)),
        nominals={
            lemma: SpeechCue(lemma, stance, frozenset(frames.split()))  # type: ignore[arg-type]
            for lemma, stance, frames in read_rows(language, "lexicon/nominals.tsv", 3, least=3)
        },
        nouns=dict(_nouns(language)),
        pronouns={form: Pronoun(*features) for form, features in words.get("pronouns", {}).items()},
        markers=_markers(words.get("markers", []), words.get("last_words", {})),
        honorifics=words.get("honorifics", {}),
        role_fields=_fields(words.get("role_fields", {})),
        bare_clauses=words.get("bare_clauses", False),
        people=_people(language) - frozenset(words.get("not_speakers", ())),
        classes={name: frozenset(found) for name, found in words.items() if _is_class(found)},
        tables={name: found for name, found in words.items() if isinstance(found, dict)},
        **{name: frozenset(words.get(name, ())) for name in _SETS},
    )


def _is_class(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(word, str) for word in found)


_NONE: frozenset[str] = frozenset()
_SETS = (
    "complementisers",
    "infinitive_markers",
    "negations",
    "determiners",
    "definite_articles",
    "demonstratives",
    "particles",
    "feminine_names",
    "masculine_names",
    "leading_adverbs",
    "not_names",
    "scare_words",
    "naming_words",
    "naming_verbs",
    "times",
    "counting_verbs",
    "perfect_counting_verbs",
    "not_sources",
    "experts",
    "comparing",
    "object_verbs",
    "ambiguous_verbs",
    "causatives",
    "placed_roles",
    "transitive_verbs",
    "impersonal",
)


def _nouns(language: str) -> Iterator[tuple[str, SpeakerNoun]]:
    for lemma, kind, gender, plural in read_rows(language, "lexicon/nouns.tsv", 4, least=2):
        alone: Number = "" if plural == lemma else "plural" if kind == "group" and not plural else "singular"
        yield plain(lemma), SpeakerNoun(lemma, kind, gender, alone)  # type: ignore[arg-type]
        if plural and plural != lemma:
            yield plain(plural), SpeakerNoun(lemma, kind, gender, "plural")  # type: ignore[arg-type]


def _people(language: str) -> frozenset[str]:
    return frozenset(plain(line) for _, line in read_lines(language, "person_nouns.txt"))


def _markers(rows: list[list[object]], last_words: Mapping[str, str]) -> tuple[SourceMarker, ...]:
    markers = [
        SourceMarker(tuple(form.split()), str(lemma), use)  # type: ignore[arg-type]
        for words, lemma, use in rows
        for form in _contracted(str(words), last_words)
    ]
    return tuple(sorted(markers, key=lambda marker: -len(marker.words)))


def _contracted(words: str, last_words: Mapping[str, str]) -> list[str]:
    """A phrase also with the forms that its last word takes before an article ("de l' aveu du ministère")."""
    before, space, last = words.rpartition(" ")
    return [words, *(before + space + form for form in (last_words.get(last, "").split() if space else ()))]


def _fields(roles: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Role -> its fields, from field -> its roles."""
    every = {role for names in roles.values() for role in names}
    return {role: frozenset(field for field, names in roles.items() if role in names) for role in every}


def _locutions(rows: Iterator[list[str]]) -> dict[str, tuple[tuple[tuple[str, ...], SpeechCue], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], SpeechCue]]] = {}
    for lemma, stance, frames, words, forms in rows:
        cue = SpeechCue(lemma, stance, frozenset(frames.split()))  # type: ignore[arg-type]
        for form in forms.split("|"):
            found.setdefault(form, []).append((tuple(words.split()), cue))
    return {form: tuple(cues) for form, cues in found.items()}
