"""About 150 further requests of two years, in every state, dated around the day they are loaded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from requests_app.letters.kinds import acknowledgement
from requests_app.management.demonstration import work
from requests_app.management.demonstration.authority import Staff
from requests_app.management.demonstration.topics import TOPICS, Topic, applicant
from requests_app.models import ClockActKind, FoiRequest
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.clock_acts import ClockFact, record_clock_act
from requests_app.operations.closure import close_unanswered
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.operations.intake import Identity, write_note
from requests_app.operations.response import LetterText
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.exemptions.prejudice import Prejudice

_GREETINGS = ("Dear Sir or Madam,", "Hello,", "To the Freedom of Information team,", "Good morning,")
_CHANNELS = ("email", "email", "email", "web", "post")

#: Half the days of each year that the answers took, roughly as practice has it; a few are late.
_DAYS_TO_ANSWER = (6, 9, 12, 15, 17, 19, 21, 23, 24, 25, 25, 26, 26, 27, 33)


@dataclass(frozen=True)
class Plan:
    """One request to make: when it came, what it asks, and how far it has come."""

    number: int
    received_on: date
    topic: Topic
    story: str


CLOSED_STORIES = (
    "disclosed", "disclosed", "partly_disclosed", "not_held", "refused", "disclosed", "accessible",
    "partly_disclosed", "ncnd", "withdrawn", "disclosed", "not_held", "lapsed", "partly_disclosed",
    "outside_functions",
)  # fmt: skip
OPEN_STORIES = (
    "received", "in_progress", "drafted", "in_progress", "awaiting_clarification", "submitted", "in_progress",
    "approved", "received", "clarified", "invalid", "awaiting_fee",
)  # fmt: skip


def plans(today: date, *, closed: int = 106, still_open: int = 44) -> Iterator[Plan]:
    """Plan the requests in the order they came: two years of closed ones, then open ones."""
    for number in range(closed):
        day = today - timedelta(days=730 - round(number * 680 / closed) - number * 7 % 5)
        story = CLOSED_STORIES[number % 15]
        if story == "lapsed" and (today - day).days < 110:
            story = "disclosed"  # three months without clarification have not passed yet
        yield Plan(number, work.next_day(day, 0), TOPICS[number % len(TOPICS)], story)
    for number in range(closed, closed + still_open):
        place = number - closed
        day = today - timedelta(days=32 - place * 32 // (still_open - 1))
        received = min(work.next_day(day, 0), today)
        yield Plan(number, received, TOPICS[number % len(TOPICS)], OPEN_STORIES[place % len(OPEN_STORIES)])


def make(staff: Staff, plan: Plan, today: date) -> None:
    """Log one planned request and work it as far as its story goes."""
    identity = applicant(plan.number)
    if plan.story == "invalid":
        identity = Identity(name="J", email=identity.email or "someone@example.org")
    high = plan.number % 17 == 3
    case = work.log(
        staff,
        received_on=plan.received_on,
        subject=plan.topic.subject,
        words=plan.topic.words(_GREETINGS[plan.number % len(_GREETINGS)]),
        identity=identity,
        channel=_CHANNELS[plan.number % len(_CHANNELS)],
        priority="high" if high else "normal",
        priority_reason="A public inquiry has asked to see the answer." if high else "",
    )
    if plan.story not in ("received", "invalid"):
        _STORIES[plan.story](staff, case, plan, today)


def _prepare(
    staff: Staff, case: FoiRequest, plan: Plan, today: date, *, acknowledge: bool = True
) -> dict[str, int]:
    first = min(work.next_day(plan.received_on, 1), today)
    if acknowledge:
        letter = work.draft(staff, case, LetterText(), first, acknowledgement.KIND)
        work.issue(staff, letter, first)
    work.take_up(staff, case, first)
    items = [(str(n), question) for n, question in enumerate(plan.topic.questions, start=1)]
    return work.split(staff, case, items, first)


def _in_progress(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    _prepare(staff, case, plan, today, acknowledge=plan.number % 2 == 0)
    if plan.number % 3 == 0:
        text = "Telephoned the portfolio's staff officer, by reference only; an answer is promised for this week."
        write_note(case_id=case.pk, by=staff.officer, at=work.at(min(plan.received_on, today), 16), text=text)


def _awaiting_clarification(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    asked = min(work.next_day(plan.received_on, 2), today)
    _prepare(staff, case, plan, today, acknowledge=False)
    question = "Do you mean the documents in force today, or every version since the date you name?"
    ask_clarification(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(asked, 16),
        asked_on=asked,
        question=question,
        today=today,
    )


def _clarified(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    _awaiting_clarification(staff, case, plan, today)
    answered = min(work.next_day(plan.received_on, 5), today)
    answer_clarification(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(answered, 17),
        answered_on=answered,
        answer="Only those in force today, please.",
        effect=ClockEffect.NARROWS,
        effect_reason="The request could be answered as it stood; the applicant agreed to narrow it.",
        excluded_item_ids=[],
        today=today,
    )


def _awaiting_fee(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    told = min(work.next_day(plan.received_on, 3), today)
    _prepare(staff, case, plan, today)
    notice = ClockFact(ClockActKind.FEES_NOTICE, told, amount=Decimal("42.50"))
    record_clock_act(case_id=case.pk, by=staff.officer, at=work.at(told, 16), today=told, fact=notice)


def _lapsed(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    _awaiting_clarification(staff, case, plan, today)
    on = min(work.next_day(plan.received_on, 98), today)
    reason = "Three months have passed since clarification was asked and none has come."
    _close(staff, case, on, Outcome.LAPSED, reason)


def _withdrawn(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    on = min(work.next_day(plan.received_on, 6), today)
    _close(
        staff, case, on, Outcome.WITHDRAWN, "The applicant wrote that the information was found elsewhere."
    )


def _close(staff: Staff, case: FoiRequest, on: date, outcome: Outcome, reason: str) -> None:
    close_unanswered(
        case_id=case.pk, by=staff.officer, at=work.at(on, 16), on=on, outcome=outcome, reason=reason
    )


def _decided(staff: Staff, case: FoiRequest, plan: Plan, today: date, on: date) -> LetterText:
    """Search, decide every item as the story has it, and give the officer's words for the letter."""
    keys = list(_prepare(staff, case, plan, today, acknowledge=plan.number % 7 == 0).values())
    story = plan.story if plan.story in _ENDINGS else "partly_disclosed"
    ending = _ENDINGS[story]
    work.search(
        staff,
        case,
        on,
        ending.holding,
        "Shared drive and mailbox of the portfolio",
        "Title and subject, from 2021",
    )
    last = keys[-1:] if ending.disposition in _ONLY_THE_LAST and len(keys) > 1 else keys
    decisions = {pk: (Disposition.DISCLOSED, "The document is enclosed.") for pk in keys if pk not in last}
    decisions |= dict.fromkeys(last, (ending.disposition, ending.explanation))
    place = "On our website, under Publications: www.example.org/publications"
    work.decide(staff, case, decisions, on, location=place)
    if ending.claim:
        ending.claim(staff, case, last, on)
    return LetterText(answer=ending.answer, advice=ending.advice, enclosures=ending.enclosures)


def _drafted(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    on = min(work.next_day(plan.received_on, 4), today)
    work.draft(staff, case, _decided(staff, case, plan, today, on), on)


def _submitted(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    on = min(work.next_day(plan.received_on, 4), today)
    letter = work.draft(staff, case, _decided(staff, case, plan, today, on), on)
    work.submit(staff, letter, on)


def _approved(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    on = min(work.next_day(plan.received_on, 4), today)
    letter = work.draft(staff, case, _decided(staff, case, plan, today, on), on)
    work.submit(staff, letter, on)
    work.approve(staff, letter, on)


def _answered(staff: Staff, case: FoiRequest, plan: Plan, today: date) -> None:
    on = min(work.next_day(plan.received_on, _DAYS_TO_ANSWER[plan.number % 15]), today)
    letter = work.draft(staff, case, _decided(staff, case, plan, today, on), on)
    work.submit(staff, letter, on)
    work.approve(staff, letter, on)
    work.issue(staff, letter, on)


def _claim_31(staff: Staff, case: FoiRequest, items: list[int], on: date) -> None:
    claim_exemption(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(on, 17),
        section="31",
        limbs=["31(1)(a)"],
        item_ids=items,
        reasons=Reasons(
            why_applies="The information says where and how offences are looked for.",
            prejudice=Prejudice.WOULD_BE_LIKELY,
            harm="Somebody planning an offence could choose a place or a method that is not watched.",
            factors_for="It would show how public money is spent on preventing crime.",
            factors_against="Crime would become easier to commit and harder to detect.",
            balance="Little would be added to what is published already, and the harm is real.",
        ),
    )


def _claim_21(staff: Staff, case: FoiRequest, items: list[int], on: date) -> None:
    claim_exemption(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(on, 17),
        section="21",
        limbs=["21(1)"],
        item_ids=items,
        reasons=Reasons(why_applies="You can read and copy the information on our website, free of charge."),
    )


def _claim_23(staff: Staff, case: FoiRequest, items: list[int], on: date) -> None:
    claim_exemption(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(on, 17),
        section="23",
        limbs=["23(5)"],
        item_ids=items,
        neither_confirm_nor_deny=True,
        reasons=Reasons(
            why_applies=(
                "To say whether information is held would itself disclose whether one of the bodies that section "
                "23(3) lists was involved."
            )
        ),
    )


@dataclass(frozen=True)
class Ending:
    """How a story ends: what becomes of the items, and what the letter says in the officer's words."""

    disposition: Disposition
    holding: Holding
    answer: str
    explanation: str = ""
    advice: str = ""
    enclosures: str = ""
    claim: Callable[[Staff, FoiRequest, list[int], date], None] | None = None


_ONLY_THE_LAST = frozenset({Disposition.PARTLY_DISCLOSED, Disposition.ACCESSIBLE})

_ENDINGS: dict[str, Ending] = {
    "disclosed": Ending(
        Disposition.DISCLOSED,
        Holding.HELD,
        "Everything you asked for is enclosed.",
        explanation="The document is enclosed.",
        enclosures="Documents disclosed, one for each item",
    ),
    "partly_disclosed": Ending(
        Disposition.PARTLY_DISCLOSED,
        Holding.HELD,
        "Most of what you asked for is enclosed. Some passages are left out, as Annex A explains.",
        explanation="Enclosed, with some passages left out.",
        enclosures="Documents disclosed, with marks where passages are left out",
        claim=_claim_31,
    ),
    "refused": Ending(
        Disposition.WITHHELD,
        Holding.HELD,
        "We cannot disclose what you asked for. Annex A gives the reasons.",
        claim=_claim_31,
    ),
    "accessible": Ending(
        Disposition.ACCESSIBLE,
        Holding.HELD,
        "Part of what you asked for is published, so we tell you where to find it.",
        enclosures="Documents disclosed, one for each item",
        claim=_claim_21,
    ),
    "ncnd": Ending(
        Disposition.NEITHER,
        Holding.NEITHER,
        "We neither confirm nor deny that we hold the information. Annex A gives the reasons.",
        claim=_claim_23,
    ),
    "not_held": Ending(
        Disposition.NOT_HELD,
        Holding.NOT_HELD,
        "We looked for the information and do not hold it.",
        explanation="No such information was found.",
        advice="The police force concerned may hold it. Each force answers requests of its own.",
    ),
    "outside_functions": Ending(
        Disposition.OUTSIDE_FUNCTIONS,
        Holding.NOT_HELD,
        "The Transition covers us for some of our functions only, and your request concerns none of them.",
        explanation="It concerns none of the functions for which we are covered by the Transition.",
        advice="The Home Office or the force concerned may be able to help.",
    ),
}

_STORIES: dict[str, Callable[[Staff, FoiRequest, Plan, date], None]] = {
    "in_progress": _in_progress,
    "awaiting_clarification": _awaiting_clarification,
    "clarified": _clarified,
    "awaiting_fee": _awaiting_fee,
    "drafted": _drafted,
    "submitted": _submitted,
    "approved": _approved,
    "lapsed": _lapsed,
    "withdrawn": _withdrawn,
    **dict.fromkeys(_ENDINGS, _answered),
}
