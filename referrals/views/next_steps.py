"""What can be done with a log now, by the person who looks at it; and for the rest, why not."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can, why_not
from foitracker.casework.next_step import NextStep
from foitracker.pages.templatetags.page_tags import short_date
from referrals.measures import reply_is_late
from referrals.queries.holding import is_replaced
from referrals.queries.referral_file import ReferralFile
from referrals.rules.workflow import ReferralStatus

_WORK = Permission.WORK_REFERRAL
#: Of steps of one kind, such as one for each force, so many are shown; the sections below hold the rest.
EACH = 3


def next_steps(found: ReferralFile, user: User, today: date, *, similar: int) -> list[NextStep]:
    """Return the next steps of a log, in order.

    `similar` is how many logs ask nearly the same and are not grouped with it.
    """
    by_status = {
        ReferralStatus.LOGGED: _to_triage,
        ReferralStatus.IN_HAND: _in_hand,
        ReferralStatus.ADVISED: _advised,
        ReferralStatus.CLOSED: _closed,
    }
    return list(by_status[ReferralStatus(found.case.status)](_Page(found, user, today, similar)))


class _Page:
    """What the steps are worked out from, and how one is made."""

    def __init__(self, found: ReferralFile, user: User, today: date, similar: int) -> None:
        self.found, self.user, self.today, self.similar = found, user, today, similar

    def step(self, permission: Permission, label: str, why: str, name: str, *args: object) -> NextStep:
        case = self.found.case
        url = reverse(f"referrals:{name}", args=[case.year, case.number, *args])
        return NextStep(label, url, why, why_not(check_can, permission, self.user))


def _to_triage(page: _Page) -> Iterator[NextStep]:
    why = "Weigh how urgent it is, and decide which mandatory criteria apply."
    yield page.step(_WORK, "Triage it", why, "triage")
    yield from _before_advice(page)
    yield from _awaited(page)


def _before_advice(page: _Page) -> Iterator[NextStep]:
    if page.found.case.adviser_id is None:
        why = "Nobody is responsible for it yet."
        yield page.step(Permission.ASSIGN_REFERRAL, "Assign an adviser", why, "assign")
    if not page.found.forces:
        yield page.step(_WORK, "Add the force", "No force is on it that advice could go to.", "force_add")
    if page.similar and page.found.case.national_log_id is None:
        many = "1 other log asks" if page.similar == 1 else f"{page.similar} other logs ask"
        why = f"{many} nearly the same: one advice can go to all of their forces."
        yield page.step(_WORK, "Look at similar logs", why, "group")


def _in_hand(page: _Page) -> Iterator[NextStep]:
    yield from _before_advice(page)
    yield from _consultations(page)
    case, lead = page.found.case, page.found.lead
    if lead is not None and lead.pk != case.pk and not lead.is_closed:
        why = f"It is grouped under log {lead.log_number}: one advice goes to the forces of all of them."
        yield NextStep("Advise on the national log", lead.get_absolute_url(), why)
    elif page.found.draft is not None:
        why = "The draft is kept; nobody has been told of it."
        yield page.step(_WORK, "Finish the draft and give the advice", why, "advise")
    else:
        yield page.step(_WORK, "Give advice", "Every force concerned can then be told of it.", "advise")


def _consultations(page: _Page) -> Iterator[NextStep]:
    if not page.found.consultations:
        why = "Where a national lead knows more; they are given the number and the wording, nothing else."
        yield page.step(_WORK, "Consult a portfolio lead", why, "consult")
    yield from _awaited(page)


def _awaited(page: _Page) -> Iterator[NextStep]:
    """The replies of portfolio leads that have not come."""
    for one in page.found.awaited[:EACH]:
        late = reply_is_late(one, page.today)
        due = f"the reply {'was' if late else 'is'} due by {short_date(one.reply_by)}"
        why = f"Asked on {short_date(one.asked_on)}; {due}."
        yield page.step(
            _WORK, f"Record the reply of the lead for {one.lead}", why, "consultation_reply", one.pk
        )
        if late:
            yield page.step(_WORK, f"Chase the lead for {one.lead}", "The reply is late.", "chase")


def _advised(page: _Page) -> Iterator[NextStep]:
    for entry in page.found.given:
        if entry.untold:
            many = len(entry.untold)
            untold = "1 force it concerns has" if many == 1 else f"{many} forces it concerns have"
            why = f"{untold} not been told."
            label = f"Circulate advice {entry.advice.number}"
            yield page.step(_WORK, label, why, "circulate", entry.advice.pk)
    yield from _further_advice(page)
    yield from _uptake(page)
    why = "Everything that was to be done has been done, or no more is expected."
    yield page.step(_WORK, "Close it", why, "close")


def _further_advice(page: _Page) -> Iterator[NextStep]:
    if page.found.draft is not None:
        yield page.step(_WORK, "Finish the further advice", "It is drafted and not given.", "advise")


def _uptake(page: _Page) -> Iterator[NextStep]:
    """What forces did with the advice in force; replaced advice is not asked about."""
    told_of = (told for entry in page.found.given for told in entry.told)
    waiting = [told for told in told_of if not told.uptake and not is_replaced(told)]
    for told in waiting[:EACH]:
        label = f"Record what {told.told_to.force.short} did with the advice"
        why = f"Told on {short_date(told.told_on)}."
        yield page.step(Permission.REPORT_UPTAKE, label, why, "uptake", told.pk)


def _closed(page: _Page) -> Iterator[NextStep]:
    yield page.step(_WORK, "Reopen it", "When a force writes again, or it was closed in error.", "reopen")
