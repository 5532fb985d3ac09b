from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.urls import canonical_url, host_of, text_fragment_url


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("HTTPS://Example.ORG:443/A?b=2&a=1#top", "https://example.org/A?b=2&a=1"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org:8080/x?utm_medium=m&id=7&fbclid=z", "http://example.org:8080/x?id=7"),
        ("https://example.org/?xtor=RSS-1", "https://example.org/"),
        ("https://user@[2001:DB8::1]:443/", "https://[2001:db8::1]/"),
        ("https://example.org/caf%C3%A9?q=%26", "https://example.org/caf%C3%A9?q=%26"),
    ],
)
def test_canonical_url_keeps_what_names_the_page(given_url: str, expected: str) -> None:
    assert canonical_url(given_url) == expected
    assert canonical_url(expected) == expected


@pytest.mark.parametrize("bad", ["", "example.org", "ftp://example.org", "https://", "http://[::1", "http://a:99999/"])
def test_canonical_url_refuses_what_is_none(bad: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_url(bad)


def test_host_of_is_lower_case_and_has_no_port() -> None:
    assert host_of("https://WWW.Example.org:8443/a") == "www.example.org"


def test_text_fragment_encodes_what_the_syntax_takes_for_its_own() -> None:
    text = "Le vice-roi, Éric & Cie, part."
    url = text_fragment_url("https://example.org/a#old", text, 3, 23)
    assert url == "https://example.org/a#:~:text=vice%2Droi%2C%20%C3%89ric%20%26%20Cie"


def test_text_fragment_names_a_repeated_quote_by_the_word_before() -> None:
    text = "Il a dit non.\nElle a dit oui puis non."
    assert text_fragment_url("https://e.org", text, 9, 12).endswith("text=a%20dit-,non")


def test_text_fragment_names_a_long_quote_by_its_ends() -> None:
    text = " ".join(f"mot{n}" for n in range(100))
    assert text_fragment_url("https://e.org", text, 0, len(text)) == (
        "https://e.org#:~:text=mot0%20mot1%20mot2%20mot3%20mot4%20mot5,mot94%20mot95%20mot96%20mot97%20mot98%20mot99"
    )
    two_lines = "Premier alinéa\n\nsecond alinéa"
    assert text_fragment_url("https://e.org", two_lines, 0, 29).endswith(
        "text=Premier%20alin%C3%A9a,second%20alin%C3%A9a"
    )


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.data())
def test_text_fragment_terms_stand_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    fragment = text_fragment_url("https://e.org/a", text, start, end).partition("#:~:text=")[2]
    assert fragment.isascii()
    for term in fragment.split(","):
        assert "&" not in term
        words = unquote(term.removesuffix("-")).split()
        assert all(word in text for word in words)
