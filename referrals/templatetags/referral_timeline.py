"""The trail of a log in words. The pages' timeline takes them from here when the application starts."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from requests_app.templatetags.timeline_tags import COLUMN_LABELS, add_acts, day

Detail = Mapping[str, Any]

#: The words for each act on a log, a force, a criterion or a statistic.
ACT_TITLES: dict[str, str] = {
    "referral_refused": "Log of another force asked for",
    "request_referred": "Our own request referred",
}

#: What the facts of an act say, where the title alone is not enough.
SAYINGS: dict[str, Callable[[Detail], Iterable[str]]] = {}

#: What the columns of a log are called on its pages.
LABELS: dict[str, str] = {}


def add_words() -> None:
    """This function will give the words to the timeline."""
    add_acts(ACT_TITLES, SAYINGS)
    COLUMN_LABELS.update(LABELS)


__all__ = ["ACT_TITLES", "LABELS", "SAYINGS", "add_words", "day"]
