"""The demonstration: two model requests, a team over two years, and a second call that changes nothing."""

from collections import Counter
from dataclasses import fields
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pypdf import PdfReader

from foitracker.accounts.queries import absences_on
from foitracker.audit.models import Entry
from foitracker.improvement.models import ImprovementPoint
from foitracker.mail.models import OutboxMessage
from foitracker.working_days.queries import current_calendar
from referrals.models import ForceGroup, Referral
from requests_app.letters.facts import collect_facts
from requests_app.letters.gaps import letter_gaps
from requests_app.models import (
    DipSample,
    FoiRequest,
    Letter,
    LetterStatus,
    RecoveryPlan,
    SupervisionReview,
    TimeRecord,
)
from requests_app.queries.authority import authority, clock_policy
from requests_app.queries.clock import calendar_for, clock_events, policy_for
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.clock_dates import ClockDates, clock_dates
from tests import factories
from tests.dashboard.demonstration import demonstration_log
from tests.requests_app.operations.part_refusal import drafted_part_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.services]

TODAY = date(2026, 11, 20)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.slow
def test_the_demonstration(tmp_path: Path) -> None:
    run("load_demo")

    _every_state_is_there()
    _a_team_is_at_work(timezone.localdate())
    _nothing_could_not_have_been()
    _request_2253_is_issued_with_its_figures(tmp_path)
    _request_2216_is_blocked_by_its_two_wrong_references(tmp_path)
    demonstration_log.check_figures()
    demonstration_log.check_named_logs()
    demonstration_log.check_every_state(timezone.localdate())
    demonstration_log.check_people(timezone.localdate())
    demonstration_log.check_own_request_is_held()
    demonstration_log.check_nothing_tells_who_asks()
    assert TimeRecord.objects.values("person").distinct().count() > 3  # so that cost can be shown
    assert all(group.forces.count() > 2 for group in ForceGroup.objects.all())
    before = _how_much_there_is()
    assert "already loaded" in run("load_demo")
    assert _how_much_there_is() == before
    assert "is whole" in run("verify_audit")


def _how_much_there_is() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (FoiRequest, Referral, OutboxMessage, Entry))


def _every_state_is_there() -> None:
    assert FoiRequest.objects.count() >= 1_300
    seldom = {
        Status.RECEIVED,
        Status.AWAITING_APPROVAL,
        Status.READY_TO_ISSUE,
    }  # not on every day after Christmas
    assert set(Status) - set(FoiRequest.objects.values_list("status", flat=True)) <= seldom
    outcomes = Counter(FoiRequest.objects.exclude(outcome="").values_list("outcome", flat=True))
    assert set(Outcome) - set(outcomes) <= {Outcome.NOTHING_LEFT}
    assert FoiRequest.objects.exclude(validity_gaps=[]).exists()


def _a_team_is_at_work(today: date) -> None:
    """Open requests of six officers in every stage, some overdue; one officer away, one gone; reviews owed."""
    live = FoiRequest.objects.exclude(status=Status.CLOSED)
    assert 35 < live.count() < 100
    holders = Counter(live.values_list("officer__email", flat=True))
    assert holders["officer.seven@example.org"] == 2
    assert len(holders) >= 7
    assert live.filter(due_on__lt=today).count() >= 2
    assert FoiRequest.objects.filter(review_due_on__lt=today).exists()
    assert FoiRequest.objects.filter(review_due_on__gte=today).exists()
    assert absences_on(today).get().cover
    assert SupervisionReview.objects.filter(foi_request__in=live).count() > 10
    assert ImprovementPoint.objects.filter(closed_on=None).count() == 3
    sampled = DipSample.objects.get().letters
    assert (sampled.count(), sampled.exclude(result="").count()) == (6, 4)
    assert RecoveryPlan.objects.get().planned.count() > 4


def _nothing_could_not_have_been() -> None:
    """Nothing later than now, no answer on a day off, and no date of a clock that a recompute would change."""
    now, calendar = timezone.now(), current_calendar()
    assert not Entry.objects.filter(at__gt=now).exists()
    assert not OutboxMessage.objects.filter(sent_at__gt=now).exists()
    answered = FoiRequest.objects.exclude(responded_on=None).values_list("responded_on", flat=True)
    assert all(calendar.is_working_day(day) for day in set(answered) if day)
    policy = clock_policy(authority())
    for case in FoiRequest.objects.prefetch_related("clarifications", "recorded_clock_events"):
        found = clock_dates(
            case.received_on, clock_events(case), calendar_for(case), policy_for(case, policy)
        )
        computed = {one.name: getattr(found, one.name) for one in fields(ClockDates)}
        if case.responded_on and not case.is_closed:
            computed["due_on"] = None
        assert computed == {name: getattr(case, name) for name in computed}, case.reference


def _request_2253_is_issued_with_its_figures(tmp_path: Path) -> None:
    out = tmp_path / "2253.pdf"
    digest = run("letter", "2253/2025", "--out", str(out)).strip()

    letter = Letter.objects.get(foi_request__reference="2253/2025", status=LetterStatus.ISSUED)
    assert (letter.issued_on, letter.sha256) == (date(2025, 4, 25), digest)
    text = " ".join(
        " ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(out.read_bytes())).pages
    )
    for row in (
        "A 1 April 2024 31 March 2025 0",
        "B 1 April 2023 31 March 2024 21",
        "C 1 April 2022 31 March 2023 65",
    ):
        assert row in text
    assert "24 June 2025" in text


def _request_2216_is_blocked_by_its_two_wrong_references(tmp_path: Path) -> None:
    out = tmp_path / "2216.pdf"
    run("letter", "2216/2025", "--preview", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-1.7")

    letter = Letter.objects.get(foi_request__reference="2216/2025")
    case = letter.foi_request
    assert (case.status, case.due_on) == (Status.IN_PROGRESS, date(2025, 6, 9))
    facts = collect_facts(letter, letter_date=None, today=TODAY)
    blocking = [gap for gap in letter_gaps(facts) if gap.blocks]
    assert {gap.where for gap in blocking} == {"references"}
    assert {one.key for one in facts.reference_differences} == {
        "missing:698/20",
        "missing:2017/16",
        "unexpected:698/18",
        "unexpected:2107/16",
    }
    by_label = {item.label: item for item in facts.items}
    assert by_label["13"].disposition == Disposition.EXCLUDED
    assert (by_label["14"].disposition, by_label["14"].duplicate_of) == (Disposition.DUPLICATE, "12")


def test_it_is_not_mixed_with_other_requests(tmp_path: Path) -> None:
    drafted_part_refusal(factories.staff())
    with pytest.raises(CommandError, match="Use an empty database"):
        run("load_demo")
