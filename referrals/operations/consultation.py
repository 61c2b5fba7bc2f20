"""Operations of consultation: ask a portfolio lead by reference only, and record the reply."""

from datetime import date, datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.record import save_with_event
from foitracker.casework.refusals import NotPossible
from foitracker.mail.operations import queue_message
from foitracker.pages.words import short_date
from foitracker.working_days.calendar import CalendarNotCovered
from foitracker.working_days.queries import current_calendar
from referrals.events.advice import CONSULTATION_REPLIED, LEAD_CONSULTED
from referrals.letters.pack import pack_name, pack_pdf
from referrals.models import (
    Consultation,
    Correspondence,
    CorrespondenceKind,
    Direction,
    PortfolioLead,
    Referral,
)
from referrals.operations.checked_words import check_nothing_open, check_words
from referrals.operations.logwork import check_open, lock_referral
from referrals.operations.messages import QUESTION, message_to_lead
from referrals.operations.other_forces import check_for_lead, check_pack
from referrals.queries.pack_facts import pack_for_lead
from referrals.queries.unit import unit


@transaction.atomic
def consult(
    *,
    referral_id: int,
    by: User,
    at: datetime,
    today: date,
    lead_id: int,
    question: str,
    reply_by: date | None = None,
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> Consultation:
    """Ask a portfolio lead about a log, by its number only, and record the question.

    A lead with a mailbox gets an e-mail with the question, the wording and the referral pack; one without is
    asked by other means. Without `reply_by` the lead has the unit's usual working days. Raises NotPossible
    for a lead no longer in use or still being asked, a day that leaves no time, and words that may not be
    kept.
    """
    check_can(Permission.WORK_REFERRAL, by)
    referral = lock_referral(pk=referral_id, seen_version=seen_version)
    check_open(referral)
    lead = PortfolioLead.objects.filter(pk=lead_id, is_in_use=True).first()
    if lead is None:
        raise NotPossible("This portfolio lead is no longer in use. Choose another.", field="lead")
    words = check_words(referral, question, confirmed=identity_confirmed, field="question")
    check_nothing_open(words.text, field="question")
    check_for_lead(referral, [("question", words.text)])
    _check_not_being_asked(referral, lead)
    asked = Consultation.objects.create(
        referral=referral,
        lead=lead,
        question=words.text,
        asked_on=today,
        asked_by=by,
        reply_by=_reply_by(reply_by, today),
    )
    Correspondence.objects.create(
        referral=referral,
        consultation=asked,
        direction=Direction.OUT,
        kind=CorrespondenceKind.CONSULTATION,
        dated_on=today,
        text=words.text,
        message_key=_send(asked, at) if lead.email else "",
        recorded_by=by,
        recorded_at=at,
    )
    detail = {
        "lead": lead.portfolio,
        "reply_by": asked.reply_by.isoformat(),
        "by_email": bool(lead.email),
        **words.facts,
    }
    save_with_event(referral, event=LEAD_CONSULTED, by=by, at=at, detail=detail)
    return asked


@transaction.atomic
def record_reply(
    *,
    consultation_id: int,
    by: User,
    at: datetime,
    today: date,
    replied_on: date,
    reply: str,
    identity_confirmed: bool = False,
    seen_version: int | None = None,
) -> Consultation:
    """Record what a portfolio lead replied and when. A closed log accepts it too.

    Raises NotPossible for a second reply (that is correspondence), and a day in the future or before the
    question.
    """
    check_can(Permission.WORK_REFERRAL, by)
    log_id = Consultation.objects.values_list("referral_id", flat=True).get(pk=consultation_id)
    referral = lock_referral(pk=log_id, seen_version=seen_version)
    asked = referral.consultations.select_related("lead").get(pk=consultation_id)
    words = check_words(referral, reply, confirmed=identity_confirmed, field="reply")
    if asked.replied_on:
        raise NotPossible(
            f"A reply of {short_date(asked.replied_on)} has been recorded. Record what came later as correspondence."
        )
    if not asked.asked_on <= replied_on <= today:
        raise NotPossible(
            f"The reply came between {short_date(asked.asked_on)}, when the lead was asked, and today.",
            field="replied_on",
        )
    asked.replied_on, asked.reply = replied_on, words.text
    asked.save()
    Correspondence.objects.create(
        referral=referral,
        consultation=asked,
        direction=Direction.IN,
        kind=CorrespondenceKind.CONSULTATION,
        dated_on=replied_on,
        text=words.text,
        recorded_by=by,
        recorded_at=at,
    )
    detail = {"lead": asked.lead.portfolio, "replied_on": replied_on.isoformat(), **words.facts}
    save_with_event(referral, event=CONSULTATION_REPLIED, by=by, at=at, detail=detail)
    return asked


def _check_not_being_asked(referral: Referral, lead: PortfolioLead) -> None:
    if referral.consultations.filter(lead=lead, replied_on__isnull=True).exists():
        raise NotPossible(
            f"{lead} has been asked about this log and has not replied yet. Chase, or record the reply first.",
            field="lead",
        )


def usual_reply_by(today: date) -> date | None:
    """Return the day a lead asked today replies by; None when the calendar does not reach it."""
    try:
        return current_calendar().add_working_days(today, unit().consultation_days)
    except CalendarNotCovered:
        return None


def _reply_by(wanted: date | None, today: date) -> date:
    day = wanted or usual_reply_by(today)
    if day is None:
        raise NotPossible(
            "The calendar does not reach that far. Enter the day to reply by.", field="reply_by"
        )
    if day < today:
        raise NotPossible("The day to reply by has passed. Enter a later one.", field="reply_by")
    return day


def _send(asked: Consultation, at: datetime) -> str:
    """Queue the e-mail with the pack; return its key."""
    facts = pack_for_lead(asked, as_at=at)
    check_pack(asked.referral, facts, None)
    message = message_to_lead(
        asked,
        kind=QUESTION,
        key=asked.message_key,
        marking=facts.marking,
        paragraphs=[
            f"Please reply by {short_date(asked.reply_by)}, and give the log number.",
            f"What we ask of you:\n{asked.question}",
            f"The words of the request:\n{asked.referral.wording}",
            "The referral pack is attached. It says nothing about who made the request; please do not ask for it.",
        ],
    )
    queue_message(
        kind=message.kind,
        about=message.about,
        page=message.page,
        key=message.key,
        to=message.to,
        subject=message.subject,
        body=message.body,
        attachments=[(pack_name(facts), pack_pdf(facts), "application/pdf")],
        at=at,
    )
    return message.key
