import logging
import re
from typing import Any

# PostgreSQL adds the offending row's values to an error on lines of their own, under these headings.
VALUE_LINES = re.compile(r"^(?:DETAIL|CONTEXT|HINT|PARAMETERS):.*$", re.MULTILINE)


class WithoutValues(logging.Formatter):
    """Leaves out of error texts the column values that PostgreSQL reports: they can be somebody's name."""

    def formatException(self, ei: Any) -> str:
        return VALUE_LINES.sub("(values left out)", super().formatException(ei))

    def formatMessage(self, record: logging.LogRecord) -> str:
        return VALUE_LINES.sub("(values left out)", super().formatMessage(record))
