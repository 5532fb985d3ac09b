"""Languages that other distributions add, and packs that cannot be used."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.cleaning import load_cleaning
from extraction.document import Article
from extraction.languages.base import PlainAnalyser
from extraction.languages.discovery import find_language, languages
from extraction.languages.errors import LanguageError
from extraction.lexicon import load_lexicon
from extraction.pipeline import Pipeline
from extraction.registry import chosen_models, load_packs, version_of
from tests.unit.extraction.languages.conftest import Install

PACK = "from extraction.languages.base import Language\n\n\nclass {name}(Language):\n    code = {code!r}\n"


def test_languages_are_sourcebooks_own_where_nothing_is_installed() -> None:
    assert list(languages()) == ["fr", "en"]
    assert find_language("qaa") is None


def test_languages_holds_what_an_installed_distribution_adds(install: Install) -> None:
    install("pack_qaa", PACK.format(name="Made", code="qaa"), "qaa = pack_qaa:Made")
    assert list(languages()) == ["fr", "en", "qaa"]
    assert chosen_models({"en": "en_core_web_sm"}) == {"fr": "fr_core_news_md", "en": "en_core_web_sm", "qaa": "rules"}


def test_a_pack_without_data_divides_an_article_and_finds_no_facts(install: Install) -> None:
    install("pack_qab", PACK.format(name="Made", code="qab"), "qab = pack_qab:Made")
    packs = load_packs({"fr": "none"})
    assert isinstance(packs["qab"].analyser, PlainAnalyser)
    text = "Zu 3 000 vira 12 makala.\n\nVira makala “zu vira makala zu” 2024."
    document = Pipeline({"qab": packs["qab"]}).extract(Article(text, "qab-QM", date(2024, 6, 19)))
    assert (document.language, len(document.passages)) == ("qab", 2)
    assert (document.facts, document.quantities, document.times) == ((), (), ())


def test_version_of_tells_packs_of_other_distributions_by_their_files(install: Install) -> None:
    folder = install("pack_qac", PACK.format(name="Made", code="qac"), "qac = pack_qac:Made", {"warm.txt": "Zu."})
    before = version_of({"qac": "rules", "en": "rules"})
    assert before.split()[1:3] == ["en=rules", before.split()[2]]
    assert before.split()[2].startswith("qac=rules+")
    (folder / "warm.txt").write_text("Vira.")
    languages.cache_clear()
    assert version_of({"qac": "rules", "en": "rules"}) != before


@pytest.mark.parametrize(
    ("package", "source", "point", "message"),
    [
        ("pack_qba", PACK.format(name="Made", code="fr"), "fr = pack_qba:Made", "second pack for the language 'fr'"),
        ("pack_qbb", PACK.format(name="Made", code="qbb"), "qbx = pack_qbb:Made", "no code 'qbx'"),
        ("pack_qbc", PACK.format(name="Made", code="qbc"), "qbc = pack_qbc:Other", "cannot be imported"),
        ("pack_qbd", "import pack_that_is_nowhere\n", "qbd = pack_qbd:Made", "cannot be imported"),
        ("pack_qbe", "Made = 'qbe'\n", "qbe = pack_qbe:Made", "no subclass"),
    ],
)
def test_languages_refuses_a_pack_that_cannot_be_used(
    install: Install, package: str, source: str, point: str, message: str
) -> None:
    install(package, source, point)
    with pytest.raises(LanguageError, match=message):
        languages()


@pytest.mark.parametrize(
    ("code", "name", "content", "message"),
    [
        ("qca", "lexicon/nouns.tsv", "# lemma\tkind\nmakala\n", r"lexicon/nouns.tsv of the language 'qca', line 2"),
        ("qcb", "lexicon/words.json", "{", r"lexicon/words.json of the language 'qcb' is no JSON"),
        ("qcc", "lexicon/words.json", "[]", r"lexicon/words.json of the language 'qcc' is no JSON object"),
    ],
)
def test_load_lexicon_says_which_line_of_a_pack_is_wrong(
    install: Install, code: str, name: str, content: str, message: str
) -> None:
    install(f"pack_{code}", PACK.format(name="Made", code=code), f"{code} = pack_{code}:Made", {name: content})
    with pytest.raises(LanguageError, match=message):
        load_lexicon(code)


def test_load_cleaning_says_which_pattern_of_a_pack_is_wrong(install: Install) -> None:
    content = "[line: navigation]\nmakala\nvira (\n"
    install("pack_qda", PACK.format(name="Made", code="qda"), "qda = pack_qda:Made", {"cleaning.txt": content})
    with pytest.raises(LanguageError, match=r"cleaning.txt of the language 'qda', line 3: no regular expression"):
        load_cleaning()


def test_extract_refuses_a_table_of_numbers_without_a_decimal_mark(install: Install) -> None:
    content = {"expressions.tsv": "number\tunit:1\tzu\n"}
    install("pack_qdb", PACK.format(name="Made", code="qdb"), "qdb = pack_qdb:Made", content)
    pipeline = Pipeline({"qdb": load_packs({"fr": "none"})["qdb"]})
    with pytest.raises(LanguageError, match="no row 'decimal'"):
        pipeline.extract(Article("Zu vira makala.", "qdb"))


def test_a_model_that_a_pack_does_not_know_is_refused(install: Install) -> None:
    install("pack_qdc", PACK.format(name="Made", code="qdc"), "qdc = pack_qdc:Made")
    with pytest.raises(OSError, match="knows no model 'qdc_core'"):
        load_packs({"fr": "none", "qdc": "qdc_core"})
