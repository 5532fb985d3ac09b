"""How well search answers questions, beside SQLite FTS5 over the same passages and beside the floors that it must hold.

    python -m tests.eval.retrieval_board [--set news|piaf] [--json FILE] [--write FILE] [--errors [PLACES]]

A hit is right when it overlaps a span that answers. Both sets of questions (``tests/eval/questions.py``) are divided:
of the held-out half only totals are shown; ``--errors`` lists questions of the development half whose answer does not
stand in the first places (5 unless given), with what stands there instead.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from api.config import Settings
from api.logs import configure_logs
from tests.eval.documents import renew, table
from tests.eval.fts5 import Fts5
from tests.eval.questions import (
    HALVES,
    HERE,
    PIAF_ARTICLES,
    Json,
    Question,
    has_piaf,
    held_out,
    news_questions,
    news_records,
    piaf_questions,
    piaf_records,
    texts,
)
from tests.eval.ranks import Figures, Ranks, figures, gain
from tests.eval.searched import Collection, SearchedPassage, open_collection

FLOORS = HERE / "retrieval_floors.json"
OURS, PLAIN, STEMMED, WHOLE = "search", "FTS5", "FTS5 with stems", "FTS5 of whole articles"
NAMES = {"fr": "French", "en": "English", "development": "development", "held_out": "held out"}
Board = dict[str, dict[str, Figures]]
"""By group of questions and system; ours also has ``gain``, ``gain low``, ``gain high``: MRR over FTS5 with stems."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions and what they are asked of; ``articles`` are short enough to be ranked whole as well."""

    name: str
    questions: Callable[[], Sequence[Question]]
    records: Callable[[], list[Json]]
    articles: bool = False


SETS = {
    "news": QuestionSet("news", news_questions, news_records),
    "piaf": QuestionSet("piaf", piaf_questions, piaf_records, articles=True),
}


def available() -> list[str]:
    """The sets that can be asked here."""
    return [name for name in SETS if name != "piaf" or has_piaf()]


def ranks_of(asked: QuestionSet, collection: Collection) -> dict[str, Ranks]:
    """Where each system has its first right hit, by system and question."""
    passages = collection.passages
    systems: dict[str, Callable[[Question], int]] = {
        OURS: collection.rank,
        STEMMED: Fts5.of(passages, stemmed=True).rank,
        PLAIN: Fts5.of(passages, stemmed=False).rank,
    }
    if asked.articles:
        systems[WHOLE] = Fts5.of(_whole(asked.records()), stemmed=False).rank
    questions = asked.questions()
    return {name: {question.id: rank(question) for question in questions} for name, rank in systems.items()}


def board_of(asked: QuestionSet, ranks: Mapping[str, Ranks]) -> Board:
    """The figures of each group of questions."""
    return {group: _figures(ids, ranks) for group, ids in _groups(asked)}


def all_boards() -> Board:
    """The figures of all sets that are at hand."""
    boards: Board = {}
    for asked in (SETS[name] for name in available()):
        with open_collection(asked.name, asked.records()) as collection:
            boards |= board_of(asked, ranks_of(asked, collection))
    return boards


def floors() -> dict[str, Figures]:
    """The floors of our search, by group and figure."""
    loaded: dict[str, Figures] = json.loads(FLOORS.read_text("utf-8"))
    return loaded


def below_floor(board: Board) -> list[str]:
    """What fell below its floor, a line each, in the sets that the board has."""
    sets = {group.split()[0] for group in board}
    return [
        f"{group}: {figure} {board.get(group, {}).get(OURS, {}).get(figure)} < {floor}"
        for group, held in floors().items()
        if group.split()[0] in sets
        for figure, floor in held.items()
        if board.get(group, {}).get(OURS, {}).get(figure, -1.0) < floor
    ]


def _groups(asked: QuestionSet) -> Iterator[tuple[str, list[str]]]:
    """Totals of both halves by language, then what only the development half tells: each kind of question."""
    questions = asked.questions()
    for half in HALVES:
        of_half = [question for question in questions if question.half == half]
        languages = dict.fromkeys(question.language for question in of_half)
        for language in languages if len(languages) > 1 else ():
            ids = [question.id for question in of_half if question.language == language]
            yield f"{asked.name} {NAMES[language]} {NAMES[half]}", ids
        yield f"{asked.name} {NAMES[half]}", [question.id for question in of_half]
    development = [question for question in questions if question.half == "development"]
    for kind in dict.fromkeys(question.kind for question in development):
        if kind != asked.name:
            yield f"{asked.name} development: {kind}", [found.id for found in development if found.kind == kind]


def _figures(ids: Sequence[str], ranks: Mapping[str, Ranks]) -> dict[str, Figures]:
    placed = {system: [found[one] for one in ids] for system, found in ranks.items()}
    told = {system: figures(places) for system, places in placed.items()}
    for name, value in zip(("gain", "gain low", "gain high"), gain(placed[OURS], placed[STEMMED]), strict=True):
        told[OURS][name] = value
    return {system: {name: round(value, 4) for name, value in row.items()} for system, row in told.items()}


def _whole(records: Iterable[Json]) -> list[SearchedPassage]:
    languages = {given["external_id"]: given["language"] for given in records}
    read = texts(records)
    return [SearchedPassage(name, name, 0, len(text), languages[name], text) for name, text in read.items()]


def _errors(asked: QuestionSet, collection: Collection, ranks: Ranks, places: int) -> Iterator[str]:
    hidden = held_out()
    for question in asked.questions():
        rank = ranks[question.id]
        if question.half != "development" or 0 < rank <= places:
            continue
        yield f"{question.id} {question.kind} {question.language} rank {rank or 'none'}: {question.query}"
        for answer in question.answers:
            yield f"      wanted {answer.article} [{answer.start}:{answer.end}] {answer.text or ''}"
        for hit in collection.hits(question.query)[: max(places, 3)]:
            right = "right" if collection.answers(question, hit) else "     "
            article = collection.external_ids[hit.passage.article_id]
            # Nobody looks at the held-out articles while working on the extraction; here they are only in the way.
            text = "(held out)" if article in hidden else " ".join(hit.passage.text.split())[:110]
            yield f"      {right} {hit.score:7.3f} {article} {hit.passage.kind}: {text}"


_COLUMNS = ("R@1", "R@5", "R@10", "MRR@10")


def _rows(board: Board) -> Iterator[list[str]]:
    for group, systems in board.items():
        ours = systems[OURS]
        cells = [f"{ours[figure]:.3f}" for figure in _COLUMNS]
        beside = [f"{systems[name]['R@5']:.3f} / {systems[name]['MRR@10']:.3f}" for name in (STEMMED, PLAIN)]
        whole = systems.get(WHOLE)
        beside.append(f"{whole['R@5']:.3f} / {whole['MRR@10']:.3f}" if whole else "")
        sure = f"{ours['gain']:+.3f} ({ours['gain low']:+.3f} to {ours['gain high']:+.3f})"
        yield [group, f"{ours['questions']:.0f}", *cells, *beside, sure]


_HEAD = ("R@5 / MRR of others", "", *_COLUMNS, STEMMED, PLAIN, WHOLE, "MRR over stems (95 %)")


def _table(board: Board) -> Table:
    shown = Table(*_HEAD, title="Answers found by search")
    for row in _rows(board):
        shown.add_row(*row, end_section=row[0] in {f"{name} {NAMES[half]}" for name in SETS for half in HALVES})
    return shown


def main() -> None:
    """Prints the board; exit code 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, action="append", help="ask this set only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE as well")
    parser.add_argument("--write", type=Path, metavar="FILE", help="renew the board in this Markdown page")
    parser.add_argument("--errors", type=int, nargs="?", const=5, metavar="PLACES", help="list development misses")
    arguments = parser.parse_args()
    configure_logs(replace(Settings(), log_level="warning"))
    console = Console(width=None if sys.stdout.isatty() else 180, highlight=False)
    board: Board = {}
    for name in arguments.set or SETS:
        if name not in available():
            console.print(f"No public questions in {PIAF_ARTICLES.parent}; SOURCEBOOK_EVAL_DIR names their folder.")
            continue
        asked = SETS[name]
        with open_collection(name, asked.records()) as collection:
            ranks = ranks_of(asked, collection)
            board |= board_of(asked, ranks)
            if arguments.errors is not None:
                for line in _errors(asked, collection, ranks[OURS], arguments.errors):
                    console.print(line, markup=False, soft_wrap=True)
    console.print(_table(board))
    _write(board, arguments.json, arguments.write)
    below = below_floor(board)
    if below:
        console.print("Below the floor: " + "; ".join(below))
    raise SystemExit(1 if below else 0)


def _write(board: Board, as_json: Path | None, page: Path | None) -> None:
    if as_json:
        as_json.parent.mkdir(parents=True, exist_ok=True)
        as_json.write_text(json.dumps(board, indent=1, ensure_ascii=False) + "\n", "utf-8")
    if page:
        renew(page, "retrieval", table(_HEAD, _rows(board)))


if __name__ == "__main__":
    main()
