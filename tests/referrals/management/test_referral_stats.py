"""`manage.py referral_stats`, as other programs call it."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from referrals.models import Force, ReferralUnit
from referrals.rules.force_names import normalise
from referrals.rules.vocabulary import Scope, Trigger
from tests.referrals import logs

pytestmark = [pytest.mark.django_db, pytest.mark.services]


def called(force: Force, *names: str) -> Force:
    for name in (force.name, *names):
        force.names.create(name=name, normalised=normalise(name), kind="alias")
    return force


@pytest.fixture(autouse=True)
def three_years():
    """Two logs of Aldershire in the year ending March 2023, one of them with Bexshire; one in the next year."""
    ReferralUnit.objects.update_or_create(id=1, defaults={"data_complete_to": date(2025, 4, 24)})
    called(logs.force("Aldershire"), "Aldershire Police")
    called(logs.force("Bexshire"))
    logs.log("Aldershire", number=12, year=2022, received_on=date(2022, 4, 1), trigger=Trigger.MANDATORY)
    logs.log(
        "Aldershire", "Bexshire", number=900, year=2022, received_on=date(2023, 3, 31), scope=Scope.NATIONAL
    )
    logs.log("Aldershire", number=3, year=2023, received_on=date(2023, 4, 1))
    logs.log("Aldershire", "Bexshire", number=4, year=2023, received_on=date(2023, 5, 1), scope=Scope.SEVERAL)


@pytest.fixture
def run(capsys):
    def run_with(*arguments):
        call_command("referral_stats", *arguments)
        return capsys.readouterr().out

    return run_with


YEARS = ["--year-ending", "2025-03-31", "--year-ending", "2024-03-31", "--year-ending", "2023-03-31"]


def test_json_gives_counts_criteria_dates_caveat_and_logs(run):
    found = json.loads(run("--force", "Aldershire Police", *YEARS, "--json"))
    assert [figure["together"] for figure in found["figures"]] == [0, 1, 2]
    last = found["figures"][2]
    assert last["force"] == "Aldershire Constabulary"
    assert (last["period"]["from"], last["period"]["to"]) == ("2022-04-01", "2023-03-31")
    assert last["by_criterion"] == {"alone": 1, "national": 1, "mandatory": 1}
    assert last["logs"] == ["12/22", "900/22"]
    assert found["figures"][1]["left_out"]["shared_not_national"] == 1
    assert [one["code"] for one in found["criteria"]] == ["alone", "national", "mandatory"]
    assert found["complete_to"] == "2025-04-24"
    assert "cannot be counted" in found["caveat"]
    assert "one log is counted once" in found["unit_of_count"]


def test_a_log_of_two_forces_is_counted_once_for_all_together(run):
    found = json.loads(
        run("--force", "Aldershire Police", "--force", "Bexshire Constabulary", *YEARS, "--json")
    )
    assert [figure["together"] for figure in found["figures"]] == [0, 1, 2, 0, 0, 1]
    assert [figure["together"] for figure in found["all_forces_together"]] == [0, 1, 2]


def test_a_force_or_year_given_twice_is_counted_once(run):
    once = json.loads(run("--force", "Aldershire Constabulary", *YEARS, "--json"))
    twice = json.loads(
        run("--force", "Aldershire Constabulary", "--force", "aldershire police", *YEARS, *YEARS, "--json")
    )
    assert twice["figures"] == once["figures"]


def test_the_text_carries_its_definition(run):
    text = run("--force", "Aldershire Police", *YEARS)
    assert "Year ending 31 March 2023 (1 April 2022 to 31 March 2023): 2" in text
    assert "Logs: 12/22, 900/22" in text
    assert "Mandatory referrals: the force turned to the unit" in text
    assert "Every referral up to 24 April 2025 has been entered." in text
    assert "Caveat:" in text
    assert "Not counted:" in text


def test_the_fourth_criterion_is_counted_when_asked_for(run):
    found = json.loads(run("--force", "Aldershire Police", *YEARS, "--criterion", "shared", "--json"))
    assert [figure["by_criterion"] for figure in found["figures"]] == [
        {"shared": 0},
        {"shared": 1},
        {"shared": 0},
    ]


def test_a_year_beyond_what_is_complete_is_shortened_or_not_measured(run):
    found = json.loads(run("--force", "Aldershire Police", *YEARS, "--complete-to", "2023-04-20", "--json"))
    assert [figure["together"] for figure in found["figures"]] == [None, 1, 1]
    assert [figure["period"]["to"] for figure in found["figures"]] == [
        "2025-03-31",
        "2023-04-20",
        "2022-04-20",
    ]
    assert len(found["notes"]) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--force", "Aldershyre Constabulary", *YEARS], "Aldershire Constabulary"),
        (["--force", "Nowhere at all", *YEARS], "is not the name of a force"),
        (["--force", "National", *YEARS], "scope"),
        (["--force", "Aldershire Police", "--year-ending", "31 March"], "31 March"),
        (["--force", "Aldershire Police", "--year-ending", "2025-02-30"], "2025-02-30"),
        (["--force", "Aldershire Police", "--year-ending", "1066-10-14"], "1066"),
        (["--force", "Aldershire Police", *YEARS, "--complete-to", "soon"], "soon"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_status_2(arguments, words):
    with pytest.raises(CommandError) as refused:
        call_command("referral_stats", *arguments)
    assert refused.value.returncode == 2
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_help_explains_the_json(capsys):
    with pytest.raises(SystemExit):
        call_command("referral_stats", "--help")
    printed = " ".join(capsys.readouterr().out.split())
    for key in ("as_at", "complete_to", "by_criterion", "all_forces_together", "asked_to", "left_out"):
        assert key in printed
