"""Rows of the tables, made of a synthetic request: the request, its items, applicant, claims and letter."""

from dataclasses import fields

from benchmarks.populations.people import People
from benchmarks.populations.requests import SyntheticRequest
from dashboard.demonstration.archive.copying import Row, Rows, Table, moment
from dashboard.demonstration.data.topics import applicant
from requests_app.letters.kinds import answer_to
from requests_app.models import (
    Applicant,
    Channel,
    Clarification,
    ExemptionClaim,
    FoiRequest,
    Letter,
    LetterStatus,
    Priority,
    Regime,
    RequestItem,
    SealedWords,
)
from requests_app.rules.casework.dispositions import REFUSING, Disposition, outcome
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.lateness import LateReason, LateStep
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.paired_events import Question
from requests_app.rules.exemptions.prejudice import Prejudice

_CHANNELS = (*(Channel.EMAIL,) * 7, *(Channel.WEB,) * 2, Channel.POST)
_HOLDINGS = {
    Outcome.NOT_HELD: Holding.NOT_HELD,
    Outcome.OUTSIDE_FUNCTIONS: Holding.NOT_HELD,
    Outcome.NEITHER: Holding.NEITHER,
}
_CLAIMS = (("31", "31(1)(a)"), ("31", "31(1)(b)"), ("43", "43(2)"), ("38", "38(1)(a)"), ("24", "24(1)"))
_EXPLANATIONS = {
    Disposition.DISCLOSED: "Enclosed.",
    Disposition.PARTLY_DISCLOSED: "Enclosed, with some passages left out.",
    Disposition.NOT_HELD: "Nothing was found.",
    Disposition.OUTSIDE_FUNCTIONS: "It concerns none of the functions the Act covers us for.",
}
#: The through table that says which items a claim is about.
CLAIMED_ITEM: Table = ExemptionClaim.items.through
#: The tables in the order they are written in: those that others point at first.
REQUEST_TABLES: tuple[Table, ...] = (
    FoiRequest, Applicant, Clarification, SealedWords, RequestItem, ExemptionClaim, CLAIMED_ITEM, Letter,
)  # fmt: skip


class RowMaker:
    """Makes the rows of one request after another, and numbers what belongs to them."""

    def __init__(self, people: People, calendar_version: str) -> None:
        self.people = people
        self.calendar_version = calendar_version
        self.items = self.claims = self.clarifications = self.letters = self.sealed = 0

    def rows(self, made: SyntheticRequest, version: int) -> Rows:
        """Give the rows of a request, each with its table."""
        invalid = made.outcome == Outcome.INVALID
        yield FoiRequest, self._request(made, version, invalid)
        identity = applicant(made.lot)
        name = "J" if invalid else identity.name
        organisation = "" if invalid else identity.organisation
        yield (
            Applicant,
            {"foi_request_id": made.key, **vars(identity), "name": name, "organisation": organisation},
        )
        yield SealedWords, self._sealed(made, made.words)
        if made.clarification:
            answered = self._clarification(made, made.clarification)
            yield Clarification, answered
            if answered.get("answer"):
                yield SealedWords, self._sealed(made, str(answered["answer"]), answered["id"])
        item_keys = []
        for position, question in enumerate(made.questions, start=1):
            self.items += 1
            item_keys.append(self.items)
            yield RequestItem, self._item(made, position, question)
        refused = [key for key, d in zip(item_keys, made.dispositions, strict=False) if d in REFUSING]
        if refused:
            yield from self._claim(made, refused)
        if made.status in (Status.AWAITING_APPROVAL, Status.READY_TO_ISSUE):
            yield Letter, self._letter(made)

    def officer_of(self, made: SyntheticRequest) -> tuple[int, str]:
        """Return the key and name of who works on a request."""
        return made.chosen(self.people.officers, 1)

    def _sealed(self, made: SyntheticRequest, words: str, clarification: object = None) -> Row:
        self.sealed += 1
        return {
            "id": self.sealed,
            "foi_request_id": made.key,
            "clarification_id": clarification,
            "words": words,
            "sealed_at": moment(made.received_on, 11, made.lot),
        }

    def _request(self, made: SyntheticRequest, version: int, invalid: bool) -> Row:
        high = made.lot % 53 == 0
        held = Holding.HELD if made.dispositions else ""
        return {
            "id": made.key,
            "number": made.number,
            "year": made.year,
            "reference": made.reference,
            "received_on": made.received_on,
            "channel": made.chosen(_CHANNELS, 2),
            "regime": Regime.EIR if made.lot % 29 == 0 and not invalid else Regime.FOIA,
            "subject": made.subject,
            "words": made.words,
            "designated_function": "e",
            "validity_gaps": ["name"] if invalid else [],
            "priority": Priority.HIGH if high else Priority.NORMAL,
            "priority_reason": "A public inquiry has asked to see the answer." if high else "",
            "officer_id": None if made.status == Status.RECEIVED else self.officer_of(made)[0],
            "status": made.status,
            "outcome": made.outcome or "",
            "holding": _HOLDINGS.get(made.outcome, held) if made.outcome else held,
            **{field.name: getattr(made.dates, field.name) for field in fields(made.dates)},
            "calendar_version": self.calendar_version,
            "responded_on": made.ended_on if made.is_answered else None,
            "late_reason": made.chosen(tuple(LateReason), 5) if made.is_late else "",
            "late_step": made.chosen(tuple(LateStep), 6) if made.is_late else "",
            "closed_on": made.ended_on,
            "logged_by_id": self.people.intake,
            "logged_at": moment(made.received_on, 11, made.lot),
            "version": version,
        }

    def _clarification(self, made: SyntheticRequest, question: Question) -> Row:
        self.clarifications += 1
        row: Row = {
            "id": self.clarifications,
            "foi_request_id": made.key,
            "asked_on": question.asked,
            "question": "Do you mean the documents in force today, or every version?",
            "asked_by_id": self.officer_of(made)[0],
        }
        if question.answered:
            effect, reason = effect_of(question)
            row |= {
                "answered_on": question.answered,
                "answer": "Only those in force today, please.",
                "effect": effect,
                "effect_reason": reason,
            }
        return row

    def _item(self, made: SyntheticRequest, position: int, question: str) -> Row:
        disposition = made.dispositions[position - 1] if made.dispositions else None
        row: Row = {
            "id": self.items,
            "foi_request_id": made.key,
            "position": position,
            "label": str(position),
            "text": question[:1].upper() + question[1:],
        }
        if disposition:
            row |= {
                "disposition": disposition,
                "explanation": _EXPLANATIONS.get(disposition, ""),
                "location": "www.example.org/publications" if disposition == Disposition.ACCESSIBLE else "",
                "decided_by_id": self.officer_of(made)[0],
                "decided_at": moment(made.ended_on or made.received_on, 12, made.lot),
            }
        return row

    def _claim(self, made: SyntheticRequest, items: list[int]) -> Rows:
        self.claims += 1
        section, limb = _section(made)
        reasons: Row = {"why_applies": "The information is of the kind that the section is about."}
        if section in ("31", "38", "43"):
            reasons["prejudice"] = Prejudice.WOULD_BE_LIKELY
        if section in ("24", "31", "38", "43"):
            reasons |= {
                "harm": "It would show where to look and what to avoid.",
                "factors_for": "The public could see how money is spent.",
                "factors_against": "The work described would become harder to do.",
                "balance": "Little would be added to what is published already.",
            }
        yield (
            ExemptionClaim,
            {
                "id": self.claims,
                "foi_request_id": made.key,
                "section": section,
                "limbs": [limb],
                "neither_confirm_nor_deny": section == "23",
                "claimed_by_id": self.officer_of(made)[0],
                "claimed_at": moment(made.ended_on or made.received_on, 13, made.lot),
                **reasons,
            },
        )
        for item in items:
            yield CLAIMED_ITEM, {"exemptionclaim_id": self.claims, "requestitem_id": item}

    def _letter(self, made: SyntheticRequest) -> Row:
        self.letters += 1
        officer, at = self.officer_of(made)[0], moment(made.received_on, 14, made.lot)
        row: Row = {
            "id": self.letters,
            "foi_request_id": made.key,
            "kind": answer_to(outcome(made.dispositions)).code,
            "is_answer": True,
            "status": LetterStatus.SUBMITTED,
            "answer": "Most of what you asked for is enclosed.",
            "enclosures": "Documents disclosed, one for each item",
            "drafted_by_id": officer,
            "drafted_at": at,
            "decided_by_id": officer,
            "decided_at": at,
        }
        if made.status == Status.READY_TO_ISSUE:
            approver = made.chosen(self.people.decision_makers, 3)
            row |= {"status": LetterStatus.APPROVED, "approved_by_id": approver, "approved_at": at}
        return row


def effect_of(question: Question) -> tuple[ClockEffect, str]:
    """Return what an answered clarification does to the clock, and why."""
    if question.restarts:
        return ClockEffect.RESTARTS, "Without it the documents could not be identified."
    return ClockEffect.NARROWS, "The request could be answered as it stood."


def _section(made: SyntheticRequest) -> tuple[str, str]:
    if Disposition.NEITHER in made.dispositions:
        return "23", "23(5)"
    if Disposition.ACCESSIBLE in made.dispositions:
        return "21", "21(1)"
    return made.chosen(_CLAIMS, 4)
