"""What a process takes, by /proc: whole megabytes mean little, differences between two moments do."""

from __future__ import annotations

from pathlib import Path

_NAMES = {"Rss": "rss", "Pss": "pss", "Anonymous": "anonymous"}


def megabytes(process: int | str = "self") -> dict[str, float]:
    """``rss``; ``pss``, where a page shared by n processes counts 1/n; ``anonymous``, what no file backs.

    Mapped files are in the first two, and the kernel may take their pages back at any moment; it cannot so the third.
    """
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    found = {}
    for line in rollup.splitlines()[1:]:
        name, _, value = line.partition(":")
        if name in _NAMES:
            found[_NAMES[name]] = int(value.split()[0]) / 1024
    return found
