"""Weekdays and months without a year go by the verb: what will be is ahead, what was is behind."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.document import Article
from extraction.languages.base import Analyser
from extraction.languages.en.analyser import RuleAnalyser
from extraction.pipeline import Pipeline
from extraction.registry import LanguagePack

SATURDAY = date(2026, 4, 18)


@pytest.fixture(scope="module")
def pipeline(french_analyser: Analyser) -> Pipeline:
    return Pipeline({"fr": LanguagePack("fr", french_analyser), "en": LanguagePack("en", RuleAnalyser())})


@pytest.mark.parametrize(
    ("language", "sentence", "edtf"),
    [
        ("fr", "Une réunion doit avoir lieu mardi.", "2026-04-21"),
        ("fr", "Les écoles resteront fermées jusqu'à lundi.", "2026-04-20"),
        ("fr", "Le groupe prévoit de redémarrer la production en juillet.", "2026-07"),
        ("fr", "Le rapport remis mardi accuse la mairie.", "2026-04-14"),
        ("fr", "L'accord doit être signé à Dublin le 8 janvier.", "2027-01-08"),
        ("fr", "Les températures devraient baisser à partir de mercredi.", "2026-04-22"),
        ("fr", "La maire a décidé d'ouvrir les piscines jusqu'à dimanche.", "2026-04-19"),
        ("fr", "La réunion prévue mardi a été annulée.", "2026-04-21"),
        ("fr", "Le cahier aurait été modifié mardi.", "2026-04-14"),
        ("fr", "Ils ont refusé de signer mercredi.", "2026-04-15"),
        ("fr", "Il va rencontrer les syndicats mardi.", "2026-04-21"),
        ("fr", "Le navire était arrivé en décembre.", "2025-12"),
        ("fr", "Le navire arrivera en décembre.", "2026-12"),
        ("en", "The deal is due to be signed on May 8.", "2026-05-08"),
        ("en", "He will meet them on Tuesday.", "2026-04-21"),
        ("en", "She arrived on Tuesday.", "2026-04-14"),
        ("en", "They plan to vote on Monday.", "2026-04-20"),
        ("en", "The agreement was signed in December.", "2025-12"),
    ],
)
def test_dates_without_year_go_by_the_verb(pipeline: Pipeline, language: str, sentence: str, edtf: str) -> None:
    document = pipeline.extract(Article(sentence, language, SATURDAY))
    assert [time.edtf for time in document.times] == [edtf]


def test_dates_without_publication_stay_unresolved(pipeline: Pipeline) -> None:
    document = pipeline.extract(Article("La réunion aura lieu mardi.", "fr"))
    assert [(time.edtf, time.basis) for time in document.times] == [(None, "unresolved")]
    assert document.times[0].reason
