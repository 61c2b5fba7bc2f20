from foitracker.accounts.templatetags.account_tags import role_labels


def test_the_roles_of_a_person_are_named() -> None:
    assert role_labels(["officer", "decision_maker"]) == "FOI officer, Decision maker"
