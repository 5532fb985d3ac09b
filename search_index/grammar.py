"""The query language: words, "phrases", +must, -not, field:value, prefix*. No nesting, and bounds on everything.

Whoosh's parser never sees what a user typed. ``parse_query`` either gives a ``Query`` or raises ``QuerySyntaxError``
with the place and the remedy; nothing is repaired silently, except that punctuation without a letter or a digit, and
a dash between spaces, mean nothing, as in a pasted headline.

====================  ================================================================================
``séisme bilan``      passages with any of the words, those with more and rarer ones first
``"bilan humain"``    the words in this order; also « » and “ ”; a word with a hyphen is one too
``+séisme``           must be there; once there is a must, plain words only help the rank
``-séisme``           must not be there
``title:séisme``      a word or phrase of the article's title that must be there
``source:X``          also language, kind, entity, article: restricts; several of a field are alternatives
``démocrat*``         words that begin so; three letters or more
====================  ================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from search_index.analysis import NUMBER, Word, is_tool_word, words
from search_index.errors import QuerySyntaxError

MAX_QUERY_LENGTH = 2_000
"""Code points of a query: room for a paragraph pasted from an article."""

MAX_QUERY_TERMS = 64
"""Words that are looked up; tool words left out of the query do not count, nor those of a phrase with others in it."""

MAX_QUERY_WORDS = 128
"""Words that are looked up, with the tool words of phrases: a continuation carries a number for each of them."""

MAX_PREFIXES = 8
"""Words with a star: each may stand for a thousand others."""

MIN_PREFIX_LENGTH = 3

KEYWORD_FIELDS = ("source", "language", "kind", "entity", "article")
TEXT_FIELDS = ("title",)

Occur = Literal["should", "must", "not"]
ClauseKind = Literal["word", "phrase", "prefix", "keyword"]

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_CLOSING = "”»"
_FIELD = re.compile(r"(?P<name>[A-Za-z_]+):")
_BARE = re.compile(r"[^\s\"“”„«»]+")
_OPERATORS = frozenset(("AND", "OR", "NOT"))


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query.

    ``words`` are what a word, phrase or prefix looks for (one, several, one), with places in the query; ``values``
    the identifiers that a keyword field may have. ``field`` is ``text``, ``title`` or a keyword field; ``is_quoted``
    says that the words stand between quotation marks.
    """

    kind: ClauseKind
    occur: Occur
    field: str
    position: int
    words: tuple[Word, ...] = ()
    values: tuple[str, ...] = ()
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. ``ignored`` are the tool words left out, as typed; ``text`` is what was parsed.

    ``values`` are quantities and dates that its words mean, in the form of the index (``3000`` for "trois mille"):
    a passage that has one is found, and none must have any. ``parse_query`` reads none.
    """

    text: str
    clauses: tuple[Clause, ...]
    ignored: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    def asks_for(self, field: str, value: str) -> bool:
        """Whether the query wants a value of a keyword field; one that it excludes is not wanted."""
        return any(
            c.kind == "keyword" and c.field == field and c.occur != "not" and value in c.values for c in self.clauses
        )


EVERYTHING = Query("", ())
"""Every passage that the filters let through, with score 0: for browsing without words."""


def parse_query(text: str) -> Query:
    """The query that a text means. Raises QuerySyntaxError."""
    if len(text) > MAX_QUERY_LENGTH:
        raise QuerySyntaxError(f"a query has at most {MAX_QUERY_LENGTH} characters", MAX_QUERY_LENGTH)
    clauses = _Parser(text).parse()
    if not clauses:
        raise QuerySyntaxError("the query has no word to look for", 0)
    if all(clause.occur == "not" for clause in clauses):
        raise QuerySyntaxError("a query needs something to look for besides what it excludes", clauses[0].position)
    kept, ignored = _without_tool_words(clauses)
    _check_size(kept)
    return Query(text, tuple(kept), tuple(text[w.start : w.end] for clause in ignored for w in clause.words))


def resolve(query: Query, resolvers: dict[str, Callable[[str], Sequence[str]]]) -> Query:
    """The query with the values of keyword fields replaced by the identifiers that they stand for.

    ``resolvers`` has a function for each field that needs it, from the value as typed (``source:Reuters``) to
    identifiers; a value that stands for none makes a clause that nothing meets.
    """

    def resolved(clause: Clause) -> Clause:
        resolver = resolvers.get(clause.field) if clause.kind == "keyword" else None
        if resolver is None:
            return clause
        return replace(clause, values=tuple(i for value in clause.values for i in resolver(value)))

    return replace(query, clauses=tuple(resolved(clause) for clause in query.clauses))


class _Parser:
    """Reads one clause after the other; ``at`` is the place reached."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        # In a text all in capitals, AND is a word of a headline rather than a mistaken operator.
        self.mixed_case = not text.isupper()

    def parse(self) -> list[Clause]:
        clauses: list[Clause] = []
        while self._skip_spaces():
            clauses.extend(self._clause())
        return clauses

    def _skip_spaces(self) -> bool:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    def _clause(self) -> list[Clause]:
        start = self.at
        occur = self._occur()
        field = self._field()
        if field in KEYWORD_FIELDS:
            return [self._keyword(field, occur, start)]
        if field == "title" and occur == "should":
            occur = "must"
        if self.at < len(self.text) and self.text[self.at] in _QUOTES:
            return [self._phrase(field, occur, start)]
        return self._bare(field, occur, start)

    def _occur(self) -> Occur:
        sign = self.text[self.at]
        after = self.text[self.at + 1 : self.at + 2]
        if sign not in "+-" or not after or after.isspace():
            return "should"
        self.at += 1
        return "must" if sign == "+" else "not"

    def _field(self) -> str:
        match = _FIELD.match(self.text, self.at)
        if match is None:
            return "text"
        name, after = match["name"].lower(), self.text[match.end() : match.end() + 1]
        known = name in KEYWORD_FIELDS or name in TEXT_FIELDS
        if not after or after.isspace():
            if known:
                raise QuerySyntaxError(f"“{name}:” needs a value directly after it", match.start())
            return "text"  # a headline's colon: the word before it is read as a word
        if not known:
            fields = ", ".join(TEXT_FIELDS + KEYWORD_FIELDS)
            message = (
                f"there is no field “{match['name']}”; there are {fields}; put words with a colon in quotation marks"
            )
            raise QuerySyntaxError(message, match.start())
        self.at = match.end()
        return name

    def _quoted(self) -> tuple[int, int]:
        """The inside of the quotation marks that begin here; moves behind them."""
        opening = self.at
        end = self.text.find(_QUOTES[self.text[opening]], opening + 1)
        if end < 0:
            raise QuerySyntaxError("this quotation mark is never closed", opening)
        self.at = end + 1
        return opening + 1, end

    def _keyword(self, field: str, occur: Occur, start: int) -> Clause:
        value_at = self.at
        if self.text[value_at] in _QUOTES:
            begin, end = self._quoted()
            value = self.text[begin:end].strip()
        else:
            match = _BARE.match(self.text, value_at)
            value = match.group() if match else ""
            self.at = match.end() if match else value_at
        if not value:
            raise QuerySyntaxError(f"“{field}:” needs a value", min(value_at, len(self.text) - 1))
        if "*" in value:
            raise QuerySyntaxError(f"“{field}:” takes a whole value, without *", value_at)
        return Clause("keyword", "not" if occur == "not" else "must", field, start, values=(value,))

    def _phrase(self, field: str, occur: Occur, start: int) -> Clause:
        opening = self.at
        begin, end = self._quoted()
        star = self.text.find("*", begin, end)
        if star >= 0:
            raise QuerySyntaxError("* has no meaning inside quotation marks", star)
        found = self._words(begin, end)
        if not found:
            raise QuerySyntaxError("there is no word between these quotation marks", opening)
        return Clause("phrase" if len(found) > 1 else "word", occur, field, start, found, is_quoted=True)

    def _words(self, begin: int, end: int) -> tuple[Word, ...]:
        inside = words(self.text[begin:end])
        return tuple(replace(word, start=word.start + begin, end=word.end + begin) for word in inside)

    def _bare(self, field: str, occur: Occur, start: int) -> list[Clause]:
        begin = self.at
        if self.text[begin] in _CLOSING:
            raise QuerySyntaxError("this quotation mark was never opened", begin)
        match = NUMBER.match(self.text, begin) or _BARE.match(self.text, begin)
        assert match is not None  # neither a space nor a quotation mark stands here
        self.at = match.end()
        token = match.group()
        if "*" in token:
            return [self._prefix(field, occur, start, begin, token)]
        if self.mixed_case and token in _OPERATORS:
            message = f'“{token}” is no operator here: write +word, -word or several words, or "{token}" for the word'
            raise QuerySyntaxError(message, begin)
        found = self._words(begin, self.at)
        if not found:
            if occur != "should" or field != "text":
                raise QuerySyntaxError("there is no word here", start)
            return []
        return [Clause("phrase" if len(found) > 1 else "word", occur, field, start, found)]

    def _prefix(self, field: str, occur: Occur, start: int, begin: int, token: str) -> Clause:
        star = begin + token.index("*")
        if field != "text":
            raise QuerySyntaxError(f"“{field}:” takes a whole word, without *", star)
        if star != begin + len(token) - 1:
            raise QuerySyntaxError("* stands at the end of a word only", star)
        found = self._words(begin, star)
        if len(found) != 1 or found[0].end != star:
            raise QuerySyntaxError("* stands directly after one word", star)
        if len(found[0].folded) < MIN_PREFIX_LENGTH:
            raise QuerySyntaxError(f"* needs at least {MIN_PREFIX_LENGTH} letters before it", star)
        return Clause("prefix", occur, field, start, found)


def _without_tool_words(clauses: list[Clause]) -> tuple[list[Clause], list[Clause]]:
    """What to look for, and the clauses left out.

    When nothing else is looked for, tool words are words like others: two or more as a phrase ("The Who", "to be or
    not to be"), since any one of them alone is in every passage.
    """
    tools = [c for c in clauses if _is_tool(c)]
    kept = [c for c in clauses if not _is_tool(c)]
    if any(c.occur != "not" and c.kind != "keyword" for c in kept) or not tools:
        return kept, tools
    if len(tools) == 1:
        return clauses, []
    together = tuple(word for clause in tools for word in clause.words)
    return [Clause("phrase", "should", "text", tools[0].position, together), *kept], []


def _is_tool(clause: Clause) -> bool:
    plain = clause.kind == "word" and clause.occur == "should" and clause.field == "text"
    return plain and all(is_tool_word(word) for word in clause.words)


def _check_size(clauses: list[Clause]) -> None:
    looked_up = every = prefixes = 0
    for clause in clauses:
        content = sum(not is_tool_word(word) for word in clause.words)
        looked_up += max(content, 1)
        every += len(clause.words)
        prefixes += clause.kind == "prefix"
        if looked_up > MAX_QUERY_TERMS:
            raise QuerySyntaxError(f"a query has at most {MAX_QUERY_TERMS} words to look for", clause.position)
        if every > MAX_QUERY_WORDS:
            raise QuerySyntaxError(
                f"a query has at most {MAX_QUERY_WORDS} words with those of phrases", clause.position
            )
        if prefixes > MAX_PREFIXES:
            raise QuerySyntaxError(f"a query has at most {MAX_PREFIXES} words with *", clause.position)
