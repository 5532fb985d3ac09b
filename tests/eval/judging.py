"""What a reader has to judge: events of the held-out half that have no verdict yet, a line each.

    python -m tests.eval.judging --sample 10 > events.jsonl    # fill in "right": true or false, then
    python -m tests.eval.judging --take events.jsonl           # adds key and verdict to judged_events.jsonl

Whoever judges does not work on the rules. An event is right when the text says it: predicate, subject and object (with
all of their words that matter, and none that are another's), polarity, modality; null where the text names nobody.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.eval.boards import HERE, Json, extract, own_articles
from tests.eval.verdicts import event_key, judged_events

_CONTEXT = 200
_JUDGED = HERE / "judged_events.jsonl"


def unjudged(sample: int) -> Iterator[Json]:
    """Up to ``sample`` events of each held-out article, chosen by chance but always the same ones."""
    articles = [article for article in own_articles() if article["group"].endswith("held out")]
    documents = extract(articles)
    for article in articles:
        events = [fact for fact in documents[article["id"]]["facts"] if fact["kind"] == "event"]
        random.Random(article["id"]).shuffle(events)
        for fact in events[:sample]:
            key = event_key(article["id"], fact)
            if key not in judged_events():
                yield _line(article, fact, key)


def _line(article: Json, fact: Json, key: str) -> Json:
    event, evidence = fact["event"], fact["evidence"]
    start, end = max(0, evidence["start"] - _CONTEXT), evidence["end"] + _CONTEXT
    return {
        "right": None,
        "predicate": f"{event['predicate']['lemma']} ({event['predicate']['exact']})",
        "subject": _words(event["subject"]),
        "object": _words(event["object"]),
        "polarity": fact["polarity"],
        "modality": fact["modality"],
        "evidence": evidence["exact"],
        "context": article["text"][start:end],
        "key": json.loads(key),
    }


def _words(role: Json | None) -> str | None:
    return None if role is None else role["exact"]


def take(file: Path) -> int:
    """Add the verdicts of a file to the judged events; how many. Raises ValueError for a line without one."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    for number, row in enumerate(rows, 1):
        if not isinstance(row["right"], bool):
            raise ValueError(f"{file}:{number}: no verdict")
    known = {**judged_events(), **{json.dumps(row["key"]): row["right"] for row in rows}}
    lines = (json.dumps({"key": json.loads(key), "right": right}) + "\n" for key, right in sorted(known.items()))
    _JUDGED.write_text("".join(lines), "utf-8")
    return len(rows)


def main() -> None:
    """Prints what is to be judged, or takes what was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=10, help="events of an article")
    parser.add_argument("--take", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    if arguments.take:
        sys.stderr.write(f"{take(arguments.take)} verdicts taken\n")
        return
    for row in unjudged(arguments.sample):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
