"""Lines that do not belong to the article: spam, piles of search words, paragraphs in another language, repetitions."""

from __future__ import annotations

from collections import Counter

from rapidfuzz import fuzz

from extraction.language_detection import detect_language
from extraction.lines import Line
from extraction.page import Page

_FOREIGN_WORDS = 8
_OWN_SHARE = 0.12
_PILE_WORDS = 12


def set_strangers_aside(page: Page) -> None:
    """Judge spam and foreign paragraphs; an article in two languages, or about a spammer's subject, keeps its own."""
    bilingual = _is_bilingual(page)
    common_spam = _spam_of_the_article(page)
    for _, line in page.open_lines():
        if _is_spam(page, line, common_spam):
            line.set_aside("spam")
    if not bilingual:
        for position, line in page.open_lines():
            if _is_foreign(page, line) and not _is_introduced(page, position):
                line.set_aside("foreign_language")


def _is_foreign(page: Page, line: Line) -> bool:
    """Whether a line of eight words or more is in another language than the article's, and no quotation."""
    share = page.function_share(line)
    if share is None or share >= _OWN_SHARE or len(line.words) < _FOREIGN_WORDS or line.quoted or line.has_digit:
        return share is not None and _digits_and_foreign(page, line, share)
    return _other_language(page, line)


def _digits_and_foreign(page: Page, line: Line, share: float) -> bool:
    """With numbers a line may be a table: then only another language's function words tell."""
    if share >= _OWN_SHARE or len(line.words) < _FOREIGN_WORDS or line.quoted:
        return False
    return _best_other_share(page, line) >= 0.25


def _other_language(page: Page, line: Line) -> bool:
    if _best_other_share(page, line) >= 0.2:
        return True
    return detect_language(line.text) not in {page.language, "und"} and len(_names(line)) < len(line.words) / 2


def _best_other_share(page: Page, line: Line) -> float:
    others = (code for code in page.function_words if code != page.language)
    return max((page.function_share(line, code) or 0.0 for code in others), default=0.0)


def _is_introduced(page: Page, position: int) -> bool:
    """Whether a foreign line is shown on purpose: after a colon, signed by an account, or with the article's names."""
    line = page.lines[position]
    before = page.lines[position - 1] if position else None
    if before is not None and not before.junk and before.ending in {":", "»"} and before.text.endswith(":"):
        return True
    signed = "@" in line.text and ("—" in line.text or "–" in line.text)
    shared = {n[:6] for n in _names(line)} & {s for s, count in page.vocabulary.paragraphs.items() if count}
    return signed or (line.ends_sentence and len(shared) >= 3)


def _names(line: Line) -> set[str]:
    """Words inside a line that are written with a capital."""
    return {w.strip(".,;:!?\"'()").casefold() for w in line.text.split()[1:] if w[:1].isupper() and len(w) > 3}


def _is_bilingual(page: Page) -> bool:
    """Whether more than two fifths of the words of sentences are in another language: a text and its translation."""
    own = foreign = 0
    for _, line in page.open_lines():
        share = page.function_share(line)
        if share is None or len(line.words) < _FOREIGN_WORDS:
            continue
        if share < _OWN_SHARE and _best_other_share(page, line) >= 0.25:
            foreign += len(line.words)
        else:
            own += len(line.words)
    return foreign > 0.4 * (own + foreign)


def _spam_of_the_article(page: Page) -> frozenset[str]:
    """Words of the spam lexicon that the article itself is about: in two sentences of prose that are not spam."""
    counts: Counter[str] = Counter()
    for _, line in page.open_lines():
        share = page.function_share(line)
        if page.is_prose(line) and line.ends_sentence and (share is None or share >= 0.25):
            counts.update(page.lexicon.spam.intersection(line.words))
    return frozenset(word for word, count in counts.items() if count >= 2)


def _is_spam(page: Page, line: Line, common: frozenset[str]) -> bool:
    words = set(line.words)
    found = (page.lexicon.spam & words) - common
    strong = (page.lexicon.strong_spam & words) - common
    share = page.function_share(line)
    bare = share is not None and share < 0.25
    if line.quoted or page.title_key == line.key:
        return False
    if strong and (bare or not line.ends_sentence or len(strong) >= 2 or len(found) >= 4):
        return len(strong) >= 2 or not page.is_prose(line) or page.overlap(line) < 0.25
    if len(found) >= 4 and len(found) >= 0.4 * len(words) and not line.ends_sentence:
        return True
    if len(found) >= 2 and len(found) >= 0.3 * len(words) and bare:
        return True
    if len(found) >= 3 and page.is_prose(line) and page.overlap(line) < 0.1:
        return len(found) >= 0.15 * len(words)
    return _is_pile(line, share)


def _is_pile(line: Line, share: float | None) -> bool:
    """Whether a line heaps up search words: long, no sentence, few function words, the same words again and again."""
    if share is None or share >= 0.25 or len(line.words) < _PILE_WORDS or line.ends_sentence or line.has_digit:
        return False
    counts = Counter(w[:6] for w in line.words if len(w) >= 4)
    repeated = sum(count for count in counts.values() if count >= 2)
    return bool(counts) and max(counts.values()) >= 3 and repeated >= 0.3 * sum(counts.values())


# Repetitions


def set_repetitions_aside(page: Page) -> None:
    """Judge a text broken off that its full version follows, and lines of five words or more said before."""
    seen: set[tuple[str, ...]] = set()
    for position, line in enumerate(page.lines):
        if line.kind is not None:
            continue
        said = tuple(line.words)
        if said in seen and len(said) >= 5 and (page.is_prose(line) or not line.has_digit):
            line.set_aside("repeated")
        elif line.truncated:
            _judge_truncated(page, position)
        seen.add(said)


def _judge_truncated(page: Page, position: int) -> None:
    """A line that breaks off: a caption where the full one follows at once as a single sentence, else a teaser."""
    line = page.lines[position]
    if len(line.words) < 4:
        return
    for other in page.lines[position + 1 : position + 4]:
        if other.kind in {None, "title"} and continues(line, other):
            if _is_single_sentence(other) and other.kind is None and other is page.lines[position + 1]:
                other.kind = line.kind = "caption"
            else:
                line.set_aside("teaser")
            return


def continues(cut: Line, full: Line) -> bool:
    """Whether a line repeats another that broke off, and goes on."""
    begun = cut.words[:-1] if len(cut.words) > 6 else cut.words
    if len(full.words) < len(cut.words) or len(begun) < 4:
        return False
    return full.words[: len(begun)] == begun or fuzz.ratio(" ".join(begun), " ".join(full.words[: len(begun)])) >= 96


def _is_single_sentence(line: Line) -> bool:
    inside = line.text.rstrip(".…!? ")
    return len(line.words) <= 50 and not any(end in inside for end in (". ", "! ", "? ", "… "))
