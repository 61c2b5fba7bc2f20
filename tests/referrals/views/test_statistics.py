"""The pages of statistics: chosen by forces and periods, with a definition, and a list behind every number."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from foitracker.accounts.roles import Role
from referrals.models import ReferralUnit
from referrals.rules.force_names import normalise
from referrals.rules.vocabulary import Scope, Trigger
from tests import factories
from tests.referrals import logs

pytestmark = [pytest.mark.django_db, pytest.mark.services]

URL = reverse("referrals:statistics")
YEARS = {"years_ending": "31/3/2025, 31/3/2024 and 31/3/2023"}


@pytest.fixture(autouse=True)
def aldershire():
    """Two logs in the year to March 2023 (one national, with Bexshire), one the year after, one shared."""
    ReferralUnit.objects.update_or_create(id=1, defaults={"data_complete_to": date(2025, 4, 24)})
    force = logs.force("Aldershire")
    force.names.create(name="Aldershire Police", normalised=normalise("Aldershire Police"), kind="alias")
    logs.log("Aldershire", number=12, year=2022, received_on=date(2022, 4, 1), trigger=Trigger.MANDATORY)
    logs.log(
        "Aldershire", "Bexshire", number=900, year=2022, received_on=date(2023, 3, 31), scope=Scope.NATIONAL
    )
    logs.log("Aldershire", number=3, year=2023, received_on=date(2023, 4, 1))
    logs.log("Aldershire", "Bexshire", number=4, year=2023, received_on=date(2023, 5, 1), scope=Scope.SEVERAL)
    return force


@pytest.fixture
def client(client):
    client.force_login(factories.person(Role.OFFICER))
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def lines_of(response):
    content = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(content)))


def test_nothing_is_counted_before_something_is_chosen(client):
    response = client.get(URL)
    assert response.status_code == 200
    assert "Choose what to count" in text_of(response)
    assert "result" not in response.context


def test_a_force_is_found_by_any_name_and_counted_with_its_definition(client):
    response = client.get(URL, {"names": "aldershire police", **YEARS})
    (group,) = response.context["groups"]
    assert group.name == "Aldershire Constabulary"
    assert [row.together.number for row in group.rows] == [0, 1, 2]
    assert [[cell.number for cell in row.by_criterion] for row in group.rows] == [
        [0, 0, 0],
        [1, 0, 0],
        [1, 1, 1],
    ]
    assert [str(row.change) for row in group.rows[:2]] == ["−1 (−100.0%)", "−1 (−50.0%)"]
    text = text_of(response)
    assert "1 April 2022 to 31 March 2023" in text
    assert "one log is counted once" in text
    assert "cannot be counted" in text
    assert "Every referral up to 24 April 2025 has been entered." in text
    assert "1 shared, not national" in text


def test_every_number_opens_as_many_logs(client):
    response = client.get(URL, {"names": "Aldershire Police", "force": [logs.force("Bexshire").pk], **YEARS})
    opened = 0
    for group in response.context["groups"]:
        for row in group.rows:
            for cell in (*row.by_criterion, row.together, row.left_out):
                listed = client.get(cell.url)
                assert listed.status_code == 200
                assert listed.context["page_obj"].paginator.count == cell.number
                assert len(lines_of(client.get(listed.context["file_url"]))) == cell.number
                opened += 1
    assert opened == 3 * 3 * 5


def test_the_list_says_why_each_log_counts(client):
    response = client.get(URL, {"names": "Aldershire Police", **YEARS})
    listed = client.get(response.context["groups"][0].rows[2].together.url)
    text = text_of(listed)
    assert "1 April 2022 to 31 March 2023" in text
    assert "Referred by the force alone, Mandatory referrals" in text
    assert client.get(listed.context["back_url"]).context["groups"][0].rows[0].together.number == 2


def test_a_period_beyond_what_is_complete_is_not_measured(client):
    response = client.get(
        URL, {"names": "Aldershire Police", "calendar_years": "2022, 2026", "financial_years": "2024/25"}
    )
    rows = {row.label: row for row in response.context["groups"][0].rows}
    assert rows["Calendar year 2026"].together.number is None
    assert "not measured" in text_of(response)
    short = client.get(
        URL,
        {
            "names": "Aldershire Police",
            **YEARS,
            "complete_to_0": "30",
            "complete_to_1": "11",
            "complete_to_2": "2024",
        },
    )
    assert all(row.is_shortened for row in short.context["groups"][0].rows)
    assert "1 April 2022 to 30 November 2022" in text_of(short)


def test_yesterday_is_assumed_where_no_day_is_recorded(client):
    ReferralUnit.objects.update(data_complete_to=None)
    assert "is assumed to have been entered" in text_of(
        client.get(URL, {"names": "Aldershire Police", **YEARS})
    )


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"names": "Alderschire Constabulary", **YEARS}, "Did you mean Aldershire Constabulary"),
        ({"names": "", **YEARS}, "Choose at least one force"),
        ({"names": "Aldershire Police", "years_ending": ""}, "Enter at least one period"),
        ({"names": "Aldershire Police", "years_ending": "31/2/2025"}, "is not a date"),
        ({"names": "Aldershire Police", "financial_years": "2024"}, "is not a financial year"),
        ({"names": "Aldershire Police", "calendar_years": "24"}, "is not a calendar year"),
        ({"names": "Aldershire Police", "between": "1/4/2024"}, "is not a period"),
        ({"force": "999999", **YEARS}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_counted_says_what_to_enter(client, chosen, says):
    response = client.get(URL, chosen)
    assert response.status_code == 400
    assert says in text_of(response)
    assert "result" not in response.context


def test_the_figures_as_a_file_carry_their_definition(client):
    rows = lines_of(client.get(reverse("referrals:statistics_csv"), {"names": "Aldershire Police", **YEARS}))
    assert [row["together"] for row in rows] == ["0", "1", "2"]
    assert rows[2]["from"] == "2022-04-01"
    assert rows[1]["change %"] == "-50.0"
    assert rows[1]["change since"] == "1 April 2022 to 31 March 2023"
    assert all("cannot be counted" in row["caveat"] and "24 April 2025" in row["complete to"] for row in rows)


@pytest.mark.parametrize(
    "query", ["", "force=1", "force=0&first=x&last=2024-01-01&criteria=alone&counted=together"]
)
def test_an_address_that_names_no_figure_says_so(client, query):
    for name in ("statistic_logs", "statistic_logs_csv"):
        assert client.get(f"{reverse(f'referrals:{name}')}?{query}").status_code == 400


def test_force_contacts_see_no_statistics(client):
    client.force_login(factories.person(Role.FORCE_CONTACT))
    assert client.get(URL).status_code == 403


def test_an_auditor_sees_figures_and_cannot_keep_them(client):
    client.force_login(factories.person(Role.AUDITOR))
    chosen = {"names": "Aldershire Police", **YEARS}
    response = client.get(URL, chosen)
    assert not response.context["may_save"]
    saved = client.post(f"{URL}?names=Aldershire+Police&calendar_years=2023", {"title": "Three years"})
    assert saved.status_code == 403


@pytest.mark.parametrize("forces", [1, 2])
def test_a_page_takes_few_queries_whatever_is_counted(client, forces, django_assert_max_num_queries):
    names = ", ".join(["Aldershire Police", "Aldershire Police"][:forces])
    with django_assert_max_num_queries(12):
        client.get(URL, {"names": names, "calendar_years": ", ".join(map(str, range(2010, 2025)))})
