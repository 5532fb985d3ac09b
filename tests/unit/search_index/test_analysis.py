import threading
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search_index.analysis import GROUPS, MAX_WORD_LENGTH, Group, fold, group_of, is_tool_word, terms, words

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("éœ’'-\u00a0\u202f\r\n\u0301😀3 0.,"))


def forms(text: str) -> list[str]:
    return [word.form for word in words(text)]


def stems(text: str, group: Group = "fr") -> list[tuple[str, ...]]:
    return [terms(word, group) for word in words(text)]


@given(ANY_TEXT)
@example("d\u2019\u00e9te\u0301\r\n😀3\u202f000\u00a0l'🙂x")
@example("\u0301\u0301a")
def test_words_carry_offsets_into_the_text_in_order(text: str) -> None:
    last = 0
    for word in words(text):
        assert last <= word.start < word.end <= len(text)
        assert text[word.start].isalnum()
        assert word.folded
        assert not set(word.folded) & {" ", "|"}
        last = word.end


@given(ANY_TEXT)
@example("À.¹")
def test_words_of_decomposed_text_are_those_of_composed_text(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert [w.folded for w in words(composed)] == [w.folded for w in words(unicodedata.normalize("NFD", composed))]


@given(ANY_TEXT)
def test_terms_are_never_empty_and_fit_the_encoding(text: str) -> None:
    for word in words(text):
        for group in GROUPS:
            found = terms(word, group)
            assert found
            assert all(term and not set(term) & set(" |\t\n") for term in found)


@given(st.text("abcdefgilmnorstuvéèêàçôûîùœ", min_size=1, max_size=14))
def test_an_unaccented_word_shares_a_term_with_the_accented_one(word: str) -> None:
    (written,), (bare,) = list(words(word)), list(words(fold(word)))
    for group in GROUPS:
        assert set(terms(written, group)) & set(terms(bare, group))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("l’État d'Ivoire qu’il jusqu'ici", ["état", "ivoire", "il", "ici"]),
        ("aujourd’hui, d'aujourd'hui", ["aujourd'hui", "aujourd'hui"]),
        ("presqu'île quelqu’un", ["presqu'île", "quelqu'un"]),
        ("porte‑parole porte-parole", ["porte", "parole", "porte", "parole"]),
        ("l'O.N.U. et U.S.A", ["onu", "et", "usa"]),
        ("J.K.Rowling", ["jk", "rowling"]),
        ("cœur ﬁn ＡＢＣ ex\u00adtra", ["coeur", "fin", "abc", "extra"]),
        ("dog's", ["dog's"]),
        ("😀 — … ! « »", []),
    ],
)
def test_words_are_cut_as_readers_do(text: str, found: list[str]) -> None:
    assert forms(text) == found


def test_a_blob_is_cut_to_the_length_of_a_word() -> None:
    (word,) = words("a" * 100_000)
    assert (word.start, word.end, len(word.folded)) == (0, 100_000, MAX_WORD_LENGTH)


def test_an_elided_article_is_outside_the_offsets() -> None:
    (word,) = words("l’Étang")
    assert (word.start, word.end) == (2, 7)


@pytest.mark.parametrize(
    "written", ["3 000", "3\u00a0000", "3\u202f000", "3.000", "3,000", "3'000", "3000", "3\u2009000"]
)
def test_a_grouped_number_is_one_word_however_it_is_grouped(written: str) -> None:
    assert forms(f"environ {written} sacs") == ["environ", "3000", "sacs"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3,5 et 3.5", ["3.5", "et", "3.5"]),
        ("1 234 567,89", ["1234567.89"]),
        ("12.06.2024", ["12", "06", "2024"]),
        ("en 2024 150 000 lits", ["en", "2024", "150000", "lits"]),
        ("0,500", ["0.500"]),
        ("192.168.1.10", ["192", "168", "1", "10"]),
        ("19h30 B52", ["19h30", "b52"]),
    ],
)
def test_numbers_keep_their_value_and_dates_their_parts(text: str, found: list[str]) -> None:
    assert forms(text) == found


def test_stemming_depends_on_the_language() -> None:
    assert stems("chômages")[0] == stems("chômage")[0]
    assert stems("elections", "en") == stems("election", "en")
    assert stems("elections", "other") != stems("election", "other")
    assert set(stems("euros")[0]) & set(stems("euro")[0])


def test_groups_follow_the_primary_language() -> None:
    assert [group_of(name) for name in ("fr", "fr-CA", "EN", "de", "")] == ["fr", "fr", "en", "other", "other"]


def test_tool_words_are_told_from_acronyms_and_nouns() -> None:
    found = [(word.form, is_tool_word(word)) for word in words("the WHO said who l'or or thé")]
    tools, others = [form for form, tool in found if tool], [form for form, tool in found if not tool]
    assert tools == ["the", "who", "or"]
    assert others == ["who", "said", "or", "thé"]


def test_analysis_gives_the_same_terms_in_every_thread() -> None:
    text = " ".join(f"nationalisations{i} étrangères{i}" for i in range(300)).replace("0", "a")
    expected = stems(text)
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append(stems(text))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 4
