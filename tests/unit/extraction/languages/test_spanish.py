"""A third language, added by a distribution of data and one small class: what it finds, in sentences of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extraction.analysis import Analysis
from extraction.document import Article
from extraction.languages.basic.analyser import BasicAnalyser
from extraction.languages.discovery import find_language, languages
from extraction.pipeline import LazyPipeline, Pipeline
from extraction.registry import load_packs
from extraction.spans import Span
from tests.unit.extraction.languages.spanish import FIXTURE, blocks, read, told, write_metadata

PAGE = """Publicidad

Un incendio obliga a desalojar a doscientos vecinos en Almena

Redacción

Unas 200 personas tuvieron que salir de sus casas el miércoles por un incendio en Almena, según los bomberos.

«Nadie ha resultado herido», explicó Marta Soler, portavoz del Ayuntamiento.

Te puede interesar

Comparte esta noticia
"""


@pytest.fixture(scope="module", autouse=True)
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The fixture on the path with its metadata, as an installer leaves it."""
    folder = tmp_path_factory.mktemp("installed")
    write_metadata(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(FIXTURE))
        patch.syspath_prepend(str(folder))
        languages.cache_clear()
        yield
    languages.cache_clear()


@pytest.fixture(scope="module")
def pipeline(installed: None) -> Pipeline:
    return Pipeline(load_packs({"fr": "none"}))


def test_the_entry_point_is_all_that_adds_the_language(pipeline: Pipeline) -> None:
    language = find_language("es")
    assert language is not None
    assert type(language).__module__ == "sourcebook_es"
    assert set(pipeline.packs) == {"fr", "en", "es"}
    assert LazyPipeline("none", None).version.split()[2].startswith("es=rules+")


@pytest.mark.parametrize(("text", "facts"), blocks("sentences.txt"), ids=lambda case: str(case)[:40])
def test_spanish_sentences_tell_their_facts_and_no_others(pipeline: Pipeline, text: str, facts: set[str]) -> None:
    assert told(text, read(pipeline, text)) == facts


def test_spanish_facts_of_unseen_sentences_reach_their_floor(pipeline: Pipeline) -> None:
    wanted = found = right = 0
    for text, facts in blocks("unseen.txt"):
        answered = told(text, read(pipeline, text))
        wanted, found, right = wanted + len(facts), found + len(answered), right + len(facts & answered)
    assert right / found >= 0.75
    assert right / wanted >= 0.75


def test_a_spanish_page_is_recognised_and_divided(pipeline: Pipeline) -> None:
    document = pipeline.extract(Article(PAGE, None, None, None))
    assert document.language == "es"
    kinds = {p.span.of(PAGE).strip(): p.kind for p in document.passages}
    furniture = {"Publicidad", "Redacción", "Te puede interesar", "Comparte esta noticia"}
    assert {text for text, kind in kinds.items() if kind == "boilerplate"} == furniture
    assert [e.name for e in document.entities if e.type == "person"] == ["Marta Soler"]
    assert [t.span.of(PAGE) for t in document.times] == ["el miércoles"]
    assert {f.attribution.name for f in document.facts if f.attribution is not None} == {"los bomberos", "Marta Soler"}


@pytest.mark.parametrize("text", ["", " ", "¿?", "«", "a" * 5000, "12 " * 400, "que " * 300, "y de no se la " * 200])
def test_the_small_grammar_makes_a_tree_of_any_text(text: str) -> None:
    (analysis,) = BasicAnalyser("es").analyse(text, [(0, Span(0, len(text)))], ())
    for sentence in analysis.sentences:
        assert [i for i in sentence if analysis.tokens[i].head == i] != []
        assert all(_reaches_a_root(analysis, i) for i in sentence)
    assert all(text[t.start : t.end] == t.text for t in analysis.tokens)


def _reaches_a_root(analysis: Analysis, i: int) -> bool:
    above = [i, *analysis.ancestors(i)]
    return analysis.tokens[above[-1]].head == above[-1]
