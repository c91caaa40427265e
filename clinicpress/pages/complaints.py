"""What the layout engine complains of: it logs a fault, and goes on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

LOGGER = logging.getLogger("weasyprint")


class Complaints(logging.Handler):
    """Collects the lines that the engine logs while it works."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note what ``record`` says."""
        self.lines.append(record.getMessage())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hear what is logged, and let nobody else hear it."""
        kept, propagate = list(LOGGER.handlers), LOGGER.propagate
        LOGGER.handlers, LOGGER.propagate = [self], False
        try:
            yield
        finally:
            LOGGER.handlers, LOGGER.propagate = kept, propagate

    @contextmanager
    def too(self) -> Iterator[None]:
        """Hear what is logged, beside whoever hears it already."""
        LOGGER.addHandler(self)
        try:
            yield
        finally:
            LOGGER.removeHandler(self)
