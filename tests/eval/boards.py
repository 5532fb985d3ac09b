"""``make eval``: how good the extraction is, group by group of annotated articles, beside the floors that it must hold.

    python -m tests.eval.boards [--json FILE] [--write docs/extraction.md]

The groups: five articles of others, open while rules are written; our own articles, French and English, one half open
and one half held out (``held_out.txt``); and the expressions of two peers' test suites. The score scripts belong to the
annotated articles of others; both are looked for in the folder that SOURCEBOOK_EVAL_DIR names. Floors are in
``floors.json``; a build that falls below one fails, and they are only ever raised.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from extraction.version import rules_version
from tests.eval.documents import renew, table

HERE = Path(__file__).resolve().parent
EVAL = Path(os.environ.get("SOURCEBOOK_EVAL_DIR", HERE.parents[2] / "shared")).resolve() / "eval"
SOURCEBOOK = Path(sys.executable).with_name("sourcebook")
# Rows of the board, each with the one figure that counts.
ROWS = {
    "quantity.span": "f1",
    "quantity.value": "f1",
    "quantity.value+unit+of": "f1",
    "quantity.attribution": "accuracy",
    "date.span": "f1",
    "date.value": "f1",
    "quotation@0.3": "f1",
    "quotation@0.8": "f1",
    "speaker@0.3": "accuracy",
    "direct quotation recall": "accuracy",
    "event recall": "accuracy",
    "event subject": "accuracy",
    "event object": "accuracy",
    "event polarity": "accuracy",
    "event modality": "accuracy",
    "boilerplate chars removed": "accuracy",
    "body chars kept": "accuracy",
    "spans exact": "accuracy",
    "passages tile the text": "accuracy",
}
Board = dict[str, float]
Figures = dict[str, dict[str, float]]
Json = dict[str, Any]


def own_articles() -> list[Json]:
    """Our annotated articles, in order, each with its ``text`` and its ``group``."""
    held_out = set((HERE / "held_out.txt").read_text("utf-8").split())
    articles = [json.loads(line) for line in (HERE / "articles.jsonl").read_text("utf-8").splitlines()]
    for article in articles:
        article["text"] = (HERE / str(article["file"])).read_text("utf-8")
        article["group"] = f"{article['language']} {'held out' if article['id'] in held_out else 'open'}"
    return articles


def record(article: Json) -> Json:
    """An article as the record that ``sourcebook extract -`` reads."""
    return {
        "external_id": article["id"],
        "text": article["text"],
        "title": article["title"],
        "language": article["language"],
        "published_at": article["published_at"],
        "source": {"name": article["outlet"] or article["id"]},
    }


def extract(articles: Iterable[Json]) -> dict[str, Json]:
    """The extraction documents of annotated articles, by id, from one run of the command."""
    records = "".join(json.dumps(record(article)) + "\n" for article in articles)
    lines = _run([str(SOURCEBOOK), "extract", "-"], records).splitlines()
    documents = [json.loads(line) for line in lines]
    return {document["external_id"]: document for document in documents}


def seed_board() -> Board:
    """Figures of the annotated articles of others."""
    return _picked(_figures([str(SOURCEBOOK), "extract", "-"]))


def own_boards() -> dict[str, Board]:
    """Figures of our own articles, by group."""
    articles = own_articles()
    documents = extract(articles)
    boards = {}
    for group in sorted({article["group"] for article in articles}):
        ids = [article["id"] for article in articles if article["group"] == group]
        boards[group] = _picked(own_figures(documents, ids))
    return boards


def own_figures(documents: Mapping[str, Json], ids: list[str], gold: Path = HERE / "gold") -> Figures:
    """Every figure of the score script for documents of some of our articles, whoever made them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "documents.ndjson"
        file.write_text("".join(json.dumps(documents[i]) + "\n" for i in ids), "utf-8")
        ours = ["--gold", str(gold), "--articles", str(HERE / "articles.jsonl")]
        return _figures(["cat", str(file)], *ours, "--only", ",".join(ids))


def peer_board() -> Board:
    """Share of the peers' expressions that are read right: in all, and for each language and suite."""
    script = EVAL / "peer" / "score_expressions.py"
    board = json.loads(_run([sys.executable, str(script), "--json", "--extract", f"{SOURCEBOOK} extract -"]))
    return {name.removeprefix("= "): round(row["pass"], 4) for name, row in board.items() if "= " in name}


def floors() -> dict[str, Board]:
    """The floors by group, and by row within one."""
    loaded: dict[str, Board] = json.loads((HERE / "floors.json").read_text("utf-8"))
    return loaded


def all_boards() -> dict[str, Board]:
    """Every group's figures."""
    return {"seeds": seed_board(), **own_boards(), "peers": peer_board()}


def _figures(command: list[str], *options: str) -> Figures:
    script = [sys.executable, str(EVAL / "score_extraction.py"), "--json", "--extract", shlex.join(command), *options]
    figures: Figures = json.loads(_run(script))
    return figures


def _picked(figures: Figures) -> Board:
    return {row: figures[row][figure] for row, figure in ROWS.items() if row in figures}


def _run(command: list[str], given: str = "") -> str:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SOURCEBOOK_") or name == "SOURCEBOOK_EVAL_DIR"
    }
    run = subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=600,
        check=False,
    )
    if run.returncode != 0:
        raise RuntimeError(f"{shlex.join(command)} ended with {run.returncode}: {run.stderr.strip()[-2000:]}")
    return run.stdout


def _cell(figure: float | None, floor: float | None) -> str:
    if figure is None:
        return ""
    if floor is None:
        return f"{figure:.3f}"
    return f"{figure:.3f} [{'green' if figure >= floor else 'bold red'}]({floor:.3f})[/]"


def _table(title: str, boards: Mapping[str, Board], rows: Iterable[str]) -> Table:
    table = Table("", *boards, title=title, caption="in brackets: the floor, which fails the build")
    held = floors()
    for row in rows:
        cells = (_cell(board.get(row), held.get(group, {}).get(row)) for group, board in boards.items())
        table.add_row(row, *cells)
    return table


def _lines(boards: Mapping[str, Board]) -> list[str]:
    first: dict[str, Board] = json.loads((HERE / "first.json").read_text("utf-8"))
    columns = {
        "French held out": boards["fr held out"],
        "first": first["fr held out"],
        "English held out": boards["en held out"],
        "first ": first["en held out"],
        "French open": boards["fr open"],
        "English open": boards["en open"],
        "five of others": boards["seeds"],
    }
    rows = [[row, *(f"{board[row]:.3f}" for board in columns.values())] for row in ROWS]
    peers = [[suite, f"{share:.3f}"] for suite, share in sorted(boards["peers"].items())]
    return [
        f"Measured by `make eval` with version `{rules_version()}` of the rules.",
        "",
        *table(["", *columns], rows),
        "",
        *table(["cases of peers' suites (open half)", "read right"], peers),
    ]


def main() -> None:
    """Prints the boards; exit code 1 where a figure is below its floor, 2 where there is nothing to measure with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE as well")
    parser.add_argument("--write", type=Path, metavar="FILE", help="renew the board in this Markdown page")
    arguments = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 160)
    if not (EVAL / "score_extraction.py").is_file():
        console.print(f"No annotated articles in {EVAL}; set SOURCEBOOK_EVAL_DIR to the folder that holds them.")
        raise SystemExit(2)
    boards = all_boards()
    peers = {"peers": boards["peers"]}
    console.print(_table("Annotated articles", {g: b for g, b in boards.items() if g != "peers"}, ROWS))
    console.print(_table("Expressions of peers' test suites: share read right", peers, boards["peers"]))
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps(boards, indent=1, ensure_ascii=False) + "\n", "utf-8")
    if arguments.write:
        renew(arguments.write, "board", _lines(boards))
    below = below_floor(boards)
    if below:
        console.print("Below the floor: " + "; ".join(below))
    raise SystemExit(1 if below else 0)


def below_floor(boards: Mapping[str, Board]) -> list[str]:
    """What fell below its floor, a line each; a row that is not measured any more counts as fallen."""
    return [
        f"{group}: {row} {boards.get(group, {}).get(row)} < {floor}"
        for group, rows in floors().items()
        for row, floor in rows.items()
        if boards.get(group, {}).get(row, -1.0) < floor
    ]


if __name__ == "__main__":
    main()
