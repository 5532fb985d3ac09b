"""Sets likely furniture aside that no phrase and no rule knows, by the learned weights of its signs and surroundings.

The weights say how likely a line is furniture; this module says how sure one must be. A sentence must show signs of
its own, wherever it stands: an article's last paragraph may stand below any furniture. What a rule has judged by
likeness or place alone comes back where its own words and its surroundings speak for the article.
"""

from __future__ import annotations

from collections import Counter

from extraction.cleaning import folded_words
from extraction.junk_blocks import set_blocks_aside
from extraction.junk_context import Surroundings, form_of
from extraction.junk_furniture import set_furniture_aside
from extraction.junk_glued import cut_glued
from extraction.junk_margins import set_margins_aside
from extraction.junk_phrases import set_phrases_aside
from extraction.junk_signs import count_signs, line_features, load_signs
from extraction.junk_topics import set_repetitions_aside, set_strangers_aside
from extraction.junk_weights import BODY, TAIL, Row, Weights, load_weights
from extraction.layout import find_captions
from extraction.lines import Line
from extraction.page import Page
from extraction.titles import find_printed_title, find_titles

# How sure one must be of a line with signs of furniture, and of one without.
_SURE_WITH_SIGNS = 0.65
_SURE_WITHOUT = 0.85
# How many signs of one rule a line needs that stands alone between two paragraphs, or on a page without furniture.
_SIGNS_ALONE = 2
# A sentence must be likely furniture, and the less likely, the more its own signs must say: in the middle of an article
# more than below it, and next to nothing there where the sentence is about the author.
_MIDDLE = (0.35, 1.6, 1.4)
_BELOW = (0.5, 1.4, 1.65)
_NEXT_TO_BODY = (0.35, 1.6, 0.8)
_AUTHOR = (0.7, -3.0, 0.0)
_SURELY_BELOW = 0.9
_FURNISHED = 0.34
_UNFURNISHED_COST = 1.0
_STANDFIRST_WORDS = 5
_LINKS = 6
_SAMPLE = 600
_BODY_AGAIN = 0.3
_BODY_SCORE = -1.0
_SENTENCE_WORDS = 7
_BY_LIKENESS = frozenset(
    {"read_also", "contents", "teaser", "repeated", "foreign_language", "tags", "byline", "comments"}
)


def judge_titles(page: Page) -> None:
    """Judge titles and captions alone."""
    find_printed_title(page)
    find_titles(page)
    find_captions(page)


def judge_before(page: Page) -> None:
    """Judge what phrases and rules know; the learned weights see what these have judged."""
    find_printed_title(page)
    cut_glued(page)
    set_phrases_aside(page)
    set_furniture_aside(page)
    find_titles(page)
    set_blocks_aside(page)
    set_strangers_aside(page)
    set_repetitions_aside(page)
    set_margins_aside(page)
    find_captions(page)


def surroundings(page: Page, weights: Weights) -> Surroundings:
    """The page with its lines' scores, in two rounds: words that the strong prose shares are no signs in the second."""
    first = Surroundings(page, [weights.score(line_features(page, line, frozenset())) for line in page.lines])
    if not first.topical:
        return first
    return Surroundings(page, [weights.score(line_features(page, line, first.topical)) for line in page.lines])


def set_likely_aside(page: Page) -> None:
    """Judge the lines that are left by the learned weights: lines first, since authors' names may be among them.

    A page in a language without signs stays as it is: its sentences could not speak for themselves.
    """
    if page.language not in load_signs().codes:
        return
    weights = load_weights()
    around = surroundings(page, weights)
    odds = weights.odds([weights.emission(around.features(p)) for p in range(len(page.lines))])
    for sentences in (False, True):
        around.find_authors()
        for position, line in enumerate(page.lines):
            if _is_sentence(line) == sentences:
                _judge(around, position, odds[position])


def _judge(around: Surroundings, position: int, odds: Row) -> None:
    line = around.page.lines[position]
    if line.kind is None:
        signs = count_signs(load_signs(), folded_words(line.text[:_SAMPLE]), around.topical)
        if _is_furniture(around, position, odds, signs):
            line.set_aside(_rule(line, odds, signs))
    elif line.junk and _is_body_again(around, position, odds):
        line.kind = line.rule = None


def _is_furniture(around: Surroundings, position: int, odds: Row, signs: Counter[str]) -> bool:
    line, score, sure = around.page.lines[position], around.scores[position], 1.0 - odds[BODY]
    if position in around.page.hours or around.page.names_speaker(line):
        return False
    if _is_sentence(line):
        below = odds[TAIL] > 0.5 * sure
        least, start, slope = _AUTHOR if below and around.is_of_author(position) else _BELOW
        if _follows_body(around.page, position):
            least, start, slope = _NEXT_TO_BODY
        elif not below:
            least, start, slope = _MIDDLE
        bare = _UNFURNISHED_COST if around.furnished < _FURNISHED else 0.0
        return sure > least and score > start - slope * sure + bare
    most_signs = max(signs.values(), default=0)
    alone = odds[TAIL] < _SURELY_BELOW and _stands_alone(around.page, position)
    if alone or around.furnished < _FURNISHED:
        return most_signs >= _SIGNS_ALONE and sure > _SURE_WITH_SIGNS
    if not signs and (_is_standfirst(around, position) or _heads_body(around, position) or _goes_on(around, position)):
        return False
    return sure > (_SURE_WITH_SIGNS if signs else _SURE_WITHOUT)


def _heads_body(around: Surroundings, position: int) -> bool:
    """Whether a line names what the article is about, and a sentence of the article follows."""
    below = around.page.lines[position + 1] if position + 1 < len(around.strong) else None
    told = below is not None and below.kind is None and below.ends_sentence
    return told and not around.stems[position].isdisjoint(around.topical)


def _goes_on(around: Surroundings, position: int) -> bool:
    """Whether a line of some length says more of the article's subject, and is none of a list of links."""
    lines = around.page.lines
    line, above = lines[position], lines[max(0, position - _LINKS) : position]
    if len(line.words) < _STANDFIRST_WORDS or any(other.rule == "read_also" for other in above):
        return False
    if _follows_body(around.page, position) and any(around.counts[stem] for stem in around.stems[position]):
        return True
    return around.page.has_finite_verb(line) and not around.stems[position].isdisjoint(around.topical)


def _follows_body(page: Page, position: int) -> bool:
    """Whether the line above is a sentence that nothing has set aside."""
    above = page.lines[position - 1] if position else None
    return above is not None and above.kind is None and above.ends_sentence


def _stands_alone(page: Page, position: int) -> bool:
    """Whether a line stands between two sentences of the article, as a heading or a question does."""
    beside = [page.lines[p] for p in (position - 1, position + 1) if 0 <= p < len(page.lines)]
    return len(beside) == 2 and all(line.kind is None and line.ends_sentence for line in beside)


def _is_standfirst(around: Surroundings, position: int) -> bool:
    """Whether a line of some length stands right below the headline."""
    lines = around.page.lines
    return position > 0 and lines[position - 1].kind == "title" and len(lines[position].words) >= _STANDFIRST_WORDS


def _is_sentence(line: Line) -> bool:
    return line.ends_sentence and len(line.words) >= _SENTENCE_WORDS


def _is_body_again(around: Surroundings, position: int, odds: Row) -> bool:
    line = around.page.lines[position]
    doubtful = line.rule in _BY_LIKENESS and _is_sentence(line) and not line.truncated
    if not doubtful or 1.0 - odds[BODY] > _BODY_AGAIN or around.scores[position] > _BODY_SCORE:
        return False
    return any(around.counts[stem] for stem in around.stems[position])


def _rule(line: Line, odds: Row, signs: Counter[str]) -> str:
    """What most of a line's signs belong to; without any, what a line of its form is at its place."""
    if signs:
        return min(signs, key=lambda rule: (-signs[rule], rule))
    form = form_of(line)
    if form == "label":
        return "tags" if odds[TAIL] > 0.5 else "navigation"
    return "notice" if form == "sentence" else "teaser"
