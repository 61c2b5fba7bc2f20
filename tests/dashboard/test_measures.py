"""Every number opens the list of exactly what it counts; and the command counts what the pages do."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from foitracker.accounts.models import User
from foitracker.accounts.permissions import can
from foitracker.accounts.roles import Role
from foitracker.casework.measures import Measure, Measures, Viewpoint
from referrals.measures import LOGS, LogView
from requests_app.measures import REQUESTS, RequestView
from tests.factories import person
from tests.kept_rows import kept_for_a_module
from tests.referrals.measured_logs import measured_logs
from tests.requests_app.measured_requests import TODAY, measured_requests

pytestmark = [pytest.mark.django_db, pytest.mark.services]

EVERY: list[tuple[Measures[Any, Any], Measure[Any, Any]]] = [
    (kind, measure) for kind in (REQUESTS, LOGS) for measure in kind.declared
]


@pytest.fixture(autouse=True)
def _sunday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC))


@pytest.fixture(scope="module")
def workers(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    """Requests and logs of every kind, and by kind of case somebody who works on them."""
    with kept_for_a_module(django_db_blocker):
        yield {
            REQUESTS.about: measured_requests().decision_maker,
            LOGS.about: measured_logs().one,
        }


def _view(kind: Measures[Any, Any], user: User | None = None) -> Viewpoint:
    return (LogView if kind is LOGS else RequestView)(TODAY, user)


def _listed(client: Client, url: str) -> set[object]:
    response = client.get(url)
    assert response.status_code == 200, url
    return set(response.context["page_obj"].paginator.object_list)


@pytest.mark.parametrize(("kind", "measure"), EVERY, ids=[measure.code for _, measure in EVERY])
def test_a_number_opens_the_list_of_what_it_counts(
    client: Client, workers: dict[str, User], kind: Measures[Any, Any], measure: Measure[Any, Any]
) -> None:
    user = workers[kind.about]
    client.force_login(user)
    for mine in {False, kind.owner not in measure.chosen_by}:
        figure = kind.figure(measure, _view(kind, user), mine=mine)
        rows = set(kind.rows(measure, _view(kind, user), mine=mine))
        assert _listed(client, figure.url) == rows, figure
        assert figure.count == len(rows)
        assert rows or mine


@pytest.mark.parametrize("role", list(Role))
def test_whoever_has_a_figure_may_choose_its_measure_and_sees_its_list(
    client: Client, workers: dict[str, User], role: Role
) -> None:
    user = person(role)
    client.force_login(user)
    for kind, measure in EVERY:
        for tile in measure.tiles:
            if tile.is_for(user):
                assert measure.permission is None or can(measure.permission, user)
                figure = kind.figure(measure, _view(kind, user), mine=tile.mine)
                assert len(_listed(client, figure.url)) == figure.count


def test_each_code_is_used_once_and_no_two_measures_are_chosen_alike() -> None:
    codes = Counter(measure.code for _, measure in EVERY)
    assert codes.most_common(1)[0][1] == 1
    chosen_by = Counter((kind.about, *sorted(measure.chosen_by.items())) for kind, measure in EVERY)
    assert chosen_by.most_common(1)[0][1] == 1


def _counted(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("measures", *arguments, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_the_command_counts_every_measure(workers: dict[str, User]) -> None:
    counted = _counted()
    assert counted["on"] == "2026-11-29"
    assert [(one["about"], one["code"], one["name"], one["count"]) for one in counted["measures"]] == [
        (kind.about, measure.code, measure.name, kind.rows(measure, _view(kind)).count())
        for kind, measure in EVERY
    ]


def test_the_command_counts_as_on_another_day(workers: dict[str, User]) -> None:
    by_day = [
        next(one["count"] for one in _counted("--on", day)["measures"] if one["code"] == "overdue")
        for day in ("2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30")
    ]
    assert by_day == sorted(set(by_day))


def test_the_command_prints_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("measures", "--on", "2026-11-29")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(EVERY)
    assert lines[1].split()[:2] == ["requests", "overdue"]


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="not a date"):
        call_command("measures", "--on", "29/11/2026")
