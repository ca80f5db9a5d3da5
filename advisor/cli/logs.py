"""Log lines without personal numbers: what a vendor's error repeats is masked too."""

import logging

from advisor.intake.personal import mask

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class MaskingFormatter(logging.Formatter):
    """Masks the whole line with its traceback, whoever wrote it."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))[0]


def set_up_logging(level: int) -> None:
    """Log to stderr from `level` up, masked."""
    handler = logging.StreamHandler()
    handler.setFormatter(MaskingFormatter(_FORMAT))
    logging.basicConfig(level=level, handlers=[handler])
