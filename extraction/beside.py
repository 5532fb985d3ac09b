"""The noun that an amount stands beside: behind it, before it, in whose bracket or apposition it stands.

"40 % des foyers", "31 % more wasps", "a £20 fine"; "une amende de 500 euros", "un film d'une durée de deux heures",
"un pont long de 80 mètres", "une villa à 2 millions d'euros"; "le loyer (61 %)", "Subventions : 40 000 €".
"""

from __future__ import annotations

from extraction.ages import fronted_subject
from extraction.amount_site import SHARES, Site, noun_ending_at, past_owner, phrase_ending_at
from extraction.ellipsis import is_currency
from extraction.phrases import NAMING, Phrase, is_place, noun_after, phrase_at
from extraction.valued import noun_of_genitive

_NEAR = 7
_LENGTHS = frozenset({"km", "m", "mile", "foot"})


def noun_behind(site: Site) -> Phrase | None:
    """What the amount is of, more of, or stands before: "tonnes de blé", "31% more wasps", "a £20 fine"."""
    return (
        _inside(site)
        or _shaken(site)
        or _premodified(site)
        or _genitive_after(site)
        or _compared(site)
        or _consisting(site)
    )


def noun_before(site: Site) -> Phrase | None:
    """What stands before the amount and has it: a label, a bracket's noun, "une amende de", "un pont long de"."""
    return (
        labelled(site)
        or _bracketed(site)
        or _by_dimension(site)
        or noun_of_genitive(site)
        or _described(site)
        or _priced(site)
        or _apposed(site)
        or _list_item(site)
        or _far_away(site)
        or _fronted(site)
    )


def _inside(site: Site) -> Phrase | None:
    """As in "un adulte sur trois", "six in ten voters": the noun of a ratio."""
    if site.unit != "ratio":
        return None
    reading = site.reading
    noun = next((i for i in range(site.first, site.last + 1) if _is_noun(site, i)), None)
    if noun is not None:
        return Phrase(noun, noun, noun)
    noun = noun_after(reading, site.last + 1, site.last + 4) if site.near(site.last + 1) else None
    if noun is not None and reading.tokens[site.last + 1].pos == "DET" and _is_noun(site, noun):
        return phrase_at(reading, noun)  # "half the crop"
    several = any(reading.tokens[i].pos == "ADP" for i in range(site.first + 1, site.last))
    named = noun is not None and _is_noun(site, noun) and not reading.is_time(noun)
    return Phrase(noun, site.last + 1, noun) if several and named and noun is not None else None


def _is_noun(site: Site, at: int) -> bool:
    lexicon, word = site.reading.lexicon, site.reading.word(at)
    return site.reading.tokens[at].pos in NAMING and word.isalpha() and not lexicon.has("fraction_nouns", word)


def _premodified(site: Site) -> Phrase | None:
    """As in "the city's £410 million tram scheme", "a 6.5-mile line": the noun behind, with the article before."""
    reading, after = site.reading, site.last + 1
    if not reading.lexicon.has("features", "premodification") or not site.near(after):
        return None
    if (
        reading.tokens[after].pos not in NAMING | {"ADJ"}
        or reading.is_time(after)
        or site.is_word(after, "comparatives")
    ):
        return None
    before = reading.tokens[site.first - 1] if site.near(site.first - 1) else None
    opened = before is not None and (before.pos in {"DET", "ADJ", "PART"} or before.has("Poss=Yes"))
    hyphened = "-" in site.mention.span.of(reading.text)
    noun = noun_after(reading, after, min(after + 4, len(reading.tokens))) if opened or hyphened else None
    if noun is None or reading.tokens[noun].pos not in NAMING or reading.is_time(noun):
        return None
    return _changed_thing(site, noun) or Phrase(noun, after, phrase_at(reading, noun).last)


def _changed_thing(site: Site, noun: int) -> Phrase | None:
    """As in "a 4% rise in sales": what rises."""
    reading, link = site.reading, noun + 1
    if not reading.lexicon.has("change_nouns", reading.tokens[noun].lemma.lower()) or not site.near(link + 1):
        return None
    if not (site.is_word(link, "genitives") or site.is_word(link, "change_prepositions")):
        return None
    thing = noun_after(reading, link + 1, min(link + _NEAR, len(reading.tokens)))
    return phrase_at(reading, thing) if thing is not None and reading.tokens[thing].pos in NAMING else None


def _genitive_after(site: Site) -> Phrase | None:
    """The genitive right behind the amount; "mètres de haut" and "euros de plus" only say which way it is measured."""
    reading, at = site.reading, site.last + 1
    while site.near(at) and reading.tokens[at].pos == "ADJ":
        at += 1
    shared = site.unit == "percent" and site.mention.change is None and site.is_word(at, "share_prepositions")
    if not site.near(at + 1) or not (site.is_word(at, "genitives") or shared) or site.is_word(at + 1, "comparatives"):
        return None
    if reading.tokens[at + 1].pos == "ADV":
        return None
    noun = past_owner(reading, noun_after(reading, at + 1, min(at + 1 + _NEAR, len(reading.tokens))))
    if noun is None or reading.is_time(noun) or noun in reading.quantity_tokens:
        return None
    if reading.tokens[noun].pos not in NAMING or reading.lexicon.has("dimensions", reading.tokens[noun].lemma.lower()):
        return None
    lemma = reading.tokens[noun].lemma.lower()
    if reading.lexicon.has("change_nouns", lemma) or (site.unit in SHARES and reading.lexicon.has("bases", lemma)):
        return None
    return phrase_at(reading, noun)


def _consisting(site: Site) -> Phrase | None:
    """As in "$7m in damages", "60 000 euros en espèces": what a sum consists of, named without an article."""
    reading, at = site.reading, site.last + 2
    if not is_currency(site.unit) or not site.is_word(site.last + 1, "consisting_prepositions") or not site.near(at):
        return None
    while site.near(at) and reading.tokens[at].pos == "ADJ":
        at += 1
    plain = site.near(at) and reading.tokens[at].pos == "NOUN" and reading.tokens[at].text.islower()
    if not plain or reading.is_time(at) or reading.lexicon.has("no_contents", reading.word(at)):
        return None
    return Phrase(at, site.last + 2, at)


def base_of(site: Site) -> Phrase | None:
    """As in "5 % du PIB": what a share is reckoned in, where the text does not say what has that share."""
    reading, at = site.reading, site.last + 1
    if site.unit not in SHARES or not site.is_word(at, "genitives"):
        return None
    noun = noun_after(reading, at + 1, min(at + _NEAR, len(reading.tokens)))
    return phrase_at(reading, noun) if noun is not None and reading.tokens[noun].pos in NAMING else None


def _compared(site: Site) -> Phrase | None:
    """As in "31% more wasps", "deux fois moins d'eau", "twice as many nests": what is compared."""
    reading, at = site.reading, site.last + 1
    if not site.is_word(at, "comparatives"):
        return None
    while site.is_word(at, "comparatives") or site.is_word(at, "genitives"):
        at += 1
    noun = noun_after(reading, at, min(at + _NEAR, len(reading.tokens))) if site.near(at) else None
    if noun is None or reading.tokens[noun].pos not in NAMING or reading.is_time(noun):
        return None
    return Phrase(noun, at, phrase_at(reading, noun).last)


def labelled(site: Site) -> Phrase | None:
    """As in "Subventions : 40 000 €": the short phrase before a colon that opens the line."""
    reading, colon = site.reading, site.first - 1
    while colon > 0 and reading.tokens[colon].pos in {"ADP", "ADV"}:
        colon -= 1
    # A parser may end the sentence at the colon.
    if colon < 1 or reading.tokens[colon].text != ":" or not reading.same_sentence(colon - 1, colon):
        return None
    start = colon = _before_bracket(site, colon)
    while reading.same_sentence(start - 1, colon) and colon - start <= _NEAR and not _ends_line(site, start - 1):
        start -= 1
    label = reading.tokens[start:colon]
    noun = noun_after(reading, start, colon)
    if not 0 < len(label) <= _NEAR or any(t.has("VerbForm=Fin") for t in label):
        return None
    return phrase_at(reading, noun, colon) if noun is not None else Phrase(start, start, colon - 1)


def _ends_line(site: Site, at: int) -> bool:
    token = site.reading.tokens[at]
    return token.pos == "PUNCT" or at in site.reading.quantity_tokens or (len(token.text) > 1 and token.text[-1] == ".")


def _before_bracket(site: Site, colon: int) -> int:
    """Where a label ends before a mark: before the bracket that may close it ("Ida Lemoine (Union locale) :")."""
    tokens = site.reading.tokens
    if tokens[colon - 1].text != ")":
        return colon
    opening = next((i for i in range(colon - 2, max(-1, colon - _NEAR), -1) if tokens[i].text == "("), None)
    return opening if opening is not None and opening > 0 else colon


def _bracketed(site: Site) -> Phrase | None:
    """As in "les frais de garde (62 %)": the phrase before the bracket that holds nothing else."""
    reading, opening, after = site.reading, site.first - 1, site.last + 1
    if opening < 1 or not site.near(opening - 1) or not site.near(after):
        return None
    if (reading.tokens[opening].text, reading.tokens[after].text) != ("(", ")"):
        return None
    amount = reading.quantity_tokens.get(opening - 1)
    if amount is not None and site.previous is not None and amount.span == site.previous.mention.span:
        return site.previous.phrase
    return _over_infinitives(site, phrase_ending_at(reading, opening - 1))


def _over_infinitives(site: Site, phrase: Phrase | None) -> Phrase | None:
    """As in "la crainte de s'éloigner de son travail": to the noun that an infinitive before the phrase completes."""
    reading = site.reading
    at = phrase.start - 1 if phrase is not None else -1
    seen = False
    while phrase is not None and site.near(at) and phrase.start - at <= _NEAR:
        token = reading.tokens[at]
        if token.pos in NAMING and seen:
            above = noun_ending_at(reading, at)
            return Phrase(above.head, above.start, phrase.last) if above is not None else phrase
        if token.pos not in {"VERB", "PRON", "ADP", "DET", "ADV"} or token.has("VerbForm=Fin"):
            return phrase
        seen = seen or token.has("VerbForm=Inf")
        at -= 1
    return phrase


def _by_dimension(site: Site) -> Phrase | None:
    """As in "un câble de télécommunications long de 400 km", "a bridge, 400 metres long": the adjective's noun."""
    if site.is_word(site.first - 2, "dimension_adjectives"):
        return _described(site)
    before, previous = site.first - 1, site.previous
    if site.near(before) and site.is_word(site.last + 1, "off_words") and site.reading.tokens[before].pos in NAMING:
        return noun_ending_at(site.reading, before)  # "a planet 124 light years away"
    if not site.is_word(site.last + 1, "dimension_adjectives") or not site.near(before):
        return None
    if site.reading.tokens[before].pos == "CCONJ" and previous is not None and site.near(previous.at):
        return previous.phrase
    return noun_ending_at(site.reading, before - (site.reading.tokens[before].text in {",", "("}))


def _shaken(site: Site) -> Phrase | None:
    """As in "a magnitude 6.1 earthquake", "un séisme de magnitude 5,8": what has a magnitude."""
    reading = site.reading
    if site.unit != "magnitude":
        return None
    behind = site.last + 1
    if site.near(behind) and reading.tokens[behind].pos == "NOUN":
        return Phrase(behind, behind, behind)
    at = site.first - 1
    while site.near(at) and not (reading.tokens[at].pos == "NOUN" and not site.is_word(at, "value_nouns")):
        if reading.tokens[at].pos in {"VERB", "AUX"}:
            return None
        at -= 1
    return noun_ending_at(reading, at) if site.near(at) else None


def _fronted(site: Site) -> Phrase | None:
    """As in "At 1,345 metres, Ben Nevis is": what a length or a share describes that opens the sentence."""
    reading, before, after = site.reading, site.first - 1, site.last + 1
    opens = site.near(before) and reading.tokens[before].pos == "ADP" and not site.near(before - 1)
    measured = (
        bool(site.unit) and not reading.is_duration(site.first) and not site.is_word(before, "duration_prepositions")
    )
    closed = site.near(after) and reading.tokens[after].text == ","
    return fronted_subject(reading, site.first) if opens and measured and closed else None


def _far_away(site: Site) -> Phrase | None:
    """As in "rejoindre le sommet, à 2 300 mètres": the place before the comma that lies so far or so high."""
    reading, comma = site.reading, site.first - 2
    if (
        site.unit not in _LENGTHS
        or not site.is_word(site.first - 1, "reaching_prepositions")
        or not site.near(comma - 1)
    ):
        return None
    return noun_ending_at(reading, comma - 1) if reading.tokens[comma].text == "," else None


def _described(site: Site) -> Phrase | None:
    """As in "un pont long de 80 mètres", "une vitesse limitée à 80", "a fund worth £7m": the noun of the adjective."""
    reading, at = site.reading, site.first - 1
    if site.near(at) and reading.tokens[at].pos == "ADP":
        at -= 1
    while site.near(at) and reading.tokens[at].pos == "ADV":
        at -= 1
    if not site.near(at):
        return None
    token = reading.tokens[at]
    if reading.lexicon.has("worth", token.text.lower()):
        comma = site.near(at - 1) and reading.tokens[at - 1].text == ","
        return noun_ending_at(reading, at - 1 - comma)
    if token.pos != "ADJ" and not (
        token.pos == "VERB" and token.has("VerbForm=Part") and not reading.children(at, "aux")
    ):
        return None
    head = reading.tokens[token.head]
    if (
        token.dep.split(":")[0] in {"acl", "amod"}
        and head.pos in NAMING
        and head.i < at
        and not reading.is_time(head.i)
    ):
        whole = phrase_ending_at(reading, at - 1)
        return whole if whole is not None and whole.head <= head.i <= whole.last else phrase_at(reading, head.i, at)
    beings, subjects = reading.children(at, "cop"), reading.children(at, "nsubj")
    if beings and subjects and subjects[0].i < at:
        return phrase_at(reading, subjects[0].i, beings[0].i)
    over = at - 1 if site.near(at - 1) and reading.tokens[at - 1].text in {",", "«", '"', "“"} else at
    near = phrase_ending_at(reading, over - 1)
    if near is not None:
        return Phrase(near.head, near.start, over - 1)
    if token.dep.startswith("advcl"):
        return fronted_subject(reading, at)
    return _subject_above(site, at) if token.dep == "xcomp" else None


def _subject_above(site: Site, at: int) -> Phrase | None:
    """As in "devrait rester fermée": the subject of the verb that the word completes."""
    reading = site.reading
    for above in reading.analysis.ancestors(at):
        subject = next((t for t in reading.children(above, "nsubj") if t.i < at), None)
        if subject is not None:
            return phrase_at(reading, subject.i, above if above > subject.i else at)
    return None


def _priced(site: Site) -> Phrase | None:
    """As in "une villa à 2 millions d'euros", "des rafales à 120 km/h": a noun that no preposition ties to a verb."""
    reading, at = site.reading, site.first - 1
    polled = site.unit == "percent" and site.is_word(at, "polling_prepositions")
    if not polled and not site.is_word(at, "reaching_prepositions"):
        return None
    if site.unit in {"year", "month", "week", "day", "hour", "minute", "km", "m", "mile"}:
        return None
    noun = noun_ending_at(reading, at - 1) if site.near(at - 1) else None
    if noun is None or is_place(reading, noun.head) or reading.lexicon.has("change_nouns", reading.word(noun.head)):
        return None
    preposition = reading.preposition(noun.head)
    bare = preposition is None or reading.lexicon.has("plural_articles", preposition)
    bare = bare or (site.unit == "percent" and reading.lexicon.has("ranking_prepositions", preposition or ""))
    pronoun = not bare and reading.lexicon.has("genitives", preposition or "") and _follows_pronoun(site, noun)
    return noun if bare or pronoun else None


def noun_placed(site: Site) -> Phrase | None:
    """As in "un village à 3 km de Lyon", "un jet à 87 m": a bare noun that stands, lies or went so far."""
    reading, at = site.reading, site.first - 1
    if site.unit not in _LENGTHS or not site.is_word(at, "reaching_prepositions") or not site.near(at - 1):
        return None
    noun = noun_ending_at(reading, at - 1)
    if noun is None or is_place(reading, noun.head):
        return None
    preposition = reading.preposition(noun.head)
    return noun if preposition is None or reading.lexicon.has("plural_articles", preposition) else None


def _follows_pronoun(site: Site, noun: Phrase) -> bool:
    """As in "celle d'investissement à 4 M€"."""
    return site.is_word(noun.start - 2, "pointing_pronouns")


def _apposed(site: Site) -> Phrase | None:
    """As in "le précédent record, 27 millions d'euros, datait": the phrase before the comma that nothing else parts."""
    reading, comma, after = site.reading, site.first - 1, site.last + 1
    if comma < 1 or not site.near(comma - 1) or reading.tokens[comma].text != ",":
        return None
    phrase = phrase_ending_at(reading, comma - 1)
    if phrase is None or not _opens_clause(site, phrase):
        return None
    while site.near(after) and after - site.last < _NEAR and reading.tokens[after].text != ",":
        if reading.tokens[after].pos in {"VERB", "AUX"}:
            return None
        after += 1
    closed = site.near(after) and reading.tokens[after].text == ","
    return phrase if closed and _verb_follows(site, after) else None


def _list_item(site: Site) -> Phrase | None:
    """As in "Résultats : Jean Petit (DVG), 54,3 % ; Anne Roy (LR), 45,7 %": a name and its figure, and nothing else."""
    reading, comma, after = site.reading, site.first - 1, site.last + 1
    if comma < 1 or not site.near(comma - 1) or reading.tokens[comma].text != ",":
        return None
    if site.near(after) and reading.tokens[after].pos != "PUNCT":
        return None
    phrase = noun_ending_at(reading, _before_bracket(site, comma) - 1)
    return phrase if phrase is not None and _opens_clause(site, phrase) else None


def _opens_clause(site: Site, phrase: Phrase) -> bool:
    """Whether a phrase begins its clause: nothing but a mark or a conjunction before it."""
    before = phrase.start - 1
    return not site.near(before) or site.reading.tokens[before].pos in {"PUNCT", "CCONJ", "SCONJ"}


def _verb_follows(site: Site, comma: int) -> bool:
    following = site.reading.tokens[comma + 1 : comma + _NEAR]
    return any(t.pos in {"VERB", "AUX"} and site.near(t.i) for t in following)
