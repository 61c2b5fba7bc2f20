"""Plays a request of the demonstration: each step by the operation that its page calls, at a time long past."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import singledispatch
from types import MappingProxyType
from typing import Any

from dashboard.demonstration.data import request_steps as steps
from dashboard.demonstration.data.days import next_day
from dashboard.demonstration.data.team.words import FUNCTION
from dashboard.demonstration.player.people import Staff
from foitracker.accounts.models import User
from foitracker.mail.models import OutboxMessage
from requests_app.letters.kinds import answer_to
from requests_app.models import Despatch, FoiRequest, Letter, Topic
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.clock_events import record_clock_event
from requests_app.operations.closure import close_unanswered
from requests_app.operations.contact_tasks import promise_contact
from requests_app.operations.decision import (
    FigureDraft,
    ItemDraft,
    decide_item,
    record_search,
    set_figures,
    set_items,
)
from requests_app.operations.delivery import delivery_key, record_letter_returned
from requests_app.operations.exemption import claim_exemption
from requests_app.operations.intake import (
    Details,
    assign,
    change_details,
    link_requests,
    log_request,
    write_note,
)
from requests_app.operations.issue import Lateness, issue_letter
from requests_app.operations.response import approve_letter, draft_letter, submit_letter
from requests_app.operations.showing import show_request
from requests_app.operations.supervision import close_supervision_action, record_supervision
from requests_app.rules.casework.dispositions import Disposition, outcome
from requests_app.rules.casework.lateness import LateReason, LateStep
from requests_app.rules.casework.reference import RequestReference

_LATENESS = (
    Lateness(LateReason.INFORMATION, LateStep.SEARCH),
    Lateness(LateReason.VOLUME, LateStep.DECISION),
    Lateness(LateReason.APPROVAL, LateStep.APPROVAL),
    Lateness(LateReason.ADVICE, LateStep.CONSULTATION),
)


@dataclass
class RequestInPlay:
    """A logged request, the keys of its items by label, and the letter drafted last.

    `earlier` are the requests that it may be linked to, by name.
    """

    planned: steps.PlannedRequest
    case: FoiRequest
    staff: Staff
    today: date
    earlier: Mapping[str, FoiRequest]
    items: dict[str, int] = field(default_factory=dict)
    letter: Letter = field(init=False)

    def day(self, step: steps.RequestStep) -> date:
        """Return the day of a step: after today nothing has happened yet."""
        return step.on or min(next_day(self.planned.received_on, step.after), self.today)

    def at(self, step: steps.RequestStep) -> datetime:
        """Return the time of a step, which is not later than now."""
        return self.staff.not_to_come(datetime.combine(self.day(step), step.at, tzinfo=UTC))

    @property
    def officer(self) -> User:
        """Who works on it."""
        return self.staff.officers[self.planned.officer]

    def by_officer(self, step: steps.RequestStep) -> dict[str, Any]:
        """Return what every operation of the officer's is told: on which case, by whom, when."""
        return {"case_id": self.case.pk, "by": self.officer, "at": self.at(step)}

    def keys(self, labels: Iterable[str]) -> list[int]:
        """Return the keys of items, by their labels."""
        return [self.items[label] for label in labels]


def take_all(playing: RequestInPlay) -> None:
    """Take the steps of a logged request, in their order."""
    for step in playing.planned.steps:
        take(step, playing)


def log(
    planned: steps.PlannedRequest,
    staff: Staff,
    today: date,
    earlier: Mapping[str, FoiRequest] = MappingProxyType({}),
) -> RequestInPlay:
    """Log a request on the day it came. Return it, ready for its steps."""
    existing = RequestReference(planned.number, planned.received_on.year) if planned.number else None
    case = log_request(
        by=staff.intake,
        at=staff.not_to_come(datetime.combine(planned.received_on, time(9), tzinfo=UTC)),
        today=planned.received_on,
        details=_details(planned),
        words=planned.words,
        identity=planned.identity,
        existing=existing,
    )
    return RequestInPlay(planned, case, staff, today, earlier)


def _details(planned: steps.PlannedRequest, interpretation: str = "") -> Details:
    return Details(
        received_on=planned.received_on,
        channel=planned.channel,
        subject=planned.subject,
        regime=planned.regime,
        topic=Topic.objects.get(name=planned.topic) if planned.topic else None,
        designated_function=FUNCTION,
        priority=planned.priority,
        priority_reason=planned.priority_reason,
        interpretation=interpretation,
    )


@singledispatch
def take(step: steps.RequestStep, playing: RequestInPlay) -> None:
    """Take one step of a request."""
    raise NotImplementedError(type(step).__name__)


@take.register
def _take_up(step: steps.TakeUp, playing: RequestInPlay) -> None:
    staff = playing.staff
    assign(case_id=playing.case.pk, by=staff.intake, at=playing.at(step), officer=playing.officer)


@take.register
def _change_details(step: steps.ChangeDetails, playing: RequestInPlay) -> None:
    change_details(
        **playing.by_officer(step),
        today=playing.day(step),
        details=_details(playing.planned, step.interpretation),
    )


@take.register
def _link(step: steps.Link, playing: RequestInPlay) -> None:
    link_requests(
        **playing.by_officer(step),
        other=playing.earlier[step.to],
        kind=step.kind,
        quote_words=step.quote_words,
    )


@take.register
def _note(step: steps.Note, playing: RequestInPlay) -> None:
    write_note(**playing.by_officer(step), text=step.text)


@take.register
def _promise(step: steps.Promise, playing: RequestInPlay) -> None:
    day = playing.day(step)
    promise_contact(**playing.by_officer(step), promised=step.promised, due_on=step.by, today=day)


@take.register
def _show(step: steps.Show, playing: RequestInPlay) -> None:
    staff = playing.staff
    show_request(case_id=playing.case.pk, by=staff.intake, at=playing.at(step), reader=staff.outside_reader)


@take.register
def _split(step: steps.Split, playing: RequestInPlay) -> None:
    drafts = [ItemDraft(label, text) for label, text in playing.planned.items]
    set_items(**playing.by_officer(step), items=drafts)
    playing.items = dict(playing.case.items.values_list("label", "pk"))


@take.register
def _ask_clarification(step: steps.AskClarification, playing: RequestInPlay) -> None:
    day = playing.day(step)
    ask_clarification(**playing.by_officer(step), asked_on=day, question=step.question, today=day)


@take.register
def _answer_clarification(step: steps.AnswerClarification, playing: RequestInPlay) -> None:
    day = playing.day(step)
    answer_clarification(
        **playing.by_officer(step),
        answered_on=day,
        answer=step.answer,
        effect=step.effect,
        effect_reason=step.effect_reason,
        excluded_item_ids=playing.keys(step.excluded),
        today=day,
    )


@take.register
def _record(step: steps.Record, playing: RequestInPlay) -> None:
    record_clock_event(**playing.by_officer(step), today=playing.day(step), fact=step.fact)


@take.register
def _supervise(step: steps.Supervise, playing: RequestInPlay) -> None:
    day = playing.day(step)
    record_supervision(
        case_id=playing.case.pk,
        by=playing.staff.manager,
        at=playing.at(step),
        today=day,
        reviewed_on=day,
        direction=step.direction,
        action=step.action,
        action_due_on=step.action_due_on,
        action_by=playing.officer if step.action else None,
    )


@take.register
def _act(step: steps.Act, playing: RequestInPlay) -> None:
    close_supervision_action(
        **playing.by_officer(step),
        review_id=playing.case.supervision_reviews.latest("pk").pk,
        today=playing.day(step),
        done=step.done,
        done_on=playing.day(step),
    )


@take.register
def _search(step: steps.Search, playing: RequestInPlay) -> None:
    day = playing.day(step)
    record_search(
        **playing.by_officer(step),
        searched=step.searched,
        searched_by="Central Referral Unit",
        searched_on=day,
        criteria=step.criteria,
        result="",
        holding=step.holding,
        today=day,
    )


@take.register
def _set_figures(step: steps.SetFigures, playing: RequestInPlay) -> None:
    set_figures(
        **playing.by_officer(step),
        item_id=playing.items[step.item],
        unit_of_count=step.unit_of_count,
        criteria=step.criteria,
        caveat=step.caveat,
        figures=[FigureDraft(step.item, *step.period, Decimal(step.value))],
    )


@take.register
def _decide(step: steps.Decide, playing: RequestInPlay) -> None:
    for minute, (label, (disposition, explanation)) in enumerate(step.decisions.items()):
        given = playing.by_officer(step)
        decide_item(
            **{**given, "at": given["at"] + timedelta(minutes=minute)},
            item_id=playing.items[label],
            disposition=disposition,
            explanation=explanation,
            location=step.location if disposition == Disposition.ACCESSIBLE else "",
        )


@take.register
def _decide_duplicate(step: steps.DecideDuplicate, playing: RequestInPlay) -> None:
    decide_item(
        **playing.by_officer(step),
        item_id=playing.items[step.item],
        disposition=Disposition.DUPLICATE,
        duplicate_of_id=playing.items[step.of],
    )


@take.register
def _claim(step: steps.Claim, playing: RequestInPlay) -> None:
    claim_exemption(
        **playing.by_officer(step),
        section=step.section,
        limbs=list(step.limbs),
        item_ids=playing.keys(step.items),
        neither_confirm_nor_deny=step.neither_confirm_nor_deny,
        reasons=step.reasons,
    )


@take.register
def _draft(step: steps.Draft, playing: RequestInPlay) -> None:
    kind = step.kind or answer_to(outcome(map(Disposition, _dispositions(playing.case))))
    playing.letter = draft_letter(**playing.by_officer(step), kind=kind, text=step.text)


def _dispositions(case: FoiRequest) -> list[str]:
    return list(case.items.values_list("disposition", flat=True))


@take.register
def _submit(step: steps.Submit, playing: RequestInPlay) -> None:
    by = playing.officer
    submit_letter(letter_id=playing.letter.pk, by=by, at=playing.at(step), today=playing.day(step))


@take.register
def _approve(step: steps.Approve, playing: RequestInPlay) -> None:
    deciders = playing.staff.decision_makers
    by = deciders[playing.case.number % len(deciders)]
    approve_letter(letter_id=playing.letter.pk, by=by, at=playing.at(step), today=playing.day(step))


@take.register
def _issue(step: steps.Issue, playing: RequestInPlay) -> None:
    """Its e-mail counts as sent that day: the demonstration mails nobody."""
    staff, at = playing.staff, playing.at(step)
    issued = issue_letter(
        letter_id=playing.letter.pk,
        by=playing.officer if playing.letter.is_answer else staff.intake,
        at=at,
        on=playing.day(step),
        despatch=Despatch.EMAIL if playing.planned.identity.email else Despatch.POST,
        lateness=_LATENESS[playing.case.number % len(_LATENESS)],  # kept only where it is late
    )
    OutboxMessage.objects.filter(key=delivery_key(issued)).update(
        status=OutboxMessage.Status.SENT,
        sent_at=staff.not_to_come(at + timedelta(minutes=5)),
        next_attempt_at=None,
        attempts=1,
    )


@take.register
def _come_back(step: steps.ComeBack, playing: RequestInPlay) -> None:
    record_letter_returned(
        letter_id=playing.letter.pk,
        by=playing.officer,
        at=playing.at(step),
        reason=step.reason,
    )


@take.register
def _close(step: steps.Close, playing: RequestInPlay) -> None:
    close_unanswered(
        **playing.by_officer(step), on=playing.day(step), outcome=step.outcome, reason=step.reason
    )
