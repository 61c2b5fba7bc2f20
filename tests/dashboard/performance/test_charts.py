"""The charts of the page Performance: each number equals its list, and what is open a month ago equals a count."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dashboard.performance.charts.over_time import Months
from dashboard.performance.periods import asked, months_to, quarters_to
from foitracker.accounts.roles import Role
from foitracker.charts.chart import Chart
from requests_app.measures.periods import PeriodView
from requests_app.models import FoiRequest
from tests.dashboard.performance.population import requests_of_two_years
from tests.factories import Staff, person
from tests.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("dashboard:performance_charts")


@pytest.fixture
def manager(client: Client, staff: Staff) -> None:
    client.force_login(person(Role.MANAGER))


def _charts(page: Any) -> dict[str, Chart]:
    return {chart.title: chart for group in page.context["chart_groups"] for chart in group.charts}


@pytest.mark.usefixtures("manager")
def test_every_mark_opens_a_list_of_as_many(client: Client, staff: Staff) -> None:
    requests_of_two_years(staff)
    shown = _charts(client.get(URL))
    opened: set[str] = set()
    for chart in shown.values():
        for series in chart.figure.series:
            marks = list(zip(series.values, series.links, series.words or series.values, strict=True))
            seen = [mark for mark in marks if mark[0]][-2:]
            opened |= {chart.title} if seen else set()
            for value, link, words in seen:
                listed = client.get(link).context["page_obj"].paginator.count
                number = words.split("(")[1].split(" of ")[0] if isinstance(words, str) else value
                assert listed == int(number), (chart.title, series.name, link)
    assert opened == shown.keys()
    assert len(opened) == 7


@pytest.mark.usefixtures("manager")
def test_parts_add_up_to_what_they_are_parts_of(client: Client, staff: Staff) -> None:
    requests_of_two_years(staff)
    shown = _charts(client.get(URL))
    today = timezone.localdate()
    whole = asked(today, today, begins_in=4).comparisons[-1].now.counted
    assert whole
    view = PeriodView(today, from_on=whole.from_on, to_on=whole.to_on)
    answered = FoiRequest.objects.filter(view.within("responded_on"))
    late = [
        case for case in answered if case.limit_on and case.responded_on and case.responded_on > case.limit_on
    ]
    assert late
    assert sum(shown["Day of the answer"].figure.series[0].values) == answered.count()  # type: ignore[arg-type]
    for title in ("Why answers were late", "Where the time was lost"):
        assert sum(shown[title].figure.series[0].values) == len(late)  # type: ignore[arg-type]
    quarters = quarters_to(view.to_on, 6)
    closed = [
        FoiRequest.objects.filter(closed_on__range=(quarter.from_on, quarter.to_on)).count()
        for quarter in quarters
    ]
    columns = zip(*(series.values for series in shown["Outcomes by quarter"].figure.series), strict=True)
    assert [sum(column) for column in columns] == closed


def test_what_is_open_at_each_months_end_equals_a_count(staff: Staff) -> None:
    cases = requests_of_two_years(staff, 200)
    today = timezone.localdate()
    months = Months.counted(PeriodView(today, from_on=today.replace(day=1), to_on=today))
    counted = [
        sum(
            case.received_on <= month.to_on and (not case.closed_on or case.closed_on > month.to_on)
            for case in cases
        )
        for month in months.months
    ]
    assert months.open_at_ends() == counted
    assert len(set(counted)) > 3


@pytest.mark.usefixtures("manager")
def test_the_charts_take_as_many_queries_at_any_size(client: Client, staff: Staff) -> None:
    requests_of_two_years(staff, 40)
    few = queries_of(client, URL)
    requests_of_two_years(staff, 150)
    assert queries_of(client, URL) == few <= 25


@pytest.mark.usefixtures("manager")
def test_charts_of_an_empty_register_say_so(client: Client) -> None:
    shown = _charts(client.get(URL))
    assert shown["Day of the answer"].summary == "No answer with a recorded number of days went out."
    assert shown["Exemptions used"].summary == "No answer relied on an exemption."


@pytest.mark.usefixtures("manager")
def test_each_chart_says_its_source_period_and_completeness(client: Client, staff: Staff) -> None:
    requests_of_two_years(staff, 40)
    days = {"from_on": "1/9/2026", "to_on": "31/10/2026", "as_at": "20/11/2026"}
    page = client.get(URL, days)
    for chart in _charts(page).values():
        caption = " ".join(chart.caption)
        assert "Source: register of requests." in caption
        assert "As at the end of 20 November 2026." in caption
        assert "Complete to 20 November 2026." in caption
    assert _charts(page)["Day of the answer"].period == "1 September 2026 to 31 October 2026"
    assert client.get(URL, {"as_at": "1/1/2150"}).status_code == 400


def test_months_and_quarters_end_with_the_day() -> None:
    months = months_to(date(2026, 3, 10), 3)
    assert [(one.from_on, one.to_on) for one in months] == [
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 10)),
    ]
    quarters = quarters_to(date(2026, 2, 10), 2)
    assert [(one.from_on, one.to_on) for one in quarters] == [
        (date(2025, 10, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 2, 10)),
    ]
