"""Commands and server with a language model behind them: a real HTTP server that answers well, or as it likes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.chat import ChatModel
from services.llm_extraction import LlmExtractor
from services.newsroom import open_newsroom
from services.records import ArticleRecord, SourceRecord
from tests.fakes.chat_server import (
    ChatServer,
    Exchange,
    Reply,
    babbles,
    breaks_off,
    drips,
    finds,
    floods,
    hangs_up,
    keeps_silent,
    responds,
    writes,
)
from tests.fakes.rules import BlindRules
from tests.functional.server import LIGHT, Server, environment, run

ROOT = Path(__file__).resolve().parents[2]
RAID = "Police arrested 40 protesters in Leeds on Monday, the ministry said."
ARREST = {
    "kind": "event",
    "evidence": "Police arrested 40 protesters",
    "predicate": "arrested",
    "subject": "Police",
    "object": "40 protesters",
}
LIES = (
    {**ARREST, "subject": "Anne Lowell"},
    {**ARREST, "evidence": "Police killed 40 protesters", "predicate": "killed"},
    {**ARREST, "subject": "40 protesters", "object": "Police"},
    {**ARREST, "polarity": "negated"},
    {"kind": "quotation", "evidence": RAID, "style": "indirect", "content": "Leeds on Monday", "speaker": "Police"},
    {"kind": "quantity", "evidence": RAID, "anchor": "400", "value": 400},
    "nonsense",
)
SECONDS = 0.4
BAD: dict[str, Reply] = {
    "liar": finds(*LIES),
    "silent": keeps_silent,
    "dripping": drips,
    "endless": floods,
    "gone": hangs_up,
    "broken": breaks_off,
    "babbling": babbles,
    "failing": responds(b"no", 500),
    "moved": responds(b"", 307, Location="http://127.0.0.1:1/v1/chat/completions"),
    "chatty": writes("I am afraid I cannot."),
    "deep": writes('{"facts": ' + "[" * 50_000 + "]" * 50_000 + "}"),
}


def as_told_by_the_article(exchange: Exchange) -> None:
    """Behaves as the article's last word says; well where it says nothing."""
    text = exchange.passages()[-1]["text"]
    word = re.search(r"The model is (\w+)", text)
    (BAD[word[1]] if word else finds(ARREST))(exchange)


@pytest.fixture
def chat() -> Iterator[ChatServer]:
    with ChatServer(as_told_by_the_article) as server:
        yield server


def settings(chat: ChatServer, **more: str) -> dict[str, str]:
    chosen = {"SOURCEBOOK_LLM_URL": chat.url, "SOURCEBOOK_LLM_MODEL": "m1", "SOURCEBOOK_LLM_TIMEOUT": str(SECONDS)}
    return {**LIGHT, **chosen, "SOURCEBOOK_LLM_API_KEY": "SECRET-KEY", **more}


def line(name: str, text: str) -> str:
    record = {"external_id": name, "source": {"name": "The Calder Post"}, "language": "en", "text": text}
    return json.dumps({**record, "published_at": "2026-06-03"})


def facts(output: str) -> dict[str, list[dict[str, Any]]]:
    return {row["external_id"]: row["facts"] for row in map(json.loads, output.splitlines())}


def test_whatever_the_model_does_an_article_has_the_facts_of_the_rules(chat: ChatServer, tmp_path: Path) -> None:
    lines = []
    for name in BAD:
        # A good answer between two bad ones, so that the model is not left alone.
        lines += [line(f"good-{name}", RAID), line(name, f"{RAID}\n\nThe model is {name}.")]
    stdin = "\n".join(lines)
    alone = run(tmp_path, "extract", "-", stdin=stdin)
    started = time.monotonic()
    together = run(tmp_path, "extract", "-", stdin=stdin, extra=settings(chat, SOURCEBOOK_LOG_LEVEL="debug"))
    assert time.monotonic() - started < 30
    assert (alone.returncode, together.returncode) == (0, 0)
    assert facts(together.stdout) == facts(alone.stdout)
    assert len(chat.seen) == len(lines)
    assert {seen.headers["Authorization"] for seen in chat.seen} == {"Bearer SECRET-KEY"}
    assert together.stderr.count("llm_failed") == len(BAD) - 1  # a liar answers
    assert together.stderr.count("llm_facts") == len(BAD) + 1
    assert "llm_paused" not in together.stderr
    assert "SECRET" not in together.stderr
    assert "Leeds" not in together.stderr


def test_a_good_answer_over_the_wire_is_stored_labelled_and_citable(chat: ChatServer, tmp_path: Path) -> None:
    chat.answer_with(finds(*LIES, ARREST))
    extractor = LlmExtractor(BlindRules(), ChatModel(chat.url, "m1"), name="m1", seconds=5)
    with open_newsroom(data_dir=tmp_path, extractor=extractor) as newsroom:
        source = SourceRecord(name="The Calder Post")
        newsroom.articles.submit(ArticleRecord(source=source, text=RAID, language="en"))
        assert newsroom.verification.verify().failures == ()
        (fact,) = [fact for fact in newsroom.export.facts() if fact["extractor"]["name"] == "llm:m1"]
    assert fact["event"]["subject"]["exact"] == "Police"
    assert fact["citation"]["selector"]["exact"] == fact["evidence"]["exact"]


def test_a_model_that_is_down_costs_a_bounded_time_and_is_made_up_for_later(chat: ChatServer, tmp_path: Path) -> None:
    chat.answer_with(keeps_silent)
    inbox = tmp_path / "inbox.ndjson"
    inbox.write_text("\n".join(line(f"a{n}", f"{RAID} Case {n}.") for n in range(12)), "utf-8")
    data = tmp_path / "data"
    ingested = run(data, "ingest", str(inbox), extra=settings(chat))
    assert (ingested.returncode, ingested.stdout) == (0, "12 created, 0 refused.\n")
    assert len(chat.seen) == 3
    assert ingested.stderr.count("llm_failed") == 3
    assert ingested.stderr.count("llm_paused") == 1
    chat.answer_with(finds(ARREST))
    again = json.loads(run(data, "re-extract", "--json", extra=settings(chat)).stdout)
    assert (again["articles"], again["incomplete"], again["gone"]) == (12, 0, 0)
    assert again["version"].endswith(" llm=m1")
    assert json.loads(run(data, "re-extract", "--json", extra=settings(chat)).stdout)["articles"] == 0
    told = run(data, "re-extract", "--all", extra=settings(chat, SOURCEBOOK_LLM_URL="http://127.0.0.1:1/v1"))
    assert "12 of them lack" in told.stderr


def test_a_server_takes_articles_while_the_model_is_down(tmp_path: Path) -> None:
    with ChatServer(keeps_silent) as chat, Server(tmp_path, extra=settings(chat)) as server:
        started = time.monotonic()
        answer = server.client.post("/v1/articles", json=json.loads(line("a", RAID)))
        assert (answer.status_code, answer.json()["facts"] > 0) == (201, True)
        assert time.monotonic() - started < SECONDS + 5


def test_a_setting_that_cannot_be_is_refused_at_start(tmp_path: Path) -> None:
    refused = run(tmp_path, "extract", "-", stdin="", extra={**LIGHT, "SOURCEBOOK_LLM_URL": "http://127.0.0.1:1/v1"})
    assert refused.returncode == 2
    assert "SOURCEBOOK_LLM_MODEL: name the model" in refused.stderr


def test_the_commands_of_the_guide_work(chat: ChatServer, tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "llm.md").read_text("utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    commands = [row.removeprefix("$ ") for block in blocks for row in block.splitlines() if row.startswith("$ ")]
    assert commands
    (tmp_path / "inbox.ndjson").write_text(line("a", RAID), "utf-8")
    assert run(tmp_path / "data", "ingest", str(tmp_path / "inbox.ndjson")).returncode == 0
    script = "\n".join(commands).replace("http://127.0.0.1:8080/v1", chat.url)
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=tmp_path,
        env={**environment(tmp_path / "data"), "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert "1 articles read by " in ended.stdout
    assert " llm=mistral-small:" in ended.stdout
    assert [seen.question()["model"] for seen in chat.seen] == ["mistral-small"]
