"""Keeping a statistic, counting it again and placing it: one transaction, one event on the statistic, or nothing."""

from datetime import UTC, date, datetime

import pytest

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from foitracker.statistics.models import Snapshot
from foitracker.statistics.periods import calendar_year, year_ending
from referrals.models import StatisticPlacement
from referrals.operations import statistics
from referrals.operations.statistics import Placing, place_in_letter, run_again, save_statistic
from referrals.queries.saved_statistics import kept_definition, kept_result
from referrals.rules.statistic_placement import PlannedRow
from referrals.rules.statistics import USUAL_COUNTING, CountedForce, Definition
from requests_app.models import FigureSet
from tests import factories
from tests.referrals import logs

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 4, 25, 9, 0, tzinfo=UTC)
YEARS = (year_ending(date(2026, 3, 31)), year_ending(date(2025, 3, 31)))


@pytest.fixture
def officer():
    return factories.person(Role.OFFICER)


@pytest.fixture
def definition():
    """Two logs of Aldershire in the year to March 2026, one of which Bexshire is on as well."""
    logs.log("Aldershire", received_on=date(2026, 3, 31))
    logs.log("Aldershire", "Bexshire", received_on=date(2025, 4, 1), scope="national")
    forces = tuple(CountedForce(one.pk, one.name) for one in map(logs.force, ("Aldershire", "Bexshire")))
    return Definition(forces, YEARS, USUAL_COUNTING, date(2026, 4, 24))


@pytest.fixture
def saved(officer, definition):
    return save_statistic(by=officer, at=AT, title=" Two forces ", definition=definition)


def test_what_is_kept_is_the_definition_the_result_and_the_logs(saved, definition):
    assert saved.title == "Two forces"
    assert kept_definition(saved) == definition
    result = kept_result(saved)
    assert [figure.together for figure in result.figures] == [2, 0, 1, 0]
    assert [figure.together for figure in result.all_together] == [2, 0]
    assert all(len(figure.logs) == figure.together for figure in result.figures)
    entry = Entry.objects.get(event="statistic_saved")
    assert entry.subject == f"statistic/{saved.pk}"
    assert entry.detail["forces"] == ["Aldershire Constabulary", "Bexshire Constabulary"]


def test_a_statistic_without_a_title_or_with_too_many_logs_is_not_kept(officer, definition, monkeypatch):
    with pytest.raises(NotPossible, match="Enter a title"):
        save_statistic(by=officer, at=AT, title="  ", definition=definition)
    monkeypatch.setattr(statistics, "MOST_LOGS_KEPT", 2)
    with pytest.raises(NotPossible, match="3 logs, and at most 2"):
        save_statistic(by=officer, at=AT, title="Two forces", definition=definition)
    assert not Snapshot.objects.exists()
    assert not Entry.objects.filter(event="statistic_saved").exists()


def test_counted_again_is_another_row_that_names_the_first(officer, saved):
    logs.log("Bexshire", received_on=date(2025, 6, 1))
    again = run_again(by=officer, at=AT, statistic_id=saved.pk)
    assert again.again_of == saved
    assert kept_result(again).all_together[0].together == 3
    saved.refresh_from_db()
    assert kept_result(saved).all_together[0].together == 2


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.FORCE_CONTACT])
def test_who_may_not_keep_keeps_nothing(role, definition, saved):
    person = factories.person(role)
    with pytest.raises(NotPermitted):
        save_statistic(by=person, at=AT, title="Two forces", definition=definition)
    with pytest.raises(NotPermitted):
        run_again(by=person, at=AT, statistic_id=saved.pk)


# --- placing --------------------------------------------------------------------------------------


@pytest.fixture
def case(officer):
    factories.authority()
    return factories.request_with_items("A", "B", officer=officer)


def rows(case):
    return tuple(PlannedRow(item.pk, item.label) for item in case.items.all())


def place(by, saved, case, **placing):
    return place_in_letter(
        statistic_id=saved.pk,
        case_id=case.pk,
        by=by,
        at=AT,
        placing=Placing(**{"rows": rows(case), **placing}),
    )


def test_each_period_answers_its_own_item(officer, saved, case):
    place(officer, saved, case)
    found = {one.item.label: [int(f.value) for f in one.figures.all()] for one in FigureSet.objects.all()}
    assert found == {"A": [2], "B": [0]}
    assert set(FigureSet.objects.values_list("unit_of_count", flat=True)) == {
        kept_result(saved).unit_of_count
    }
    # The same definition, so that a letter prints them as one table.
    assert len({(one.unit_of_count, tuple(one.criteria), one.caveat) for one in FigureSet.objects.all()}) == 1
    assert {p.item_label for p in StatisticPlacement.objects.filter(statistic=saved)} == {"A", "B"}
    entry = Entry.objects.get(event="statistic_placed")
    assert entry.detail == {"request": case.reference, "items": ["A", "B"], "tables": 1}


def test_one_force_of_several_can_be_placed(officer, saved, case):
    bexshire = kept_definition(saved).forces[1]
    place(officer, saved, case, force=bexshire)
    assert [int(f.value) for one in FigureSet.objects.order_by("pk") for f in one.figures.all()] == [1, 0]
    assert "Referrals of Bexshire Constabulary" in FigureSet.objects.first().criteria[0]


def test_replacing_removes_what_the_items_had(officer, saved, case):
    place(officer, saved, case, apart=True)
    assert FigureSet.objects.count() == 6
    place(officer, saved, case, replacing=True)
    assert FigureSet.objects.count() == 2


@pytest.mark.parametrize(
    ("placing", "says"),
    [
        ({"rows": (None, None)}, "Nothing is left to place"),
        ({"rows": (PlannedRow(0, "A"), None)}, "no longer part of the request"),
        ({"rows": (PlannedRow(0, " "), None)}, "needs a label"),
    ],
)
def test_what_cannot_be_placed_changes_nothing(officer, saved, case, placing, says):
    with pytest.raises(NotPossible, match=says):
        place(officer, saved, case, **placing)
    assert not FigureSet.objects.exists()
    assert not StatisticPlacement.objects.exists()


def test_what_is_not_measured_is_not_placed_as_nought(officer, definition, case):
    later = Definition(definition.forces, (calendar_year(2031), YEARS[0]), USUAL_COUNTING, date(2026, 4, 24))
    kept = save_statistic(by=officer, at=AT, title="Two forces", definition=later)
    place(officer, kept, case)
    assert [int(f.value) for one in FigureSet.objects.all() for f in one.figures.all()] == [2]
    assert "Calendar year 2031" in FigureSet.objects.get().caveat


def test_a_refusal_of_the_request_undoes_the_placement(officer, saved, case):
    type(case).objects.filter(pk=case.pk).update(status="awaiting_approval")
    with pytest.raises(TransitionNotAllowed):
        place(officer, saved, case)
    with pytest.raises(CaseChanged):
        place_in_letter(
            statistic_id=saved.pk,
            case_id=case.pk,
            by=officer,
            at=AT,
            placing=Placing(rows(case)),
            seen_version=1,
        )
    assert not StatisticPlacement.objects.exists()
    assert not Entry.objects.filter(event="statistic_placed").exists()


@pytest.mark.parametrize("role", [Role.CRU_ADVISER, Role.MANAGER, Role.INTAKE, Role.FORCE_CONTACT])
def test_who_may_not_place_places_nothing(role, saved, case):
    with pytest.raises(NotPermitted):
        place(factories.person(role), saved, case)
