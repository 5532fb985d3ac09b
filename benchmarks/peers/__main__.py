"""``make peers``: published systems and ours on the same annotated articles, scored by the same script.

    python -m benchmarks.peers [--environment build/peers] [--gender-gap-tracker DIR] [--write docs/peers.md]

Peers run in an environment of their own (``benchmarks/peers.txt``); none is a dependency of ours. The Gender Gap
Tracker is no package: DIR, or the variable GENDER_GAP_TRACKER, names a folder with its unmodified files
``quote_extractor.py``, ``utils.py`` and ``rules/quote_verb_list.txt``. Where a peer is absent its row says so.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.peers.allowances import Json, Locate, lenient_document, lenient_gold
from extraction.version import rules_version
from tests.eval import boards

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ("fr held out", "fr open", "en held out", "en open")
OURS = "Sourcebook"
_MARKS = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- end of figures -->)", re.DOTALL)


@dataclass(frozen=True)
class Peer:
    """One peer in one task: the reader that runs it, and what it offers."""

    title: str
    reader: str
    languages: tuple[str, ...] = ("fr", "en")


@dataclass(frozen=True)
class Task:
    """What is compared: rows of the score script, by name here, and the peers that do it."""

    title: str
    rows: dict[str, str]
    peers: tuple[Peer, ...]
    lenient_rows: dict[str, str] = field(default_factory=dict)


TASKS = (
    Task(
        "dates",
        {"date.span": "place", "date.value": "place and value"},
        (
            Peer("dateparser, split", "dateparser-split"),
            Peer("dateparser, ngram", "dateparser-ngram"),
            Peer("Recognizers-Text", "recognizers-dates"),
        ),
    ),
    Task(
        "quantities",
        {"quantity.span": "place", "quantity.value": "value, how exact", "quantity.value+unit+of": "and unit, of what"},
        (
            Peer("Recognizers-Text", "recognizers-numbers"),
            Peer("text2num", "text2num"),
            Peer("quantulum3", "quantulum3", ("en",)),
        ),
        {"quantity.span": "place", "quantity.value": "value", "quantity.value+unit+of": "value and unit"},
    ),
    Task(
        "quotations",
        {
            "quotation@0.3": "overlap 0.3",
            "quotation@0.8": "overlap 0.8",
            "speaker@0.3": "speaker, of those found",
            "direct quotation recall": "direct ones found",
        },
        (Peer("Gender Gap Tracker", "gender-gap-tracker", ("fr",)),),
    ),
)


@dataclass
class Run:
    """A system's documents by article; or why there are none."""

    documents: dict[str, Json] = field(default_factory=dict)
    note: str = ""
    boards: dict[tuple[str, bool], boards.Figures] = field(default_factory=dict)


def run_peer(peer: Peer, articles: Sequence[Json], python: Path, folder: Path | None) -> Run:
    """What a peer finds in the articles of its languages; its note has its versions, or why it is absent."""
    arguments = []
    if peer.reader == "gender-gap-tracker":
        if folder is None:
            return Run(note="absent: no --gender-gap-tracker DIR")
        python, arguments = Path(sys.executable), [str(folder)]
    if not python.exists():
        return Run(note=f"absent: no environment {python.parents[1].name}")
    given = [{**boards.record(a), "id": a["id"]} for a in articles if a["language"] in peer.languages]
    done = subprocess.run(
        [str(python), "-m", "benchmarks.peers.systems", peer.reader, *arguments],
        input="".join(json.dumps(article) + "\n" for article in given),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        return Run(note=f"absent: {(done.stderr.strip().splitlines() or ['no reason given'])[-1][:100]}")
    *documents, last = map(json.loads, done.stdout.splitlines())
    lost = "".join(f"; {count} {what}" for what, count in last["lost"].items())
    return Run({document["external_id"]: document for document in documents}, ", ".join(last["versions"]) + lost)


class Scorer:
    """The score script over each group of articles, plain and with allowances, with annotations made ready once."""

    def __init__(self, articles: Sequence[Json], folder: Path) -> None:
        self._articles, self._folder = articles, folder
        self._gold = {
            a["id"]: json.loads((boards.HERE / "gold" / f"{a['id']}.json").read_text("utf-8")) for a in articles
        }
        self._locate = _score_script_locate()
        for name, gold in self._gold.items():
            (folder / f"{name}.json").write_text(json.dumps(lenient_gold(gold)), "utf-8")

    def boards(self, documents: dict[str, Json]) -> Iterator[tuple[tuple[str, bool], boards.Figures]]:
        """Figures by group, and by whether allowances are made."""
        for group in GROUPS:
            articles = [a for a in self._articles if a["group"] == group and a["id"] in documents]
            if articles:
                ids = [article["id"] for article in articles]
                yield (group, False), boards.own_figures(documents, ids)
                lenient = {
                    a["id"]: lenient_document(documents[a["id"]], self._gold[a["id"]], a["text"], self._locate)
                    for a in articles
                }
                yield (group, True), boards.own_figures(lenient, ids, self._folder)


def _score_script_locate() -> Locate:
    spec = importlib.util.spec_from_file_location("score_extraction", boards.EVAL / "score_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    locate: Locate = module.locate
    return locate


def cell(figures: dict[str, float] | None) -> str:
    """A row of the score script: precision, recall and F1; or a share and of how many."""
    if figures is None:
        return "–"
    if "accuracy" in figures:
        return f"{figures['accuracy']:.3f} of {figures['of']:.0f}"
    return f"{figures['precision']:.2f} {figures['recall']:.2f} **{figures['f1']:.3f}**"


def table_rows(runs: dict[str, Run], *, lenient: bool) -> Iterator[tuple[str, ...]]:
    """The rows of the table: task, figure, system and a cell for each group; a dash where a peer is not for it."""
    for task in TASKS:
        rows = (task.lenient_rows or task.rows) if lenient else task.rows
        for row, name in rows.items():
            for title, key in ((OURS, "ours"), *((peer.title, peer.reader) for peer in task.peers)):
                run = runs[key]
                if not run.documents:
                    yield task.title, name, title, *(["absent"] * len(GROUPS))
                    continue
                yield task.title, name, title, *(cell(run.boards.get((g, lenient), {}).get(row)) for g in GROUPS)


def markdown(runs: dict[str, Run]) -> str:
    """The figures as a section of a Markdown page, with the versions that they hold for."""
    head = ("task", "figure", "system", *GROUPS)
    parts = [
        f"Measured on {datetime.datetime.now(tz=datetime.UTC).date()} with Sourcebook {rules_version()},",
        f"Python {platform.python_version()}.",
    ]
    for title, lenient in (("Plain", False), ("With allowances", True)):
        lines = [head, ("---",) * len(head), *table_rows(runs, lenient=lenient)]
        parts += [f"\n### {title}\n", *("| " + " | ".join(line) + " |" for line in lines)]
    parts += ["\n### What ran\n"]
    parts += [f"- {peer.title} ({task.title}): {runs[peer.reader].note}" for task in TASKS for peer in task.peers]
    return "\n".join(parts) + "\n"


def print_tables(console: Console, runs: dict[str, Run]) -> None:
    """The same for the eye: precision, recall and F1 in each cell."""
    for title, lenient in (("plain", False), ("with allowances (benchmarks/peers/allowances.py)", True)):
        table = Table("task", "figure", "system", *GROUPS, title=f"Precision, recall, F1: {title}")
        for row in table_rows(runs, lenient=lenient):
            table.add_row(*(part.replace("**", "") for part in row), end_section=False)
        console.print(table)
    for task in TASKS:
        for peer in task.peers:
            console.print(f"{task.title}, {peer.title}: {runs[peer.reader].note}")


def all_runs(articles: Sequence[Json], python: Path, folder: Path | None) -> dict[str, Run]:
    """Every system over the articles, one after the other, each with its figures."""
    runs = {"ours": Run(boards.extract(articles), f"Sourcebook {rules_version()}")}
    peers = [peer for task in TASKS for peer in task.peers]
    for peer in track(peers, "peers", console=Console(stderr=True)):
        runs[peer.reader] = run_peer(peer, articles, python, folder)
    with tempfile.TemporaryDirectory() as gold:
        scorer = Scorer(articles, Path(gold))
        for run in runs.values():
            run.boards = dict(scorer.boards(run.documents))
    return runs


def main() -> None:
    """Prints the tables; exit code 2 where there are no annotated articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--environment", type=Path, default=ROOT / "build" / "peers")
    parser.add_argument("--gender-gap-tracker", type=Path, default=os.environ.get("GENDER_GAP_TRACKER") or None)
    parser.add_argument("--write", type=Path, metavar="FILE", help="renew the figures in this Markdown page")
    arguments = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 180)
    if not (boards.EVAL / "score_extraction.py").is_file():
        console.print(f"No annotated articles in {boards.EVAL}; set SOURCEBOOK_EVAL_DIR to the folder that holds them.")
        raise SystemExit(2)
    folder = arguments.gender_gap_tracker.resolve() if arguments.gender_gap_tracker else None
    runs = all_runs(boards.own_articles(), arguments.environment.resolve() / "bin" / "python", folder)
    print_tables(console, runs)
    if arguments.write:
        page = arguments.write.read_text("utf-8")
        arguments.write.write_text(_MARKS.sub(lambda _: "\n" + markdown(runs) + "\n", page), "utf-8")


if __name__ == "__main__":
    main()
