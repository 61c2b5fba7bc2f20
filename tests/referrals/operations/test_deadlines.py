"""The forces' limits and the day advice is due by follow the facts and the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.audit.queries import timeline
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.celery import app
from foitracker.working_days.operations.calendar import confirm_proposals, propose_by_hand
from foitracker.working_days.queries import current_calendar, forget_calendar
from referrals import tasks
from referrals.models import AccessRegime, Referral, ReferralForce, ReferralUnit
from referrals.operations import deadlines
from referrals.operations.deadlines import recompute_at_next_pass, recompute_referrals, refresh_deadlines
from referrals.operations.triage import close_referral
from referrals.queries import reply_dates
from referrals.queries.reply_dates import awaiting_behind
from referrals.rules.workflow import Closing
from tests import factories as people
from tests.referrals.factories import adviser, entry, force, involved, referral, triaged

pytestmark = [pytest.mark.django_db, pytest.mark.services]

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ASKED, CAME = date(2026, 11, 2), date(2026, 11, 4)
#: A day between the two limits below and the day they count from.
HOLIDAY = date(2026, 11, 11)
LANCASHIRE, KENT = "Lancashire Constabulary", "Kent Police"


def with_deadline(**fields: object) -> Referral:
    """Return a log whose force has until 1 December: 30 November is a bank holiday in Scotland."""
    return referral(
        forces=[entry(LANCASHIRE, came=CAME, request_received_on=ASKED)], received_on=CAME, **fields
    )  # type: ignore[arg-type]


def proclaim(*days: date) -> None:
    manager = people.person(Role.MANAGER)
    made = [
        propose_by_hand(
            by=manager,
            at=AT,
            kind="addition",
            day=day,
            divisions=["scotland"],
            title="Jubilee",
            reason="Proclaimed.",
        )[0]
        for day in days
    ]
    confirm_proposals(by=manager, at=AT, ids=[proposal.pk for proposal in made])
    forget_calendar()


def answered(row: ReferralForce) -> None:
    row.outcome, row.outcome_on = "disclosed", AT.date()
    row.save()


def test_the_first_open_deadline_sets_the_day() -> None:
    log = referral(
        forces=[
            entry(LANCASHIRE, came=CAME, request_received_on=ASKED),
            entry(KENT, came=CAME, stated_due_on=date(2026, 11, 27)),
        ],
        received_on=CAME,
    )
    assert log.reply_by == date(2026, 11, 20)
    answered(involved(log, KENT))
    refresh_deadlines(log)
    assert log.reply_by == date(2026, 11, 23), "five working days before 1 December, over a holiday"


def test_what_a_force_states_comes_before_what_we_work_out() -> None:
    log = referral(
        forces=[entry(LANCASHIRE, came=CAME, request_received_on=ASKED, stated_due_on=date(2026, 12, 18))],
        received_on=CAME,
    )
    row = log.forces.get()
    assert (row.due_on, row.deadline) == (date(2026, 12, 1), date(2026, 12, 18))
    assert log.reply_by == date(2026, 12, 11)


def test_a_force_under_another_law_has_the_deadline_it_states_or_none() -> None:
    scotland = force("Police Scotland")
    assert scotland.regime == AccessRegime.FOISA
    log = referral(forces=[entry(scotland, came=CAME, request_received_on=ASKED)], received_on=CAME)
    assert log.forces.get().deadline is None
    assert log.reply_by == date(2026, 11, 18), "ten working days after the form came"


def test_a_day_no_calendar_reaches_is_refused_naming_the_force() -> None:
    with pytest.raises(NotPossible, match=r"Lancashire Constabulary: .*outside the working-day calendar"):
        referral(
            forces=[
                entry(LANCASHIRE, came=date(2030, 12, 30), request_received_on=date(2030, 12, 20)),
            ],
            received_on=date(2030, 12, 30),
        )


def test_the_units_own_days_count() -> None:
    ReferralUnit.objects.filter(pk=1).update(reply_days_before=10, reply_days_without_deadline=3)
    assert with_deadline().reply_by == date(2026, 11, 16)
    assert referral(received_on=CAME).reply_by == date(2026, 11, 9)


def test_a_new_holiday_moves_limits_and_days_and_is_on_the_trail() -> None:
    log, undated = with_deadline(), referral(received_on=CAME)
    proclaim(HOLIDAY)
    result = recompute_referrals(at=AT)
    assert (result.looked_at, result.moved, result.not_possible) == (2, 2, ())
    version = log.version
    log.refresh_from_db()
    undated.refresh_from_db()
    assert (log.forces.get().due_on, log.reply_by) == (date(2026, 12, 2), date(2026, 11, 24))
    assert undated.reply_by == date(2026, 11, 19)
    assert log.version == version + 1
    told = timeline(log.reference)[0]
    assert (told.event, told.actor) == ("reply_date_moved", None)
    assert told.detail == {
        "reply_by_before": "2026-11-23",
        "reply_by_after": "2026-11-24",
        "deadlines": [{"force": LANCASHIRE, "before": "2026-12-01", "after": "2026-12-02"}],
        "calendar_version": current_calendar().version,
        "version": log.version,
    }


def test_a_page_opened_before_the_date_moved_is_told() -> None:
    kim = adviser()
    log = with_deadline(by=kim)
    proclaim(HOLIDAY)
    recompute_referrals(at=AT)
    with pytest.raises(CaseChanged):
        triaged(log, by=kim, seen_version=log.version)


def test_a_second_pass_changes_nothing() -> None:
    with_deadline()
    proclaim(HOLIDAY)
    recompute_referrals(at=AT)
    before = list(Referral.objects.values())
    assert recompute_referrals(at=AT).looked_at == 0
    assert list(Referral.objects.values()) == before


def test_what_does_not_move_gets_the_version_and_no_entry() -> None:
    log = with_deadline()
    proclaim(date(2027, 6, 7))
    result = recompute_referrals(at=AT)
    assert (result.looked_at, result.moved) == (1, 0)
    version = log.version
    log.refresh_from_db()
    assert (log.calendar_version, log.version) == (current_calendar().version, version)
    assert not timeline(log.reference).filter(event="reply_date_moved").exists()


def test_a_closed_log_and_a_force_that_has_answered_keep_their_dates() -> None:
    kim = adviser()
    closed, answered_log = with_deadline(by=kim), with_deadline(by=kim)
    close_referral(
        referral_id=closed.pk, by=kim, at=AT, today=AT.date(), closing=Closing.WITHDRAWN, reason="Withdrawn."
    )
    answered(answered_log.forces.get())
    proclaim(HOLIDAY)
    assert recompute_referrals(at=AT).looked_at == 1
    assert closed.forces.get().due_on == answered_log.forces.get().due_on == date(2026, 12, 1)


def test_a_log_that_cannot_be_computed_stops_no_other() -> None:
    first, odd, last = with_deadline(), with_deadline(), with_deadline()
    Referral.objects.filter(pk=odd.pk).update(received_on=date(2045, 1, 1))
    proclaim(HOLIDAY)
    result = recompute_referrals(at=AT)
    assert (result.looked_at, result.moved, result.not_possible) == (3, 2, (odd.reference,))
    for log in (first, last):
        log.refresh_from_db()
        assert log.reply_by == date(2026, 11, 24)


def test_after_a_crash_in_the_middle_the_next_run_does_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    many_logs(30)
    monkeypatch.setattr(reply_dates, "CHUNK", 10)
    real, done = deadlines.record_events, []

    def dies_in_the_second_chunk(**arguments: object) -> int:
        done.append(arguments)
        if len(done) == 2:
            raise MemoryError
        return real(**arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(deadlines, "record_events", dies_in_the_second_chunk)
    with pytest.raises(MemoryError):
        recompute_referrals(at=AT)
    version = current_calendar().version
    assert awaiting_behind(version).count() == 20
    monkeypatch.setattr(deadlines, "record_events", real)
    assert recompute_referrals(at=AT).looked_at == 20
    assert awaiting_behind(version).count() == 0
    call_command("verify_audit")


def test_statements_do_not_grow_with_the_logs(django_assert_max_num_queries: object) -> None:
    many_logs(900)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert recompute_referrals(at=AT).moved == 900


def test_the_task_does_the_pass_and_beat_starts_it() -> None:
    log = with_deadline()
    assert recompute_at_next_pass() == 1
    Referral.objects.filter(pk=log.pk).update(reply_by=date(2026, 11, 5))
    tasks.recompute_reply_dates()
    log.refresh_from_db()
    assert log.reply_by == date(2026, 11, 23)
    planned = [entry["task"] for entry in app.conf.beat_schedule.values()]
    assert tasks.recompute_reply_dates.name in planned


def many_logs(number: int, *, by: User | None = None) -> None:
    """Return logs of one force each, put straight into the database, with no dates worked out yet."""
    by, lancashire = by or adviser(), force(LANCASHIRE)
    logs = Referral.objects.bulk_create(
        Referral(
            number=count,
            year=2026,
            log_number=f"{count}/26",
            scope="single",
            received_on=CAME + timedelta(days=count % 7),
            subject="Patrols",
            wording="How many patrols?",
            logged_by=by,
            logged_at=AT,
        )
        for count in range(1, number + 1)
    )
    ReferralForce.objects.bulk_create(
        ReferralForce(
            referral=log,
            force=lancashire,
            role="referred_by",
            trigger="advice",
            form_received_on=log.received_on,
            first_contact_on=log.received_on,
            request_received_on=ASKED,
        )
        for log in logs
    )
