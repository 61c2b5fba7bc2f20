"""Who may do what with a request, and what is said to whoever may not."""

import pytest
from django.contrib.auth.models import AnonymousUser

from foitracker.accounts.permissions import NotPermitted
from foitracker.accounts.roles import Role
from requests_app.permissions import Permission, can, check_can, needs_second_person
from requests_app.rules.dispositions import LetterKind
from tests.permitted import holder

#: By the words that a refusal uses. A role that is not named may not.
MAY = {
    "see requests": "intake officer decision_maker cru_adviser reviewer manager auditor",
    "log a request": "intake officer decision_maker manager",
    "write a note on a request": "intake officer decision_maker cru_adviser reviewer manager",
    "assign a request": "intake officer decision_maker manager",
    "see who the applicant is": "intake officer decision_maker reviewer",
    "work on a request": "officer decision_maker",
    "record an internal review": "officer decision_maker reviewer manager",
    "submit a decision": "officer decision_maker",
    "approve a letter": "decision_maker manager",
    "issue a letter": "intake officer decision_maker",
    "change the authority's settings": "administrator",
    "see the working-day calendar": "manager administrator",
    "change the working-day calendar": "manager",
}


def test_the_table_names_every_permission() -> None:
    assert set(MAY) == {permission.value for permission in Permission}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("what", MAY)
def test_each_role_may_what_it_may_and_nothing_else(what: str, role: Role) -> None:
    assert can(Permission(what), holder(role)) == (role.value in MAY[what].split())


@pytest.mark.parametrize("what", MAY)
def test_nobody_may_without_a_role_or_an_account_in_use(what: str) -> None:
    for person in (AnonymousUser(), holder(), holder(*Role, is_active=False)):
        assert not can(Permission(what), person)


def test_a_refusal_says_what_is_refused_and_which_roles_it_takes() -> None:
    with pytest.raises(NotPermitted) as refused:
        check_can(Permission("approve a letter"), holder(Role.OFFICER))
    assert str(refused.value) == (
        "Your role does not let you approve a letter. It takes one of: Decision maker, Manager."
    )


@pytest.mark.parametrize(
    ("kind", "two"),
    [
        ("acknowledgement", False),
        ("invalid", False),
        ("disclosure", True),
        ("part_refusal", True),
        ("full_refusal", True),
        ("not_held", True),
    ],
)
def test_an_answer_takes_two_people_and_no_other_letter_does(kind: str, two: bool) -> None:
    assert needs_second_person(kind) is two
    assert LetterKind(kind)
