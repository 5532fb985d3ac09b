from pathlib import Path

import pytest

from api.config import ConfigurationError, Settings, load_settings


def test_settings_have_defaults_and_ignore_the_rest_of_the_environment() -> None:
    assert load_settings({"PATH": "/bin", "SOURCEBOOK_EVAL_DIR": "/x"}) == Settings()


def test_settings_are_read_from_the_environment() -> None:
    settings = load_settings(
        {
            "SOURCEBOOK_DATA_DIR": "/srv/facts",
            "SOURCEBOOK_FRENCH_MODEL": "none",
            "SOURCEBOOK_MAX_BODY_BYTES": "2000000",
            "SOURCEBOOK_HTML_TIMEOUT": "2.5",
            "SOURCEBOOK_BASE_URL": "https://facts.example/",
            "SOURCEBOOK_LOG_FORMAT": "JSON",
        }
    )
    assert settings.data_dir == Path("/srv/facts")
    assert settings.french_model == "none"
    assert settings.max_body_bytes == 2_000_000
    assert settings.html_timeout == 2.5
    assert settings.base_url == "https://facts.example"
    assert settings.log_format == "json"


def test_an_empty_variable_counts_as_unset() -> None:
    assert load_settings({"SOURCEBOOK_WORKERS": ""}).workers == Settings().workers


def test_all_mistakes_are_listed_at_once_with_value_and_remedy() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"SOURCEBOOK_WORKERS": "many", "SOURCEBOOK_LOG_LEVEL": "loud", "SOURCEBOOK_THREAD": "3"})
    unknown, workers, level = caught.value.problems
    assert "did you mean SOURCEBOOK_THREADS?" in unknown
    assert workers == "SOURCEBOOK_WORKERS='many': give a whole number from 1 to 64."
    assert "debug, info" in level


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "0"),
        ("WORKERS", "٣"),
        ("THREADS", "1" * 5000),
        ("MAX_BODY_BYTES", "1e6"),
        ("SEARCH_DEADLINE", "inf"),
        ("SEARCH_DEADLINE", "nan"),
        ("DATABASE_URL", "mysql://host/name"),
        ("BASE_URL", "facts.example"),
        ("FRENCH_MODEL", "../models"),
        ("DATA_DIR", __file__),
    ],
)
def test_a_bad_value_is_refused(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"SOURCEBOOK_{name}"):
        load_settings({f"SOURCEBOOK_{name}": value})


def test_a_database_password_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"SOURCEBOOK_DATABASE_URL": "mysql://user:secret@host/name"})
    assert "secret" not in str(caught.value)
