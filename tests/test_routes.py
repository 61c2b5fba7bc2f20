"""Every route with every role and with none: who is let in, and who is told why not."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from foitracker.accounts.models import Absence, User
from foitracker.accounts.roles import Role
from foitracker.audit.models import RecordedAccess
from foitracker.mail.models import OutboxMessage
from foitracker.mail.operations import queue_message
from foitracker.reminders.operations.messages import DIGEST
from foitracker.reminders.operations.people import enter_absence
from requests_app.models import FoiRequest, Grade, GradeRate, LinkKind, OfficerGrade, Regulator, TimeRecord
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.clock_events import ClockFact, record_clock_event
from requests_app.operations.consultation import place_hold
from requests_app.operations.contact_tasks import promise_contact
from requests_app.operations.intake import link_requests
from requests_app.operations.showing import show_request
from requests_app.operations.time_spent import TimeSpent, record_time
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.kinds.review import REVIEW_RECEIVED
from tests.dashboard.returns import routes as returns
from tests.factories import Staff
from tests.referrals import routes as referrals
from tests.requests_app.operations.part_refusal import AT, WORKED, WorkedCase, drafted_part_refusal
from tests.requests_app.overseen import supervised

pytestmark = [pytest.mark.django_db, pytest.mark.services]

CASEWORK = {Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.CRU_ADVISER, Role.REVIEWER, Role.MANAGER}
READERS = CASEWORK | {Role.AUDITOR}
LOGGERS = {Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.MANAGER}
IDENTITY = {Role.INTAKE, Role.OFFICER, Role.DECISION_MAKER, Role.REVIEWER}
WORKERS = {Role.OFFICER, Role.DECISION_MAKER}
REVIEWERS = {Role.REVIEWER, Role.MANAGER}
ADMINISTRATOR = {Role.ADMINISTRATOR}
MANAGER = {Role.MANAGER}
TRAIL = {Role.AUDITOR, Role.MANAGER}
EVERYBODY = set(Role)
#: Open to those who have not signed in.
PUBLIC = {"health", "status:report", "account_login", "accounts:set_password", "requests_app:calendar_feed"}

#: Where nothing is wrong with the page itself: no worker runs here.
TELLS_BY_503 = "status:report"

ALLOWED: dict[str, set[Role]] = {
    "health": EVERYBODY,
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "dashboard:home": EVERYBODY,
    "dashboard:my_work": EVERYBODY,
    "dashboard:team_today": MANAGER,
    "dashboard:hand_over": MANAGER,
    "dashboard:settings": ADMINISTRATOR,
    "dashboard:performance": READERS,
    "dashboard:performance_charts": READERS,
    # By topic, as the addresses below have it; by officer only managers.
    "dashboard:performance_by": READERS,
    "dashboard:performance_by_csv": READERS,
    "dashboard:cost": READERS,
    "dashboard:forecast": READERS,
    "requests_app:register": READERS,
    "requests_app:register_csv": READERS,
    "requests_app:new_request": LOGGERS,
    "requests_app:due": EVERYBODY,
    "requests_app:due_pdf": EVERYBODY,
    "requests_app:calendar_feed": EVERYBODY,
    "requests_app:calendar_feed_page": READERS,
    "requests_app:calendar_feed_revoke": EVERYBODY,
    "requests_app:authority": ADMINISTRATOR,
    "requests_app:regulator_add": ADMINISTRATOR,
    "requests_app:regulator_confirm": ADMINISTRATOR,
    "requests_app:regulator_remove": ADMINISTRATOR,
    **{
        f"requests_app:{name}": ADMINISTRATOR
        for name in (
            "grades",
            "grade_add",
            "grade_change",
            "grade_rate",
            "grade_rate_remove",
            "officer_grade",
            "officer_grade_remove",
        )
    },
    "working_days:calendar": MANAGER | ADMINISTRATOR,
    "working_days:calendar_decide": MANAGER,
    "working_days:calendar_propose": MANAGER,
    "requests_app:due_dates_seen": WORKERS,
    "requests_app:components": ADMINISTRATOR,
    "requests_app:casefile": READERS,
    "requests_app:clock_working_pdf": READERS,
    "requests_app:details": LOGGERS,
    "requests_app:applicant": IDENTITY,
    "requests_app:applicant_change": IDENTITY,
    "requests_app:sealed_words": IDENTITY,
    "requests_app:maskings_lift": IDENTITY,
    "requests_app:words_mask": IDENTITY | LOGGERS,
    "requests_app:applicant_mask": IDENTITY | LOGGERS,
    "requests_app:applicant_leave_in": IDENTITY | LOGGERS,
    "requests_app:assign": LOGGERS,
    "requests_app:link": LOGGERS,
    "requests_app:unlink": LOGGERS,
    "requests_app:note": CASEWORK,
    "requests_app:time_add": CASEWORK,
    # Besides whoever recorded the hours.
    **{f"requests_app:time_{name}": MANAGER for name in ("correct", "remove")},
    "requests_app:hold_override": WORKERS,
    "requests_app:promise": WORKERS,
    "requests_app:promise_said": WORKERS,
    "requests_app:show": LOGGERS,
    "requests_app:show_end": LOGGERS,
    "requests_app:shown": {Role.OUTSIDE_READER},
    "requests_app:close": WORKERS,
    **dict.fromkeys(
        (
            f"requests_app:{name}"
            for name in (
                "case_supervise",
                "case_action_done",
                "case_sampled",
                "supervision",
                "supervision_reviews",
                "supervision_reviews_csv",
                "supervision_actions",
                "supervision_actions_csv",
                "dip_samples",
                "dip_sample_draw",
                "dip_sample",
                "dip_sample_csv",
                "recovery_plans",
                "recovery_make",
                "recovery_plan",
                "recovery_plan_csv",
                "recovery_text",
                "triage",
                "triage_keep",
                "triage_sheets",
                "triage_print",
                "triage_pdf",
            )
        ),
        MANAGER,
    ),
    **{
        f"returns:{name}": READERS
        for name in (
            "returns",
            "returns_csv",
            "return",
            "return_csv",
            "return_workbook",
            "cases",
            "cases_csv",
            "changes",
            "changes_csv",
            "pack",
        )
    },
    **{
        f"returns:{name}": MANAGER
        for name in (
            "make",
            "make_kind",
            "schedules",
            "schedule_set",
            "schedule_change",
            "schedule_stop",
            "again",
            "commentary",
            "approve",
            "pack_order",
        )
    },
    **{f"improvement:{name}": MANAGER for name in ("points", "points_csv", "add", "change", "close")},
    "requests_app:items": WORKERS,
    "requests_app:items_decide": WORKERS,
    "requests_app:item_decide": WORKERS,
    "requests_app:figures": WORKERS,
    "requests_app:search_add": WORKERS,
    "requests_app:holding": WORKERS,
    "requests_app:claim_add": WORKERS,
    "requests_app:claim_add_section": WORKERS,
    "requests_app:claim_change": WORKERS,
    "requests_app:claim_withdraw": WORKERS,
    "requests_app:clarification_ask": WORKERS,
    "requests_app:clarification_answer": WORKERS,
    "requests_app:clock": READERS,
    "requests_app:clock_event": WORKERS | REVIEWERS,
    "requests_app:clock_correct": WORKERS | REVIEWERS,
    "requests_app:clock_withdraw": WORKERS | REVIEWERS,
    "requests_app:clarification_correct": WORKERS,
    "requests_app:clarification_withdraw": WORKERS,
    "requests_app:letter_draft": WORKERS,
    "requests_app:letter": IDENTITY | {Role.MANAGER},
    "requests_app:letter_html": IDENTITY | {Role.MANAGER},
    "requests_app:letter_pdf": IDENTITY | {Role.MANAGER},
    "requests_app:letter_submit": WORKERS,
    "requests_app:letter_return": WORKERS | {Role.MANAGER},
    "requests_app:letter_approve": {Role.DECISION_MAKER, Role.MANAGER},
    "requests_app:letter_issue": WORKERS | {Role.INTAKE},
    "requests_app:letter_correct": WORKERS,
    "requests_app:letter_abandon": WORKERS,
    "requests_app:letter_again": LOGGERS,
    "requests_app:letter_returned": LOGGERS,
    "requests_app:address_at_fault": WORKERS,
    "status:status": MANAGER | ADMINISTRATOR,
    "status:report": MANAGER | ADMINISTRATOR,
    "reminders:reminders": EVERYBODY,
    "reminders:read_all": EVERYBODY,
    "reminders:read": EVERYBODY,
    "reminders:preferences": EVERYBODY,
    "reminders:absences": CASEWORK,
    "reminders:absence_enter": CASEWORK,
    "reminders:absence_end": MANAGER,
    "reminders:settings": MANAGER | ADMINISTRATOR,
    "reminders:digest_time": MANAGER | ADMINISTRATOR,
    "reminders:kind": MANAGER | ADMINISTRATOR,
    "outbox:outbox": MANAGER,
    "outbox:download": MANAGER,
    "outbox:again": MANAGER | {Role.CRU_ADVISER},
    "outbox:returned": MANAGER | {Role.CRU_ADVISER},
    "accounts:users": ADMINISTRATOR,
    "accounts:download_users": ADMINISTRATOR,
    "accounts:add_user": ADMINISTRATOR,
    "accounts:user": ADMINISTRATOR,
    "accounts:deactivate_user": ADMINISTRATOR,
    "accounts:reactivate_user": ADMINISTRATOR,
    "accounts:send_password_link": ADMINISTRATOR,
    "accounts:set_password": EVERYBODY,
    "trail:download": TRAIL,
    "trail:trail": TRAIL,
    **referrals.ALLOWED,
}

#: Pages that more people read than send: a statistic is counted by all, and saved by some.
ALLOWED_TO_POST: dict[str, set[Role]] = {"referrals:statistics": CASEWORK}


def routes(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}"


@pytest.fixture
def worked(staff: Staff) -> WorkedCase:
    return drafted_part_refusal(staff)


@pytest.fixture
def contact() -> User:
    """Someone who acts for the force whose log is there."""
    return User.objects.create_user(
        "contact@second.example.org", "irrelevant", name="Contact", roles=[Role.FORCE_CONTACT]
    )


@pytest.fixture
def addresses(staff: Staff, worked: WorkedCase, contact: User) -> dict[str, str]:
    """An address for every route, with things that exist."""
    case, letter = worked.case, worked.letter
    other = drafted_part_refusal(staff).case
    link = link_requests(case_id=case.pk, by=staff.officer, at=AT, other=other, kind=LinkKind.RELATED_TO)
    common: dict[str, Any] = {"case_id": case.pk, "by": staff.officer, "at": AT, "today": WORKED}
    hold = place_hold(case_id=case.pk, by=staff.officer, at=AT, awaited="CRU log 1/26", page="/")
    promise = promise_contact(**common, promised="When it will be sent.", due_on=WORKED)
    reader = User.objects.create_user(
        "reader@second.example.org", "irrelevant", name="Reader", roles=[Role.OUTSIDE_READER]
    )
    showing = show_request(case_id=case.pk, by=staff.officer, at=AT, reader=reader)
    review = record_clock_event(**common, fact=ClockFact(REVIEW_RECEIVED, WORKED))
    answered = ask_clarification(**common, asked_on=WORKED, question="Which map?")
    answer_clarification(
        **common,
        answered_on=WORKED,
        answer="The one of 2025.",
        effect=ClockEffect.NARROWS,
        effect_reason="It could be answered.",
        excluded_item_ids=[],
    )
    overseen = supervised(staff, case)
    at = [case.year, case.number]
    item = worked.items["1"]
    arguments = {
        **{
            name: at
            for name in ALLOWED
            if name.startswith("requests_app:") and name.partition(":")[2] not in _WITHOUT_A_CASE
        },
        **{f"dashboard:performance_by{end}": ["topic"] for end in ("", "_csv")},
        "requests_app:unlink": [*at, link.pk],
        "requests_app:hold_override": [*at, hold.pk],
        "requests_app:promise_said": [*at, promise.pk],
        "requests_app:show_end": [*at, showing.pk],
        "requests_app:case_action_done": [*at, overseen.review.pk],
        "requests_app:case_sampled": [*overseen.answered, overseen.sampled.pk],
        **{f"requests_app:dip_sample{end}": [overseen.sampled.sample_id] for end in ("", "_csv")},
        **{f"requests_app:recovery_{name}": [overseen.plan.pk] for name in ("plan", "plan_csv", "text")},
        **returns.arguments(),
        **{f"improvement:{name}": [overseen.point.pk] for name in ("change", "close")},
        **{f"requests_app:time_{act}": [*at, _time(staff, case).pk] for act in ("correct", "remove")},
        **_grade_addresses(staff),
        "requests_app:item_decide": [*at, item],
        "requests_app:figures": [*at, item],
        "requests_app:claim_add_section": [*at, "31"],
        "requests_app:claim_change": [*at, case.claims.get().pk],
        "requests_app:claim_withdraw": [*at, case.claims.get().pk],
        "requests_app:clock_event": [*at, "internal-review-extended"],
        **{f"requests_app:clock_{act}": [*at, review.pk] for act in ("correct", "withdraw")},
        **{f"requests_app:clarification_{act}": [*at, answered.pk] for act in ("correct", "withdraw")},
        "requests_app:letter_draft": [*at, "answer"],
        **{name: [*at, letter.pk] for name in _OF_A_LETTER},
        "requests_app:address_at_fault": [*at, letter.pk, 1],
        **{name: [_notice(case).pk] for name in ("outbox:again", "outbox:returned")},
        "reminders:read": [1],
        "reminders:kind": ["overdue"],
        "reminders:absence_end": [_absence(staff).pk],
        "requests_app:regulator_confirm": [Regulator.objects.latest("from_date").pk],
        "requests_app:regulator_remove": [Regulator.objects.latest("from_date").pk],
        **{name: [staff.intake.pk] for name in _OF_A_USER},
        "accounts:set_password": ["MQ", "none-such"],
        "requests_app:calendar_feed": ["none-such"],
    }
    own = [
        name for name in ALLOWED if not name.startswith("referrals:")
    ]  # in this order: sending the forms changes things
    return {name: reverse(name, args=arguments.get(name, [])) for name in own} | referrals.addresses(
        case, contact
    )


def _time(staff: Staff, case: FoiRequest) -> TimeRecord:
    grade, _ = Grade.objects.get_or_create(name="Band C")
    spent = TimeSpent(worked_on=WORKED, hours=Decimal(1), grade=grade)
    return record_time(case_id=case.pk, by=staff.officer, at=AT, today=WORKED, spent=spent)


def _grade_addresses(staff: Staff) -> dict[str, list[int]]:
    grade, _ = Grade.objects.get_or_create(name="Band C")
    rate = GradeRate.objects.create(grade=grade, from_on=WORKED, hourly=20)
    row = OfficerGrade.objects.create(person=staff.officer, grade=grade, from_on=WORKED)
    return {
        "requests_app:grade_change": [grade.pk],
        "requests_app:grade_rate_remove": [rate.pk],
        "requests_app:officer_grade_remove": [row.pk],
    }


def _absence(staff: Staff) -> Absence:
    return enter_absence(
        person=staff.intake, from_on=WORKED, to_on=WORKED, cover=None, by=staff.intake, at=AT, today=WORKED
    )


def _notice(case: FoiRequest) -> OutboxMessage:
    """An e-mail to a colleague that was handed to the mail server."""
    queued = {"key": "notice", "to": "a@example.org", "subject": "", "body": "", "attachments": []}
    with transaction.atomic():
        message = queue_message(kind=DIGEST, about=case.reference, page="/", at=AT, **queued)
    OutboxMessage.objects.filter(pk=message.pk).update(status="sent", sent_at=AT, next_attempt_at=None)
    return message


_OF_A_LETTER = {name for name in ALLOWED if name.startswith("requests_app:letter")} - {
    "requests_app:letter_draft"
}
_OF_A_USER = {
    "accounts:user",
    "accounts:deactivate_user",
    "accounts:reactivate_user",
    "accounts:send_password_link",
}
_WITHOUT_A_CASE = {
    "home", "team_today", "hand_over",
    "my_work", "register", "register_csv", "new_request", "settings", "authority", "regulator_add",
    "regulator_confirm", "regulator_remove", "components", "calendar", "calendar_decide", "calendar_propose",
    "due_dates_seen", "due", "due_pdf", "shown", "supervision", "supervision_reviews", "supervision_reviews_csv",
    "supervision_actions", "supervision_actions_csv", "dip_samples", "dip_sample_draw", "recovery_plans",
    "recovery_make", "triage", "triage_keep", "triage_sheets", "triage_print", "triage_pdf",
    "calendar_feed", "calendar_feed_page", "calendar_feed_revoke", "grades", "grade_add", "grade_change",
    "grade_rate", "grade_rate_remove", "officer_grade", "officer_grade_remove",
}  # fmt: skip


def test_every_route_is_in_the_table() -> None:
    assert sorted(set(routes(get_resolver().url_patterns))) == sorted(ALLOWED)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_is_let_in_where_it_belongs_and_nowhere_else(
    role: Role, method: str, staff: Staff, contact: User, addresses: dict[str, str]
) -> None:
    person = contact
    if role != Role.FORCE_CONTACT:
        person = User.objects.create_user(
            f"{role}@second.example.org", "irrelevant", name=role.label, roles=[role]
        )
    wrong = []
    client = Client()
    client.force_login(person)
    # Who takes part does not approve, so approval is tried before any form is sent; signing out comes last.
    order = {"requests_app:letter_approve": -1, "account_logout": 1}
    for name, address in sorted(addresses.items(), key=lambda one: order.get(one[0], 0)):
        before = RecordedAccess.objects.count()
        status = getattr(client, method)(address).status_code
        if (status < 300 or status in {400, 403, 409, 422}) and RecordedAccess.objects.count() == before:
            wrong.append(f"{name}: {status} left no access")
        if status == 405:  # no such method for anyone
            continue
        allowed = ALLOWED_TO_POST.get(name, ALLOWED[name]) if method == "post" else ALLOWED[name]
        is_broken = status >= 500 and name != TELLS_BY_503
        if (status == 403) == (role in allowed) or is_broken:
            wrong.append(f"{name}: {status}")
    assert wrong == []


def test_without_signing_in_every_page_leads_to_the_sign_in(
    addresses: dict[str, str], client: Client
) -> None:
    open_to_all = set()
    for name, address in addresses.items():
        response = client.get(address)
        if not (response.status_code == 302 and response["Location"].startswith(reverse("account_login"))):
            open_to_all.add(name)
    assert open_to_all == PUBLIC
