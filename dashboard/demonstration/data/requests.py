"""About 150 requests of two years, in every state, dated around the day they are played."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from dashboard.demonstration.data.days import next_day
from dashboard.demonstration.data.request_steps import (
    AnswerClarification,
    Approve,
    AskClarification,
    Claim,
    Close,
    ComeBack,
    Decide,
    Draft,
    GiveFeesNotice,
    Issue,
    Note,
    PlannedRequest,
    Promise,
    RequestStep,
    Search,
    Show,
    Split,
    Submit,
    TakeUp,
)
from dashboard.demonstration.data.topics import TOPICS, Topic, applicant
from requests_app.letters.kinds import acknowledgement
from requests_app.operations.exemption import Reasons
from requests_app.operations.intake import Identity
from requests_app.operations.response import LetterText
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.workflow import Outcome
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.exemptions.prejudice import Prejudice

#: Numbers with which the years begin, so that the two model requests fit in.
FIRST_NUMBERS = {2024: 1874, 2025: 2060, 2026: 2411}

_GREETINGS = ("Dear Sir or Madam,", "Hello,", "To the Freedom of Information team,", "Good morning,")
_CHANNELS = ("email", "email", "email", "web", "post")

#: Half the days of each year that the answers took, roughly as practice has it; a few are late.
_DAYS_TO_ANSWER = (6, 9, 12, 15, 17, 19, 21, 23, 24, 25, 25, 26, 26, 27, 33)

_CLOSED_STORIES = (
    "disclosed", "disclosed", "partly_disclosed", "not_held", "refused", "disclosed", "accessible",
    "partly_disclosed", "ncnd", "withdrawn", "disclosed", "not_held", "lapsed", "partly_disclosed",
    "outside_functions",
)  # fmt: skip
_OPEN_STORIES = (
    "received", "in_progress", "drafted", "in_progress", "awaiting_clarification", "submitted", "in_progress",
    "approved", "received", "clarified", "invalid", "awaiting_fee", "undelivered",
)  # fmt: skip


def planned_requests(today: date, *, closed: int = 106, still_open: int = 44) -> Iterator[PlannedRequest]:
    """Plan the requests in the order they came: two years of closed ones, then open ones."""
    for number in range(closed):
        day = today - timedelta(days=730 - round(number * 680 / closed) - number * 7 % 5)
        story = _CLOSED_STORIES[number % 15]
        if story == "lapsed" and (today - day).days < 110:
            story = "disclosed"  # three months without clarification have not passed yet
        yield _planned(number, next_day(day, 0), story)
    for number in range(closed, closed + still_open):
        place = number - closed
        day = today - timedelta(days=32 - place * 32 // (still_open - 1))
        received_on = min(next_day(day, 0), today)
        yield _planned(number, received_on, _OPEN_STORIES[place % len(_OPEN_STORIES)])


def _planned(number: int, received_on: date, story: str) -> PlannedRequest:
    topic, identity = TOPICS[number % len(TOPICS)], applicant(number)
    if story == "invalid":
        identity = Identity(name="J", email=identity.email or "someone@example.org")
    high = number % 17 == 3
    return PlannedRequest(
        received_on=received_on,
        subject=topic.subject,
        words=topic.words(_GREETINGS[number % len(_GREETINGS)]),
        identity=identity,
        items=tuple((str(n), question) for n, question in enumerate(topic.questions, start=1)),
        steps=_steps(number, topic, story),
        channel=_CHANNELS[number % len(_CHANNELS)],
        priority="high" if high else "normal",
        priority_reason="A public inquiry has asked to see the answer." if high else "",
    )


_ACKNOWLEDGED: tuple[RequestStep, ...] = (Draft(after=1, kind=acknowledgement.KIND), Issue(after=1))
_BEGUN: tuple[RequestStep, ...] = (TakeUp(after=1), Split(after=1))
_ASKED: tuple[RequestStep, ...] = (
    *_BEGUN,
    AskClarification(
        after=2,
        question="Do you mean the documents in force today, or every version since the date you name?",
    ),
)
_CALLED = Note(
    text="Telephoned the portfolio's staff officer, by reference only; an answer is promised for this week."
)
_PROMISED = Promise(
    after=3, within=10, promised="How far the search has come, and whether the answer will be in time."
)

#: Stories in which nothing is decided.
_UNDECIDED: dict[str, tuple[RequestStep, ...]] = {
    "received": (),
    "invalid": (),
    "in_progress": _BEGUN,
    "awaiting_clarification": (*_ASKED, Show(after=2)),
    "clarified": (
        *_ASKED,
        AnswerClarification(
            after=5,
            answer="Only those in force today, please.",
            effect=ClockEffect.NARROWS,
            effect_reason="The request could be answered as it stood; the applicant agreed to narrow it.",
        ),
    ),
    "awaiting_fee": (*_ACKNOWLEDGED, *_BEGUN, GiveFeesNotice(after=3, amount=Decimal("42.50"))),
    "lapsed": (
        *_ASKED,
        Close(
            after=98,
            outcome=Outcome.LAPSED,
            reason="Three months have passed since clarification was asked and none has come.",
        ),
    ),
    "withdrawn": (
        Close(
            after=6,
            outcome=Outcome.WITHDRAWN,
            reason="The applicant wrote that the information was found elsewhere.",
        ),
    ),
}

#: Stories whose letter has not reached the applicant, and how far it has come.
_IN_HAND: dict[str, tuple[RequestStep, ...]] = {
    "drafted": (),
    "submitted": (Submit(after=4),),
    "approved": (Submit(after=4), Approve(after=4)),
    "undelivered": (Submit(after=4), Approve(after=4), Issue(after=4), ComeBack(after=5)),
}


def _steps(number: int, topic: Topic, story: str) -> tuple[RequestStep, ...]:
    if story == "in_progress":
        acknowledged = _ACKNOWLEDGED if number % 2 == 0 else ()
        promised, shown = [_PROMISED] if number % 3 == 1 else [], [Show(after=1)] if number % 4 else []
        return (*acknowledged, *_BEGUN, *shown, *([_CALLED] if number % 3 == 0 else []), *promised)
    if story in _UNDECIDED:
        return _UNDECIDED[story]
    acknowledged = _ACKNOWLEDGED if number % 7 == 0 else ()
    if story in _IN_HAND:
        return (*acknowledged, *_decided(topic, _ENDINGS["partly_disclosed"], after=4), *_IN_HAND[story])
    days = _DAYS_TO_ANSWER[number % 15]
    issued = (Submit(after=days), Approve(after=days), Issue(after=days))
    return (*acknowledged, *_decided(topic, _ENDINGS[story], after=days), *issued)


def _decided(topic: Topic, ending: "_Ending", *, after: int) -> tuple[RequestStep, ...]:
    """Searched, every item decided as the ending has it, and the letter drafted."""
    labels = tuple(str(n) for n in range(1, len(topic.questions) + 1))
    last = labels[-1:] if ending.disposition in _ONLY_THE_LAST else labels
    decisions = {
        label: (Disposition.DISCLOSED, "The document is enclosed.") for label in labels if label not in last
    }
    decisions |= dict.fromkeys(last, (ending.disposition, ending.explanation))
    searched = "Shared drive and mailbox of the portfolio"
    text = LetterText(answer=ending.answer, advice=ending.advice, enclosures=ending.enclosures)
    return (
        *_BEGUN,
        Search(
            after=after, searched=searched, criteria="Title and subject, from 2021", holding=ending.holding
        ),
        Decide(after=after, decisions=decisions, location=ending.location),
        *([replace(ending.claim, after=after, items=last)] if ending.claim else []),
        Draft(after=after, text=text),
    )


@dataclass(frozen=True)
class _Ending:
    """How a story ends: what becomes of the items, and what the letter says in the officer's words."""

    disposition: Disposition
    holding: Holding
    answer: str
    explanation: str = ""
    location: str = ""
    advice: str = ""
    enclosures: str = ""
    claim: Claim | None = None


_ONLY_THE_LAST = frozenset({Disposition.PARTLY_DISCLOSED, Disposition.ACCESSIBLE})

_LAW_ENFORCEMENT = Claim(
    section="31",
    limbs=("31(1)(a)",),
    reasons=Reasons(
        why_applies="The information says where and how offences are looked for.",
        prejudice=Prejudice.WOULD_BE_LIKELY,
        harm="Somebody planning an offence could choose a place or a method that is not watched.",
        factors_for="It would show how public money is spent on preventing crime.",
        factors_against="Crime would become easier to commit and harder to detect.",
        balance="Little would be added to what is published already, and the harm is real.",
    ),
)
_ACCESSIBLE = Claim(
    section="21",
    limbs=("21(1)",),
    reasons=Reasons(why_applies="You can read and copy the information on our website, free of charge."),
)
_SECURITY_BODIES = Claim(
    section="23",
    limbs=("23(5)",),
    neither_confirm_nor_deny=True,
    reasons=Reasons(
        why_applies=(
            "To say whether information is held would itself disclose whether one of the bodies that section "
            "23(3) lists was involved."
        )
    ),
)

_ENDINGS: dict[str, _Ending] = {
    "disclosed": _Ending(
        Disposition.DISCLOSED,
        Holding.HELD,
        "Everything you asked for is enclosed.",
        explanation="The document is enclosed.",
        enclosures="Documents disclosed, one for each item",
    ),
    "partly_disclosed": _Ending(
        Disposition.PARTLY_DISCLOSED,
        Holding.HELD,
        "Most of what you asked for is enclosed. Some passages are left out, as Annex A explains.",
        explanation="Enclosed, with some passages left out.",
        enclosures="Documents disclosed, with marks where passages are left out",
        claim=_LAW_ENFORCEMENT,
    ),
    "refused": _Ending(
        Disposition.WITHHELD,
        Holding.HELD,
        "We cannot disclose what you asked for. Annex A gives the reasons.",
        claim=_LAW_ENFORCEMENT,
    ),
    "accessible": _Ending(
        Disposition.ACCESSIBLE,
        Holding.HELD,
        "Part of what you asked for is published, so we tell you where to find it.",
        location="On our website, under Publications: www.example.org/publications",
        enclosures="Documents disclosed, one for each item",
        claim=_ACCESSIBLE,
    ),
    "ncnd": _Ending(
        Disposition.NEITHER,
        Holding.NEITHER,
        "We neither confirm nor deny that we hold the information. Annex A gives the reasons.",
        claim=_SECURITY_BODIES,
    ),
    "not_held": _Ending(
        Disposition.NOT_HELD,
        Holding.NOT_HELD,
        "We looked for the information and do not hold it.",
        explanation="No such information was found.",
        advice="The police force concerned may hold it. Each force answers requests of its own.",
    ),
    "outside_functions": _Ending(
        Disposition.OUTSIDE_FUNCTIONS,
        Holding.NOT_HELD,
        "The Act covers us for some of our functions only, and your request concerns none of them.",
        explanation="It concerns none of the functions for which we are covered by the Act.",
        advice="The Home Office or the force concerned may be able to help.",
    ),
}
