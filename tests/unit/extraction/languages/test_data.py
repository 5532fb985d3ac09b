"""The names under which the rules ask for words, and the names under which the languages have them."""

from __future__ import annotations

import ast
import json
import re
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest

from extraction.cleaning import load_cleaning
from extraction.languages.data import find_file, read_rows
from extraction.lexicon import Lexicon

# How the code asks for a closed class or a table: ``lexicon.has("joints", word)``, ``reader.word_is(i, "joints")``.
_ASKED = re.compile(
    r"""(?:word_is\([^"()]*(?:\([^()]*\)[^"()]*)*|(?:\.has|\.words|\.table|\.map|\.endings|sets\.get|map)\(\s*)"(\w+)\""""
)
_ELSEWHERE = frozenset({"governors", "locutions"})
CODES = ("fr", "en")
# Function words of French that are names in the code as well: relations, codes, keys, what "+" is read as.
_SHARED = frozenset({"en", "s", "d", "l", "m", "n", "t", "c", "j", "a", "y", "aux", "se", "plus"})


def _sources(folder: Traversable) -> str:
    """The code of the extraction, that of the language packs left aside."""
    found = [entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".py")]
    return "\n".join(found)


def _keys(name: str) -> set[str]:
    keys: set[str] = set()
    for code in CODES:
        file = find_file(code, name)
        assert file is not None
        keys |= set(json.loads(file.read_text("utf-8")))
    return keys


ASKED = set(_ASKED.findall(_sources(files("extraction"))))
QUOTED = set(re.findall(r'"(\w+)"', _sources(files("extraction"))))
WORDS, EVENTS = _keys("lexicon/words.json"), _keys("events.json")
NAMES = {row[0] for code in CODES for row in read_rows(code, "names.tsv", 4)}


def test_rules_ask_only_for_words_that_a_language_has() -> None:
    assert len(ASKED) > 100
    assert {name for name in ASKED if name not in WORDS | EVENTS | NAMES and "=" not in name} == set()


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_of_reporting_have_a_reader(name: str) -> None:
    assert name in QUOTED | set(Lexicon.__dataclass_fields__)


@pytest.mark.parametrize("name", sorted(EVENTS - _ELSEWHERE))
def test_words_of_events_have_a_reader(name: str) -> None:
    assert name in QUOTED


@pytest.mark.parametrize("slot", sorted(NAMES))
def test_words_beside_names_have_a_reader(slot: str) -> None:
    assert slot in QUOTED


@pytest.mark.parametrize("code", CODES)
def test_words_beside_names_vote_for_types(code: str) -> None:
    rows = [row for row in read_rows(code, "names.tsv", 4, least=4) if row[1] != "-"]
    assert {kind for _, kind, _, _ in rows} <= {"person", "organization", "place", "other"}
    assert all(-10 < float(weight) < 10 for _, _, weight, _ in rows)


def _constants(source: str) -> set[str]:
    """The strings of a module that are no documentation."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said)
    return {node.value for node in found if isinstance(node.value, str)}


def test_no_function_word_of_french_stands_in_the_code_of_rules() -> None:
    french = load_cleaning().function_words["fr"] - load_cleaning().function_words["en"] - _SHARED
    folder = files("extraction")
    sources = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".py")}
    del sources["language_detection.py"]  # holds codes of languages
    found = {name: _constants(source) & french for name, source in sources.items()}
    assert {name: words for name, words in found.items() if words} == {}
