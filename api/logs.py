"""Logs by structlog, for people or for programs, on standard error."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.types import Processor

from api.config import Settings


def configure_logs(settings: Settings) -> None:
    """Set up the logs of this process. ``log_format`` is "console" or "json"."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.format_exc_info] if settings.log_format == "json" else []),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
