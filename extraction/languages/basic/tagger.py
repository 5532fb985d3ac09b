"""Which of its readings a word has, by what stands before it."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.analysis import Token
from extraction.expressions.folding import fold_word
from extraction.languages.basic.forms import Form, Forms
from extraction.lexicon import Lexicon, plain

_MARKS = frozenset("«“\"‘'([¿¡—–-")


class Tagger:
    """Gives the words of one sentence their part of speech, lemma and features, from left to right."""

    def __init__(self, forms: Forms, lexicon: Lexicon) -> None:
        self._forms, self._lexicon = forms, lexicon

    def tag(self, words: Sequence[Token]) -> None:
        """Fill in ``pos``, ``lemma``, ``morph`` and, for names, ``entity`` of a sentence's words."""
        opening = True
        for at, word in enumerate(words):
            before = words[at - 1] if at else None
            self._set(word, self._read(words, at, before, opening=opening))
            if word.pos in {"VERB", "AUX"} and before is not None:
                self._free_clitic(before)
            opening = opening and not word.text[0].isalnum()
        self._label(words)

    def _set(self, word: Token, form: Form) -> None:
        word.pos, word.morph = form.pos, form.morph
        word.lemma = form.lemma or plain(word.text)

    def _read(self, words: Sequence[Token], at: int, before: Token | None, *, opening: bool) -> Form:
        text = words[at].text
        word = plain(text)
        if not text[0].isalnum():
            return Form("PUNCT", word)
        if text[0].isdigit() or " " in text:
            return Form("NUM", word)
        capital = text[0].isupper() and not (opening and self._is_known(word))
        if capital and (word not in self._forms.closed or text.isupper()):
            return Form("PROPN", text)
        closed = self._forms.closed.get(word)
        if closed is not None:
            return closed
        if fold_word(word) in self._forms.numbers:
            return Form("NUM", word)
        return self._verb(word, words[max(0, at - 2) : at]) or self._nominal(word, before)

    def _is_known(self, word: str) -> bool:
        """Whether a word is no name where it opens a sentence."""
        if word in self._lexicon.feminine_names | self._lexicon.masculine_names:
            return False
        known = (
            fold_word(word) in self._forms.numbers
            or word in self._forms.closed
            or word in self._forms.verbs
            or word in self._forms.nouns
        )
        return known or word in self._lexicon.not_names or self._forms.by_suffix(word) is not None

    def _verb(self, word: str, earlier: Sequence[Token]) -> Form | None:
        """The verb that a form is, unless one of the words before it makes a noun of it."""
        form = self._forms.verbs.get(word)
        if form is None or not earlier:
            return form
        if earlier[-1].pos == "DET" and not (form.has("VerbForm=Fin") and self._is_clitic(word, earlier)):
            return None
        return form if earlier[-1].pos != "ADP" or form.has("VerbForm=Inf") else None

    def _is_clitic(self, word: str, earlier: Sequence[Token]) -> bool:
        """Whether the article before a form is a verb's pronoun: behind a subject ("el Senado la rechazó")."""
        subject = len(earlier) > 1 and earlier[-2].pos in {"NOUN", "PROPN", "PRON", "ADV"}
        return subject and word not in self._forms.nouns and self._lexicon.has("clitics", plain(earlier[-1].text))

    def _nominal(self, word: str, before: Token | None) -> Form:
        if word in self._forms.nouns:
            return Form("NOUN", word)
        guess = self._forms.by_suffix(word)
        # Behind a noun, a word that no table has describes it.
        described = before is not None and before.pos == "NOUN"
        if guess is not None and not (guess.pos == "NOUN" and described):
            return Form(guess.pos, word, guess.morph)
        return Form("ADJ" if described else "NOUN", word)

    def _free_clitic(self, before: Token) -> None:
        """An article before a verb is its pronoun ("la cerró")."""
        if before.pos == "DET" and self._lexicon.has("clitics", plain(before.text)):
            before.pos = "PRON"

    def _label(self, words: Sequence[Token]) -> None:
        """Names, with the words between their parts ("Ana de la Torre"), as one entity."""
        at = 0
        while at < len(words):
            if words[at].pos != "PROPN":
                at += 1
                continue
            after = self._name_end(words, at)
            label = self._kind(words, at)
            for word in words[at:after]:
                word.entity, word.entity_start = label, word is words[at]
            at = after

    def _name_end(self, words: Sequence[Token], at: int) -> int:
        after = at + 1
        while after < len(words):
            beyond = after
            while beyond < len(words) and beyond - after < 2 and plain(words[beyond].text) in self._lexicon.particles:
                beyond += 1
            if beyond >= len(words) or words[beyond].pos != "PROPN":
                break
            after = beyond + 1
        return after

    def _kind(self, words: Sequence[Token], at: int) -> str:
        first, before = plain(words[at].text), plain(words[at - 1].text) if at else ""
        role, body = self._lexicon.find_noun(before), self._lexicon.find_noun(first)
        given = first in self._lexicon.feminine_names | self._lexicon.masculine_names
        titled = before in self._lexicon.honorifics or (role is not None and role.kind == "role")
        if given or titled:
            return "PER"
        if body is not None and body.kind == "institution":
            return "ORG"
        return "LOC" if self._lexicon.has("place_links", before) else "MISC"
