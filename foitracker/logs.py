import logging
import re
from typing import Any

# PostgreSQL adds the offending row's values to an error on lines of their own, under these headings.
VALUE_LINES = re.compile(r"^(?:DETAIL|CONTEXT|HINT|PARAMETERS):.*$", re.MULTILINE)
# What opens something by itself: the address of a calendar feed, and a link to choose a password.
TOKENS = re.compile(r"(?<!/account)(?<!/settings)/calendar/[^\s\"']+|/password/[^\s\"']+")


def without_tokens(text: str) -> str:
    """Return the text with the tokens in its addresses left out."""
    return TOKENS.sub(lambda found: f"/{found[0].split('/')[1]}/(token left out)", text)


class WithoutTokens(logging.Filter):
    """Leaves tokens out of what a web server logs, whatever its format."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_tokens(record.getMessage()), ()
        return True


class WithoutValues(logging.Formatter):
    """Leaves out of error texts the column values that PostgreSQL reports, which can be someone's name; and tokens."""

    def formatException(self, ei: Any) -> str:
        return without_tokens(VALUE_LINES.sub("(values left out)", super().formatException(ei)))

    def formatMessage(self, record: logging.LogRecord) -> str:
        return without_tokens(VALUE_LINES.sub("(values left out)", super().formatMessage(record)))
