"""Days after days are played: every reminder that the rules demand is sent, once, on its day; none that they don't."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from foitracker.mail.models import OutboxMessage
from foitracker.reminders.models import Channel, Reminder
from tests.requests_app.reminders.dates import Book
from tests.requests_app.reminders.expected import RULES, Due, Expectation
from tests.requests_app.reminders.facts import Facts, Happening
from tests.requests_app.reminders.plan import AFTERNOON, Size, plan_of
from tests.requests_app.reminders.play import Play

pytestmark = [pytest.mark.django_db, pytest.mark.services]

#: Easter, both May bank holidays, a day proclaimed at short notice and another taken back.
TEN_WEEKS = Size(
    seed=58,
    cases=25,
    first=date(2026, 3, 16),
    last=date(2026, 5, 26),
    leaves_on=date(2026, 4, 22),
    holidays={date(2026, 4, 14): date(2026, 5, 8), date(2026, 4, 15): date(2026, 5, 14)},
    cancelled={date(2026, 5, 6): date(2026, 5, 14)},
    lapse_months=1,
)
YEAR = Size(
    seed=11,
    cases=500,
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    leaves_on=date(2026, 6, 10),
    holidays={date(2026, 7, 1): date(2026, 7, 17), date(2026, 9, 10): date(2026, 10, 2)},
    cancelled={date(2026, 9, 28): date(2026, 10, 2)},
)


@dataclass(frozen=True)
class Played:
    """What was sent each time it was looked at, and how that came about."""

    sent: Sequence[set[Due]]
    covers: Collection[str]

    @property
    def steps(self) -> set[tuple[str, int]]:
        """The kinds and steps that were sent."""
        return {(kind, offset) for found in self.sent for _, _, kind, _, offset in found}


def played(size: Size) -> Played:
    """Play a plan; each time it is looked at, compare what is sent with what is demanded, and what then stands."""
    plan, play, facts = plan_of(size), Play(size), Facts()
    expectation = Expectation(size.team, Book(size.policy))
    sent = []
    for day in plan.days:
        happenings = list(plan.happenings[day])
        for at in plan.looks[day]:
            if at == AFTERNOON:
                _happen(happenings, play, facts)
            demanded = expectation.looks(facts, day)
            found = play.looks(day, at)
            assert found == demanded, _difference(day, found, demanded)
            stands, holds = play.standing(), expectation.standing(facts, day)
            assert stands == holds, _difference(day, stands, holds)
            sent.append(found)
        _happen(happenings, play, facts)
    _nothing_was_sent_twice(sent)
    return Played(sent, expectation.covers)


def _happen(happenings: list[Happening], play: Play, facts: Facts) -> None:
    """Let what is left of the day happen."""
    while happenings:
        one = happenings.pop(0)
        play.happens(one)
        facts.happens(one)


def _difference(day: date, found: set[Due], demanded: set[Due]) -> str:
    missing, unasked = sorted(demanded - found), sorted(found - demanded)
    return f"{day:%a %Y-%m-%d}: missing: {missing[:10]}; without need: {unasked[:10]}"


def _nothing_was_sent_twice(sent: list[set[Due]]) -> None:
    counted = Counter(one for found in sent for one in found)
    assert set(counted.values()) == {1}
    rows = Reminder.objects.filter(kind__in=[rule.kind for rule in RULES]).exclude(channel=Channel.WAITING)
    assert rows.count() == len(counted)
    digests = OutboxMessage.objects.filter(kind="reminders").values_list("to", "queued_at__date")
    assert len(digests) == len(set(digests))


def test_ten_weeks_of_reminders() -> None:
    played_through = played(TEN_WEEKS)
    assert {kind for kind, _ in played_through.steps} == {rule.kind for rule in RULES}
    assert played_through.covers


@pytest.mark.slow
def test_a_year_of_reminders() -> None:
    """Of each kind every step is sent, some of them at once."""
    played_through = played(YEAR)
    declared = {(rule.kind, offset) for rule in RULES for offset in rule.offsets}
    repeated = {(rule.kind, rule.offsets[-1] - rule.every) for rule in RULES if rule.every}
    assert declared | repeated <= played_through.steps
    assert played_through.covers
    assert set(Reminder.objects.values_list("channel", flat=True)) >= {Channel.DIGEST, Channel.AT_ONCE}
