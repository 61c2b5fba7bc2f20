"""What the figures are broken down by: officer, topic, channel, regime, designated function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from requests_app.measures import NOBODY
from requests_app.measures.periods.view import NOT_RECORDED
from requests_app.models import Channel, Regime, Topic
from requests_app.queries.exemption_catalogue import designated_functions


@dataclass(frozen=True)
class Axis:
    """A column of the request by whose values figures are counted.

    `labels` reads what the values are called; `without` is what is said of requests that have none. `narrowed` gives
    the boxes of the register's filter that choose a value. `permission` is who may see it, if not everybody who sees
    figures.
    """

    code: str
    column: str
    name: str
    labels: Callable[[], Mapping[Any, str]]
    without: str
    narrowed: Callable[[Any], Mapping[str, Any]]
    permission: Permission | None = None


def _officers() -> dict[Any, str]:
    return dict(User.objects.values_list("pk", "name"))


def _topics() -> dict[Any, str]:
    return dict(Topic.objects.values_list("pk", "name"))


def _functions() -> dict[Any, str]:
    return {function.ref: f"{function.ref} {function.title}" for function in designated_functions()}


_DECLARED = (
    Axis(
        code="topic",
        column="topic",
        name="topic",
        labels=_topics,
        without="No topic",
        narrowed=lambda value: {"topic": value} if value else {"no_topic": "on"},
    ),
    Axis(
        code="channel",
        column="channel",
        name="channel",
        labels=lambda: dict(Channel.choices),
        without="Not known",
        narrowed=lambda value: {"channel": value},
    ),
    Axis(
        code="regime",
        column="regime",
        name="regime",
        labels=lambda: dict(Regime.choices),
        without="Not known",
        narrowed=lambda value: {"regime": value},
    ),
    Axis(
        code="function",
        column="designated_function",
        name="function",
        labels=_functions,
        without="Not decided",
        narrowed=lambda value: {"function": value or NOT_RECORDED},
    ),
    Axis(
        code="officer",
        column="officer",
        name="officer",
        labels=_officers,
        without="Unassigned",
        narrowed=lambda value: {"officer": value or NOBODY},
        permission=Permission.OVERSEE,
    ),
)

#: The axes by the word in the address.
AXES: Mapping[str, Axis] = {axis.code: axis for axis in _DECLARED}
