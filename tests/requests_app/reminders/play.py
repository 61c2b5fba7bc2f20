"""Plays what was planned through the operations, each with its day; letters are put straight into the database."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Count, F, QuerySet
from django.test import TestCase

from foitracker.accounts.models import Absence, User
from foitracker.accounts.operations import deactivate_user
from foitracker.accounts.roles import Role
from foitracker.reminders.models import Reminder
from foitracker.reminders.operations.people import end_absence, enter_absence
from foitracker.reminders.operations.sweep import sweep
from foitracker.working_days.operations.calendar import confirm_proposals, propose_by_hand
from requests_app.letters.kinds import acknowledgement
from requests_app.letters.kinds import disclosure as answer
from requests_app.models import FoiRequest, Letter, LetterStatus
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.clock_events import ClockFact, record_clock_event
from requests_app.operations.closure import close_unanswered
from requests_app.operations.due_dates import recompute_open_requests
from requests_app.operations.intake import assign
from requests_app.operations.response import LetterText
from requests_app.rules.casework.holding import Holding
from requests_app.rules.casework.workflow import Outcome, Status
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.kinds.extensions import PIT_EXTENSION
from requests_app.rules.clock.kinds.fees import FEE_RECEIVED, FEES_NOTICE
from tests import factories
from tests.factories import Staff, person
from tests.requests_app.reminders.expected import Due
from tests.requests_app.reminders.facts import Happening, What
from tests.requests_app.reminders.plan import Size

UK = ZoneInfo("Europe/London")
_WORDS = "Please send me the patrol plan."


class Play:
    """The team and the cases of a plan, as they are in the database."""

    def __init__(self, size: Size) -> None:
        factories.authority(clarification_lapse_months=size.lapse_months)
        team = size.team
        roles = {
            **dict.fromkeys(team.officers, Role.OFFICER),
            **dict.fromkeys(team.decision_makers, Role.DECISION_MAKER),
            **dict.fromkeys(team.managers, Role.MANAGER),
        }
        self.people = {name: person(role) for name, role in roles.items()}
        self.intake, self.administrator = person(Role.INTAKE), person(Role.ADMINISTRATOR)
        self.cases: dict[int, FoiRequest] = {}
        self._names = {user.pk: name for name, user in self.people.items()}
        self._numbers: dict[str, int] = {}

    def looks(self, day: date, at: time) -> set[Due]:
        """Sweep at a time in the UK; return what went out with it, to the address of each person."""
        moment = datetime.combine(day, at, UK)
        sweep(at=moment)
        sent = Reminder.objects.filter(message__queued_at=moment)
        assert not sent.exclude(message__to=F("person__email")).exists()
        counted = sent.aggregate(
            people=Count("person", distinct=True), emails=Count("message", distinct=True)
        )
        assert counted["people"] == counted["emails"]
        return self._due(sent)

    def standing(self) -> set[Due]:
        """Return what stood when it was last looked at."""
        return self._due(Reminder.objects.filter(ended_at__isnull=True))

    def _due(self, found: "QuerySet[Reminder]") -> set[Due]:
        """What is about a case; what is about the tracker itself is tested elsewhere."""
        of_cases = found.filter(case__in=self._numbers).order_by()
        rows = of_cases.values_list("person", "case", "kind", "about", "offset")
        return {(self._names[who], self._numbers[case], *step) for who, case, *step in rows}

    def happens(self, one: Happening) -> None:
        """Do what was planned."""
        at = datetime.combine(one.day, time(11, 0), UK)
        if one.what in _ON_LETTERS:
            self._letter(one, at)
        elif one.what is What.LOGGED:
            self._log(one, at)
        elif one.case < 0:
            self._around(one, at)
        else:
            self._on_case(one, at)

    def _log(self, one: Happening, at: datetime) -> None:
        assert one.on
        case = factories.request(
            by=self.intake,
            received_on=one.on,
            words=_WORDS,
            at=at,
            officer=self.people.get(one.to),
            details={"regime": "FOIA" if one.restarts else "EIR"},
        )
        self.cases[one.case], self._numbers[case.reference] = case, one.case

    def _around(self, one: Happening, at: datetime) -> None:
        """What happens to people and to the calendar."""
        who = self.people.get(one.who)
        if one.what is What.LEFT and who:
            deactivate_user(user=who, by=self.administrator, at=at)
            who.refresh_from_db()
        elif one.what is What.AWAY and who and one.on and one.until:
            enter_absence(
                person=who, from_on=one.on, to_on=one.until, cover=self.people.get(one.to), by=who, at=at,
                today=one.day,
            )  # fmt: skip
        elif one.what is What.BACK:
            absence = Absence.objects.get(person=who, from_on=one.on, ended_at__isnull=True)
            end_absence(absence_id=absence.pk, by=absence.person, at=at)
        else:
            self._change_calendar(one, at)

    def _change_calendar(self, one: Happening, at: datetime) -> None:
        manager = self.people["manager 1"]
        assert one.on
        kind = "addition" if one.what is What.PROCLAIMED else "removal"
        with TestCase.captureOnCommitCallbacks(execute=True):
            made = propose_by_hand(
                by=manager, at=at, kind=kind, day=one.on, divisions=["scotland"], title="Jubilee",
                reason="Announced in the Gazette.",
            )  # fmt: skip
            confirm_proposals(by=manager, at=at, ids=[proposal.pk for proposal in made])
        recompute_open_requests(at=at)

    def _on_case(self, one: Happening, at: datetime) -> None:
        case, who, day = self.cases[one.case], self.people.get(one.who), one.day
        if one.what is What.ASSIGNED:
            assign(case_id=case.pk, by=self.people["manager 1"], at=at, officer=self.people[one.to])
            return
        assert who
        given = {"case_id": case.pk, "by": who, "at": at}
        match one.what:
            case What.ASKED:
                ask_clarification(**given, asked_on=day, question="Which plan?", today=day)
            case What.ANSWERED:
                effect = ClockEffect.RESTARTS if one.restarts else ClockEffect.NARROWS
                answer_clarification(
                    **given, answered_on=day, answer="The latest.", effect=effect, effect_reason="As it was put.",
                    excluded_item_ids=[], today=day,
                )  # fmt: skip
            case What.EXTENDED | What.FEE_ASKED | What.FEE_PAID:
                record_clock_event(**given, today=day, fact=_fact(one))
            case What.SEARCHED | What.DRAFTED:
                self._work(one, case, Staff(self.intake, who, who))
            case What.WITHDRAWN:
                close_unanswered(**given, on=day, outcome=Outcome.WITHDRAWN, reason="Withdrawn.")
            case What.LAPSED:
                case.refresh_from_db()
                waits_for_fee = case.status == Status.AWAITING_FEE
                outcome = Outcome.FEE_UNPAID if waits_for_fee else Outcome.LAPSED
                close_unanswered(**given, on=day, outcome=outcome, reason="Nothing came.")
            case _:
                raise AssertionError(one)

    def _work(self, one: Happening, case: FoiRequest, staff: Staff) -> None:
        if one.what is What.SEARCHED:
            factories.search(staff, case, one.day, Holding.HELD)
        else:
            factories.draft(staff, case, LetterText(answer="Enclosed."), one.day, kind=answer.KIND)

    def _letter(self, one: Happening, at: datetime) -> None:
        """What takes too long to be done whole, with the columns it would have written."""
        case = FoiRequest.objects.filter(pk=self.cases[one.case].pk)
        if one.what is What.ACKNOWLEDGED:
            Letter.objects.create(
                foi_request=case.get(), kind=acknowledgement.KIND.code, is_answer=False, drafted_by=self.intake,
                drafted_at=at, decided_by=self.intake, decided_at=at, approved_by=self.intake, approved_at=at,
                **_issued(self.intake, at),
            )  # fmt: skip
            return
        in_hand = Letter.objects.filter(foi_request__in=case, is_answer=True)
        who, second = self.people[one.who], self.people["decider 2"]
        match one.what:
            case What.SUBMITTED:
                in_hand.update(
                    status=LetterStatus.SUBMITTED,
                    decided_by=who,
                    decided_at=at,
                    returned_at=None,
                    approval_fell=False,
                )
                case.update(status=Status.AWAITING_APPROVAL)
            case What.APPROVED:
                in_hand.update(status=LetterStatus.APPROVED, approved_by=second, approved_at=at)
                case.update(status=Status.READY_TO_ISSUE)
            case What.RETURNED:
                fell = in_hand.get().status == LetterStatus.APPROVED
                in_hand.update(
                    status=LetterStatus.DRAFT,
                    approved_by=None,
                    approved_at=None,
                    returned_at=at,
                    approval_fell=fell,
                )
                case.update(status=Status.IN_PROGRESS)
            case What.ISSUED:
                in_hand.update(**_issued(who, at))
                case.update(
                    status=Status.CLOSED, outcome=Outcome.DISCLOSED, responded_on=one.day, closed_on=one.day
                )


_ON_LETTERS = {What.ACKNOWLEDGED, What.SUBMITTED, What.RETURNED, What.APPROVED, What.ISSUED}


def _fact(one: Happening) -> ClockFact:
    """A dated fact as its page would give it."""
    if one.what is What.EXTENDED:
        return ClockFact(PIT_EXTENSION, one.day, provision="31(1)(a)", estimate=one.on)
    if one.what is What.FEE_ASKED:
        return ClockFact(FEES_NOTICE, one.day, amount=Decimal("35.00"))
    return ClockFact(FEE_RECEIVED, one.day)


def _issued(by: User, at: datetime) -> dict[str, object]:
    """The columns that an issued letter is frozen with."""
    digest = "0" * 64
    return {
        "status": LetterStatus.ISSUED,
        "issued_by": by,
        "issued_at": at,
        "issued_on": at.date(),
        "facts": {},
        "html": "<p>…</p>",
        "pdf": b"%PDF",
        "sha256": digest,
        "html_sha256": digest,
        "facts_sha256": digest,
        "template_version": "1",
    }
