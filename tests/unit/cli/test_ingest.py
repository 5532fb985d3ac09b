import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from cli.records import Item, items_of
from tests.unit.cli.conftest import Run


def line(external_id: str, **changes: Any) -> bytes:
    record = {"external_id": external_id, "source": {"name": "La Vigie"}, "text": "Le phare est rallumé.", **changes}
    return json.dumps(record).encode()


def write(folder: Path, name: str | bytes, content: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = Path(os.fsdecode(os.path.join(os.fsencode(folder), os.fsencode(name))))  # noqa: PTH118  # bytes
    path.write_bytes(content)
    return path


def test_each_bad_item_is_refused_with_place_and_remedy_and_the_others_go_in(run: Run, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write(inbox, "crlf.ndjson", line("a") + b"\r\n\r\nnot json\r\n" + line("b", text=" \u00a0\u200b"))
    write(inbox, "latin.txt", "Le phare est éteint.".encode("latin-1"))
    write(inbox, "nul.txt", b"Le phare\0 est rallum\xc3\xa9.")
    write(inbox, "empty.txt", b"")
    write(inbox, "packed.ndjson", gzip.compress(line("c") + b"\n" + line("d")))
    write(inbox, b"\xff.txt", b"Le phare.")
    write(inbox, "good é😀.txt", b"Le phare de Br\xc3\xa9lan est rallum\xc3\xa9.")
    report = tmp_path / "report.ndjson"
    result = run("ingest", inbox, "--report", report)
    assert (result.exit_code, result.stdout) == (1, "2 created, 7 refused.\n")
    refused = [json.loads(row) for row in report.read_text("utf-8").splitlines()]
    told = {row["place"].rpartition("/")[2]: row["errors"][0]["message"] for row in refused}
    assert set(told) == {
        "crlf.ndjson:3",
        "crlf.ndjson:4",
        "latin.txt",
        "nul.txt",
        "empty.txt",
        "packed.ndjson",
        "\\xff.txt",
    }
    assert "This is no JSON" in told["crlf.ndjson:3"]
    assert "unpack it" in told["packed.ndjson"]
    assert "convert" in told["latin.txt"]
    assert "rename" in told["\\xff.txt"]
    assert run("ingest", inbox).stdout == "2 unchanged, 7 refused.\n"


@pytest.mark.parametrize("name", ["signed.ndjson", "signed.json", "signed.txt", "signed.html"])
def test_a_byte_order_mark_at_the_start_of_a_file_is_no_part_of_it(run: Run, tmp_path: Path, name: str) -> None:
    page = "<html><body><p>Le phare de Brélan a été rallumé mardi soir par les gardiens du port.</p></body></html>"
    content = {"txt": b"Le phare.", "html": page.encode()}.get(name.partition(".")[2], line("a"))
    write(tmp_path, name, b"\xef\xbb\xbf" + content)
    assert run("ingest", tmp_path / name).stdout == "1 created, 0 refused.\n"


def test_what_is_not_there_or_passed_over_is_said(run: Run, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write(inbox, "notes.docx", b"PK")
    result = run("ingest", inbox)
    assert (result.exit_code, result.stdout) == (0, "0 refused.\n")
    assert "1 files of other kinds" in result.stderr
    assert "no article in it" in result.stderr


def test_a_report_that_cannot_be_written_is_refused_before_anything_is_loaded(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "a.ndjson", line("a"))
    result = run("ingest", path, "--report", tmp_path / "nowhere" / "report.ndjson")
    assert result.exit_code == 2
    assert "report.ndjson" in result.stderr
    assert run("ingest", path).stdout == "1 created, 0 refused.\n"


def test_a_file_that_goes_away_meanwhile_is_one_refusal(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path, name, b"Le phare.")
    items = items_of(tmp_path)
    first = next(items)
    (tmp_path / "b.txt").unlink()
    rest = list(items)
    assert isinstance(first, Item)
    assert [(item.place.rpartition("/")[2], item.problem is None) for item in rest] == [
        ("b.txt", False),
        ("c.txt", True),
    ]
