"""How a date reads stands in one place: the check that lint runs."""

import pytest

from scripts.check_dates import BY_HAND, IN_TEMPLATES, main


def test_no_date_is_written_by_hand() -> None:
    assert main() == 0


@pytest.mark.parametrize("line", ['f"{day:%d/%m/%Y}"', 'f"{self.due_on:%A}"', 'day.strftime("%B")'])
def test_a_date_by_hand_is_found(line: str) -> None:
    assert BY_HAND.search(line)


@pytest.mark.parametrize("line", ['{{ day|date:"j F" }}', "{{ at|time:'H:i' }}"])
def test_a_format_in_a_template_is_found(line: str) -> None:
    assert IN_TEMPLATES.search(line)


@pytest.mark.parametrize("line", ['f"{share:%}"', "{{ event.at|date:'c' }}", '"%s" % day'])
def test_what_is_no_date_for_people_is_left(line: str) -> None:
    assert not IN_TEMPLATES.search(line)
    assert not BY_HAND.search(line)
