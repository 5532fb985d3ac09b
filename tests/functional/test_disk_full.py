"""The disk fills up while articles come in, and is freed again: one clear error, reads go on, no restart needed."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.functional.server import Server

# A small file system of the test's own, in a mount namespace that ends with the server.
_SIZE = "24m"


def _wrapper(mount: Path) -> list[str]:
    script = f'mount -t tmpfs -o size={_SIZE} tmpfs "{mount}" && exec "$@"'
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh"]


def _record(number: int, size: int = 0) -> dict[str, object]:
    padding = "".join(f"\n\nParagraphe {n} du dossier {number}." for n in range(size))
    return {
        "external_id": f"d{number}",
        "source": {"name": "La Vigie"},
        "language": "fr",
        "text": f"Le dossier {number} est arrivé.{padding}",
    }


def test_full_disk_is_a_clear_error_and_passes_without_restart(tmp_path: Path) -> None:
    mount = tmp_path / "disk"
    mount.mkdir()
    with Server(mount / "data", wrapper=_wrapper(mount)) as server:
        disk = Path(f"/proc/{server.process.pid}/root{mount}")
        stored = [server.client.post("/v1/articles", json=_record(n)).json()["id"] for n in range(3)]
        filler = disk / "filler"
        with filler.open("wb") as file:
            try:
                while True:
                    os.write(file.fileno(), b"\0" * 4096)
            except OSError:
                pass
        statuses = []
        for number in range(100, 140):
            answer = server.client.post("/v1/articles", json=_record(number, 200))
            statuses.append(answer.status_code)
            if answer.status_code == 201:
                stored.append(answer.json()["id"])
            else:
                assert answer.headers["Content-Type"].startswith("application/problem+json")
                assert answer.status_code == 507, answer.text
        assert 507 in statuses
        for identifier in stored:
            assert server.client.get(f"/v1/articles/{identifier}").status_code == 200
        assert server.client.get("/v1/articles").json()["total"] == len(stored)
        assert server.client.get("/v1/search", params={"q": "dossier"}).status_code == 200

        filler.unlink()
        answer = server.client.post("/v1/articles", json=_record(500))
        assert answer.status_code == 201, answer.text
        stored.append(answer.json()["id"])
        _wait_until_ready(server)
        found = server.client.get("/v1/search", params={"q": '"est arrivé"', "limit": 1}).json()
        assert found["total"] == len(stored)


def _wait_until_ready(server: Server, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.client.get("/readyz").status_code == 200:
            return
        time.sleep(0.2)
    raise AssertionError(server.client.get("/readyz").text)
