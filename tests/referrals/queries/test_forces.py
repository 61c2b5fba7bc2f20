"""Which force a name means: of any time, or on a day."""

from datetime import date

import pytest

from referrals.models import Force, ForceName, ForceNameKind
from referrals.queries.forces import ForceNotKnown, find_force, official_name
from referrals.rules.force_names import normalise

pytestmark = [pytest.mark.django_db, pytest.mark.services]

RENAMED = date(2022, 11, 4)
BEFORE, AFTER = date(2022, 11, 3), date(2022, 11, 5)


@pytest.mark.parametrize("name", ["Lancashire Police", "lancashire constabulary", "LANCASHIRE"])
def test_lancashire_is_found_by_every_name(name: str) -> None:
    assert find_force(name).name == "Lancashire Constabulary"


@pytest.mark.parametrize(
    ("name", "force"),
    [
        ("the Met", "Metropolitan Police Service"),
        ("A & S", "Avon and Somerset Police"),
        ("Heddlu Gogledd Cymru", "North Wales Police"),
        ("Leicestershire Constabulary", "Leicestershire Police"),
        ("Hampshire Constabulary", "Hampshire & Isle of Wight Constabulary"),
        ("psni", "Police Service of Northern Ireland"),
    ],
)
def test_other_names_are_found(name: str, force: str) -> None:
    assert find_force(name, on=AFTER).name == force


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(ForceNotKnown, match="Did you mean Northamptonshire Police") as refused:
        find_force("Northampton")
    assert refused.value.near == ["Northamptonshire Police"]


@pytest.mark.parametrize("name", ["National", "all forces"])
def test_national_is_refused_as_a_scope(name: str) -> None:
    with pytest.raises(ForceNotKnown, match="is a scope, not a force"):
        find_force(name)


@pytest.mark.parametrize("name", ["", "police", "Ministry of Defence", "Port of Dover", "West", "x" * 500])
def test_what_names_no_force_finds_none(name: str) -> None:
    with pytest.raises(ForceNotKnown) as refused:
        find_force(name)
    assert len(str(refused.value)) < 250


def rename(force: Force, name: str) -> None:
    """Rename a force as the operation does."""
    force.names.filter(kind=ForceNameKind.OFFICIAL).update(to_on=BEFORE)
    ForceName.objects.create(
        force=force, name=name, normalised=normalise(name), kind=ForceNameKind.OFFICIAL, from_on=RENAMED
    )
    force.name = name
    force.save()


def test_a_renamed_force_is_found_by_each_name_on_its_days() -> None:
    force = find_force("Kent Police")
    rename(force, "Kent and Medway Police")
    assert find_force("Kent Police", on=BEFORE) == find_force("Kent and Medway Police", on=AFTER) == force
    assert find_force("Kent Police") == force  # of any time
    with pytest.raises(ForceNotKnown, match="Write Kent and Medway Police") as refused:
        find_force("Kent Police", on=AFTER)
    assert refused.value.near == ["Kent and Medway Police"]
    with pytest.raises(ForceNotKnown, match="Write Kent Police"):
        find_force("Kent and Medway Police", on=BEFORE)
    assert [official_name(force, BEFORE), official_name(force, AFTER)] == [
        "Kent Police",
        "Kent and Medway Police",
    ]


def test_a_merged_force_is_found_until_it_ended_and_by_those_who_look_back() -> None:
    old, heir = find_force("Surrey"), find_force("Sussex")
    old.to_on, old.succeeded_by = BEFORE, heir
    old.save()
    assert find_force("Surrey Police", on=BEFORE) == old
    assert find_force("Surrey Police") == old
    with pytest.raises(
        ForceNotKnown, match=r"Surrey Police ended on 03/11/2022\. Sussex Police took its place"
    ):
        find_force("Surrey Police", on=AFTER)


def test_a_name_that_passed_to_another_force_means_the_one_that_bears_it() -> None:
    old, heir = find_force("Surrey"), find_force("Sussex")
    old.to_on, old.succeeded_by = BEFORE, heir
    old.save()
    ForceName.objects.create(
        force=heir, name="Surrey", normalised="surrey", kind=ForceNameKind.ALIAS, from_on=RENAMED
    )
    assert find_force("Surrey") == heir
    assert find_force("Surrey", on=BEFORE) == old
    assert find_force("Surrey", on=AFTER) == heir


def test_a_name_of_two_forces_is_refused_with_both() -> None:
    ForceName.objects.create(
        force=find_force("Essex"), name="Kent", normalised="kent", kind=ForceNameKind.ALIAS
    )
    with pytest.raises(ForceNotKnown, match="may mean Essex Police or Kent Police") as refused:
        find_force("Kent", on=AFTER)
    assert refused.value.near == ["Essex Police", "Kent Police"]
