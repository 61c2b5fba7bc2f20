"""The boxes of the register's filter that a figure fills in: what they read, and what a hand-edited address is told."""

from datetime import date

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from foitracker.accounts.roles import Role
from requests_app.forms.counted import Days, DaysField
from tests.factories import person

FIRST, LAST = date(2026, 11, 27), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("days", "given", "words"),
    [
        (Days(FIRST, LAST), "2026-11-27.2026-11-29", "27/11/2026 to 29/11/2026"),
        (Days(FIRST, FIRST), "2026-11-27.2026-11-27", "27/11/2026"),
        (Days(FIRST, None), "2026-11-27.", "from 27/11/2026"),
        (Days(None, LAST), ".2026-11-29", "up to 29/11/2026"),
    ],
)
def test_days_are_read_as_they_are_written(days: Days, given: str, words: str) -> None:
    assert days.given == given
    assert DaysField().clean(given) == days
    assert str(days) == words


def test_one_day_may_stand_alone_and_nothing_chooses_nothing() -> None:
    assert DaysField().clean("2026-11-27") == Days(FIRST, FIRST)
    assert DaysField().clean("") is None


BAD = [".", "x", "2026-11-31", "2026-11-29.2026-11-27", "2026-11-27.2026-11-28.2026-11-29", "27/11/2026"]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_range_of_days_is_refused(text: str) -> None:
    with pytest.raises(forms.ValidationError):
        DaysField().clean(text)


@pytest.mark.django_db
@pytest.mark.services
@pytest.mark.parametrize("query", ["due=.", "received=2026-11-29.2026-11-27", "stage=x"])
def test_a_hand_edited_address_is_told_so_on_a_working_page(client: Client, query: str) -> None:
    client.force_login(person(Role.MANAGER))
    response = client.get(f"{reverse('requests_app:register')}?{query}")
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
