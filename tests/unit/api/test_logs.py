import json
from collections.abc import Iterator

import pytest
import structlog

from api.config import Settings
from api.logs import configure_logs


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_logs_are_lines_of_json_on_standard_error_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(Settings(log_format="json"))
    try:
        raise KeyError("été")
    except KeyError as error:
        structlog.get_logger("x").error("broken", exc_info=error)
    written = capsys.readouterr()
    assert written.out == ""
    line = json.loads(written.err)
    assert line["event"] == "broken"
    assert "été" in line["exception"]


def test_what_is_below_the_level_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(Settings(log_level="warning"))
    structlog.get_logger("x").info("quiet")
    structlog.get_logger("x").warning("loud")
    written = capsys.readouterr().err
    assert "quiet" not in written
    assert "loud" in written
