import re
from dataclasses import fields
from pathlib import Path

import pytest

from api.config import ConfigurationError, Settings, load_settings


def test_settings_have_defaults_and_ignore_the_rest_of_the_environment() -> None:
    assert load_settings({"PATH": "/bin", "SOURCEBOOK_EVAL_DIR": "/x", "SOURCEBOOK_BENCH_CACHE": "/y"}) == Settings()


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
        ("LLM_URL", "llm.example/v1"),
        ("LLM_URL", "ftp://llm.example/v1"),
        ("LLM_URL", "https://"),
        ("LLM_URL", "https://llm.example:99999/v1"),
        ("LLM_URL", "https://llm.example/v1?model=x"),
        ("LLM_URL", "https://llm.example/v1#x"),
        ("LLM_URL", "https://user:word@llm.example/v1"),
        ("LLM_URL", "https://llm.example/v1/chat/completions"),
        ("LLM_URL", "https://llm.example/v1 /"),
        ("LLM_URL", "https://llm.example/\r\nHost: x"),
        ("LLM_MODEL", "a model"),
        ("LLM_MODEL", "x" * 101),
        ("LLM_API_KEY", "a\nb"),
        ("LLM_API_KEY", "clé"),
        ("LLM_TIMEOUT", "0"),
        ("LLM_TIMEOUT", "3600"),
    ],
)
def test_a_bad_value_is_refused(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"SOURCEBOOK_{name}"):
        load_settings({f"SOURCEBOOK_{name}": value})


def test_a_database_password_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"SOURCEBOOK_DATABASE_URL": "mysql://user:secret@host/name"})
    assert "secret" not in str(caught.value)


def test_the_language_model_is_off_unless_its_address_is_given() -> None:
    assert load_settings({"SOURCEBOOK_LLM_MODEL": "m", "SOURCEBOOK_LLM_API_KEY": "k"}).llm_url is None
    given = {"SOURCEBOOK_LLM_URL": "http://127.0.0.1:8080/v1/", "SOURCEBOOK_LLM_MODEL": "org/m-1:8b@x"}
    settings = load_settings(given)
    assert (settings.llm_url, settings.llm_model) == ("http://127.0.0.1:8080/v1", "org/m-1:8b@x")


def test_an_address_without_a_model_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="SOURCEBOOK_LLM_MODEL: name the model"):
        load_settings({"SOURCEBOOK_LLM_URL": "http://127.0.0.1:8080/v1"})


def test_a_key_is_not_shown() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"SOURCEBOOK_LLM_API_KEY": "my secret", "SOURCEBOOK_LLM_URL": "https://me:secret@host"})
    settings = load_settings({"SOURCEBOOK_LLM_API_KEY": "secret"})
    assert settings.llm_api_key == "secret"
    assert "secret" not in str(caught.value) + repr(settings)


def test_the_readme_lists_every_setting_with_its_default() -> None:
    readme = (Path(__file__).resolve().parents[3] / "README.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `SOURCEBOOK_(\w+)` \| (.*?) \|", readme, re.MULTILINE))
    assert set(rows) == {field.name.upper() for field in fields(Settings)}
    for field in fields(Settings):
        shown = rows[field.name.upper()].strip().strip("`")
        assert shown == {"None": "", "var": "./var"}.get(str(field.default), str(field.default)), field.name
