"""The register of forces: bodies come, change, are renamed, merge; one name means one body on any day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from foitracker.accounts.models import User
from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import NotPossible, SettingsChanged
from referrals.models import AccessRegime, Force, ForceKind, ForceNameKind, Referral
from referrals.operations import force_register as operations
from referrals.operations.deadlines import recompute_referrals
from referrals.operations.force_register import Particulars
from referrals.operations.reference_data import load_shipped
from referrals.queries.forces import ForceNotKnown, find_force
from tests.factories import person
from tests.referrals.factories import entry, involved, referral

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
RENAMED = date(2026, 4, 1)
BEFORE = date(2026, 3, 31)


@pytest.fixture
def administrator() -> User:
    return person(Role.ADMINISTRATOR)


def add(by: User, name: str = "Fernhollow Constabulary", short: str = "Fernhollow", **fields: Any) -> Force:
    return operations.add_to_register(
        by=by, at=AT, name=name, short=short, particulars=Particulars(), **fields
    )


def rename(by: User, force: Force, name: str, **fields: Any) -> Force:
    arguments = {"from_on": RENAMED, "today": TODAY, **fields}
    return operations.rename_force(by=by, at=AT, force_id=force.pk, name=name, **arguments)


def acts(force: Force) -> list[str]:
    return [event.event for event in timeline(force.audit_subject)]


def test_a_body_is_added_and_found(administrator: User) -> None:
    force = add(administrator, from_on=RENAMED)
    assert find_force("the fernhollow police", on=RENAMED) == find_force("Fernhollow") == force
    with pytest.raises(ForceNotKnown, match="began on 01/04/2026"):
        find_force("Fernhollow", on=BEFORE)
    assert acts(force) == ["register_entry_added"]


@pytest.mark.parametrize(
    ("name", "short", "field", "why"),
    [
        ("Kent Constabulary", "Fernhollow", "name", "means Kent Police"),
        ("Kent Police", "Fernhollow", "name", "in the register already"),
        ("Fernhollow Police", "KENT", "short", "means Kent Police"),
        ("National", "Fernhollow", "name", "means all forces"),
        ("The Police", "Fernhollow", "name", "tells it apart"),
        ("&" * 60, "Fernhollow", "name", "Shorten"),
    ],
)
def test_a_name_that_says_nothing_or_means_another_is_refused(
    administrator: User, name: str, short: str, field: str, why: str
) -> None:
    with pytest.raises(NotPossible, match=why) as refused:
        add(administrator, name=name, short=short)
    assert refused.value.field == field


def test_an_entry_is_changed_and_the_trail_says_how(administrator: User) -> None:
    force = find_force("Kent")
    changed = Particulars(
        kind=ForceKind.TERRITORIAL,
        nation="England",
        region="Coast",
        regime="foia",
        email="foi@kent.example.org",
    )
    for _ in range(2):  # the second time nothing changes, and nothing is recorded
        operations.change_entry(
            by=administrator, at=AT, force_id=force.pk, short="Kent (KP)", particulars=changed
        )
    event = timeline(force.audit_subject).get()
    assert [str(change) for change in event.declared.changes(event.detail, event.words)] == [
        "Short name: “Kent” became “Kent (KP)”.",
        "Region: “South East” became “Coast”.",
        "E-mail: “” became “foi@kent.example.org”.",
    ]
    assert find_force("kent kp") == find_force("kent") == force


def test_under_another_law_the_deadline_is_not_worked_out_any_more(administrator: User) -> None:
    log = referral(forces=[entry("Kent", request_received_on=date(2026, 2, 25))])
    force = find_force("Kent")
    assert involved(log, "Kent").due_on == date(2026, 3, 26)
    values = {name: getattr(force, name) for name in Particulars.__dataclass_fields__}
    operations.change_entry(
        by=administrator,
        at=AT,
        force_id=force.pk,
        short=force.short,
        particulars=Particulars(**{**values, "regime": AccessRegime.OUTSIDE}),
    )
    recompute_referrals(at=AT)
    assert involved(log, "Kent").due_on is None


def test_a_renamed_force_is_the_same_force(administrator: User) -> None:
    log = referral(forces=["Kent"])
    force = rename(administrator, find_force("Kent Police"), "Kent and Medway Police")
    assert log.forces.get().force == force
    assert find_force("Kent Police", on=BEFORE) == find_force("Kent and Medway Police", on=RENAMED) == force
    assert find_force("Kent Police", on=RENAMED) == force  # kept as another name
    with pytest.raises(ForceNotKnown, match="Write Kent Police"):
        find_force("Kent and Medway Police", on=BEFORE)
    assert timeline(force.audit_subject).get().detail == {
        "from": "Kent Police",
        "to": "Kent and Medway Police",
        "from_on": "2026-04-01",
    }
    load_shipped(at=AT)  # the shipped name does not bring the old entry back
    assert Force.objects.filter(name="Kent Police").count() == 0


def test_the_old_name_can_be_given_up(administrator: User) -> None:
    rename(administrator, find_force("Kent Police"), "Kent and Medway Police", keeps_old_name=False)
    with pytest.raises(ForceNotKnown, match="Write Kent and Medway Police"):
        find_force("Kent Police", on=RENAMED)


def test_a_constabulary_becomes_police_and_back(administrator: User) -> None:
    force = find_force("Cumbria")
    rename(administrator, force, "Cumbria Police")
    rename(administrator, force, "Cumbria Constabulary", from_on=date(2026, 5, 1))
    official = force.names.filter(kind=ForceNameKind.OFFICIAL).order_by("from_on")
    assert sorted((str(one.from_on), one.name, str(one.to_on)) for one in official) == [
        ("2026-04-01", "Cumbria Police", "2026-04-30"),
        ("2026-05-01", "Cumbria Constabulary", "None"),
        ("None", "Cumbria Constabulary", "2026-03-31"),
    ]
    assert find_force("cumbria police", on=BEFORE) == force


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"from_on": date(2026, 11, 21)}, "once it is borne"),
        ({"name": "Kent Police"}, "called Kent Police already"),
        ({"name": "Essex Constabulary"}, "means Essex Police"),
    ],
)
def test_a_name_that_cannot_be_is_refused(administrator: User, fields: dict[str, Any], why: str) -> None:
    with pytest.raises(NotPossible, match=why):
        rename(administrator, find_force("Kent"), **{"name": "Kent and Medway Police", **fields})


def test_a_second_name_comes_after_the_first(administrator: User) -> None:
    force = rename(administrator, find_force("Kent"), "Kent and Medway Police")
    with pytest.raises(NotPossible, match="has been called Kent and Medway Police since 01/04/2026"):
        rename(administrator, force, "Garden Police")


def merge(by: User, force: Force, into: Force | None = None, **fields: Any) -> Force:
    arguments = {"from_on": RENAMED, "into_id": into.pk if into else None, **fields}
    return operations.end_force(by=by, at=AT, force_id=force.pk, **arguments)


def test_a_merged_force_keeps_its_logs_and_is_found_until_its_last_day(administrator: User) -> None:
    log = referral(forces=["Surrey"])
    surrey, sussex = find_force("Surrey"), find_force("Sussex")
    merge(administrator, surrey, sussex)
    assert log.forces.get().force == surrey
    assert find_force("Surrey", on=BEFORE) == find_force("Surrey") == surrey
    with pytest.raises(ForceNotKnown, match=r"ended on 31/03/2026\. Sussex Police took its place"):
        find_force("Surrey", on=RENAMED)
    # The name is free from then on, and comes to mean the successor.
    operations.add_name(by=administrator, at=AT, force_id=sussex.pk, name="Surrey", from_on=RENAMED)
    assert find_force("Surrey", on=RENAMED) == find_force("Surrey") == sussex
    with pytest.raises(NotPossible, match="means Sussex Police"):
        operations.restore_force(by=administrator, at=AT, force_id=surrey.pk)


def test_an_end_is_taken_back(administrator: User) -> None:
    force = merge(administrator, find_force("Surrey"), find_force("Sussex"))
    operations.restore_force(by=administrator, at=AT, force_id=force.pk)
    assert find_force("Surrey", on=TODAY) == force
    assert Force.objects.get(pk=force.pk).succeeded_by is None
    assert acts(force) == ["force_restored", "force_ended"]
    with pytest.raises(NotPossible, match="has not ended"):
        operations.restore_force(by=administrator, at=AT, force_id=force.pk)


def test_an_end_that_cannot_be_is_refused(administrator: User) -> None:
    surrey, sussex = find_force("Surrey"), find_force("Sussex")
    with pytest.raises(NotPossible, match="its own place"):
        merge(administrator, surrey, surrey)
    young = add(administrator, from_on=date(2026, 6, 1))
    with pytest.raises(NotPossible, match="is not there on 01/04/2026"):
        merge(administrator, surrey, young)
    with pytest.raises(NotPossible, match="began on 01/06/2026"):
        merge(administrator, young)
    merge(administrator, sussex)
    with pytest.raises(NotPossible, match="is not there"):
        merge(administrator, surrey, sussex)
    for act in (merge, lambda by, force: rename(by, force, "Sussex and Surrey Police")):
        with pytest.raises(NotPossible, match="Take that back first"):
            act(administrator, sussex)


def test_names_come_and_go_by_date(administrator: User) -> None:
    force = find_force("Kent")
    name = operations.add_name(by=administrator, at=AT, force_id=force.pk, name="Garden of England Police")
    assert find_force("garden of england constabulary", on=date(2001, 1, 1)) == force
    with pytest.raises(NotPossible, match="finds Kent Police already"):
        operations.add_name(by=administrator, at=AT, force_id=force.pk, name="GARDEN OF ENGLAND POLICE")
    end = {"by": administrator, "at": AT, "force_id": force.pk, "name_id": name.pk}
    operations.end_name(**end, to_on=BEFORE)
    assert find_force("Garden of England Police", on=BEFORE) == force
    with pytest.raises(ForceNotKnown):
        find_force("Garden of England Police", on=RENAMED)
    operations.end_name(**end, to_on=None)  # it was an error
    with pytest.raises(ForceNotKnown):
        find_force("Garden of England Police")
    assert acts(force) == ["force_name_removed", "force_name_ended", "force_name_added"]


def test_the_official_name_ends_by_renaming_only(administrator: User) -> None:
    force = find_force("Kent")
    official = force.names.get(kind=ForceNameKind.OFFICIAL)
    with pytest.raises(NotPossible, match="renamed"):
        operations.end_name(by=administrator, at=AT, force_id=force.pk, name_id=official.pk, to_on=TODAY)


def test_a_page_opened_before_somebody_elses_change_does_not_overwrite_it(administrator: User) -> None:
    force = find_force("Kent")
    rename(administrator, force, "Kent and Medway Police", seen_version=0)
    with pytest.raises(SettingsChanged):
        merge(administrator, force, seen_version=0)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_changes_the_register(role: Role) -> None:
    with pytest.raises(NotPermitted):
        add(person(role))
    with pytest.raises(NotPermitted):
        merge(person(role), find_force("Kent"))


def test_nothing_of_a_log_changes_when_its_force_does(administrator: User) -> None:
    log = referral(forces=["Surrey"])
    merge(administrator, find_force("Surrey"), find_force("Sussex"))
    assert Referral.objects.get(pk=log.pk).version == log.version
