"""A real server for a test: its own process group, folder and port, ended by its own process id."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

# The light pack has no model to load, so that a server answers at once.
LIGHT = {"SOURCEBOOK_FRENCH_MODEL": "none"}
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_START_SECONDS = 60.0


def command(*arguments: str) -> list[str]:
    """The ``sourcebook`` command of the environment that runs the tests."""
    return [str(Path(sys.executable).with_name("sourcebook")), *arguments]


def environment(data_dir: Path, extra: Mapping[str, str] = LIGHT) -> dict[str, str]:
    """This process's environment without its own settings, with the test's."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SOURCEBOOK_")}
    return {**inherited, "SOURCEBOOK_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1", **extra}


def run(
    data_dir: Path, *arguments: str, stdin: str | None = None, extra: Mapping[str, str] = LIGHT
) -> subprocess.CompletedProcess[str]:
    """Runs one command to its end (two minutes at most) and keeps what it printed."""
    return subprocess.run(
        command(*arguments),
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(data_dir, extra),
        timeout=120,
        check=False,
    )


class Server:
    """``sourcebook serve`` on a free port of the loopback address."""

    def __init__(
        self,
        data_dir: Path,
        *,
        extra: Mapping[str, str] = LIGHT,
        arguments: Sequence[str] = (),
        wrapper: Sequence[str] = (),
    ) -> None:
        self.data_dir = data_dir
        self.extra = extra
        self.arguments = arguments
        self.wrapper = wrapper
        self.lines: list[str] = []
        self._queue: queue.Queue[str | None] = queue.Queue()

    def start(self) -> Self:
        """Returns once the server has printed its address. Raises AssertionError with its output if it ends first."""
        self.process = subprocess.Popen(
            [*self.wrapper, *command("serve", "--port", "0", *self.arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=environment(self.data_dir, self.extra),
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            try:
                line = self._queue.get(timeout=1)
            except queue.Empty:
                continue
            if line is None:
                break
            address = _ADDRESS.search(line)
            if address:
                self.url = address[0]
                self.client = httpx.Client(base_url=self.url, timeout=30)
                return self
        self.stop()
        raise AssertionError("the server did not start:\n" + "".join(self.lines))

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout:
            for line in self.process.stdout:
                self.lines.append(line)
                self._queue.put(line)
        self._queue.put(None)

    def kill(self) -> None:
        """Ends the whole process group at once, as a power switch would."""
        self.client.close()
        os.killpg(self.process.pid, signal.SIGKILL)
        self._ended()

    def _ended(self) -> None:
        self.process.wait(timeout=30)
        self._reader.join(timeout=30)

    def stop(self) -> None:
        """Asks the server to end, and ends it if it does not."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
        self._ended()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self.stop()
