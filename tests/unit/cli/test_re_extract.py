from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.conftest import Run


def test_re_extract_sums_up_and_has_nothing_to_do_twice(run: Run, tmp_path: Path) -> None:
    (tmp_path / "harbour.txt").write_text("Le port a accueilli 12 navires et 30 marins, mardi.", "utf-8")
    assert run("ingest", tmp_path / "harbour.txt").exit_code == 0
    assert run("re-extract").stdout.startswith("0 articles read by ")
    compared = run("re-extract", "--all", "--dry-run")
    assert "1 articles read" in compared.stdout
    assert "nothing was stored" in compared.stdout
    result = json.loads(run("re-extract", "--all", "--json").stdout)
    assert (result["articles"], result["altered"], result["gone"], result["new"]) == (1, 0, 0, 0)
    assert result["kept"] > 0
    assert "fr=none" in result["version"]
