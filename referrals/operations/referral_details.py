"""What is recorded of a log besides its forces, and what is refused."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from foitracker.casework.refusals import NotPossible
from foitracker.identity.operations import check_masked
from foitracker.pages.words import short_date
from referrals.models import Referral
from referrals.rules.marking_lines import higher_markings, marking_refusal
from referrals.rules.vocabulary import Flag, Scope
from requests_app.models import Topic
from requests_app.operations.intake import ACT_IN_FORCE


@dataclass(frozen=True)
class ReferralDetails:
    """What an adviser may set and change about a log."""

    subject: str
    wording: str
    scope: str
    received_on: date
    topic_id: int | None = None
    flags: Collection[str] = ()


def check_details(details: ReferralDetails, today: date) -> None:
    """Raise NotPossible for impossible details."""
    if details.received_on > today:
        raise NotPossible(
            f"{short_date(details.received_on)} is in the future. Enter the day the first form or letter came.",
            field="received_on",
        )
    if details.received_on < ACT_IN_FORCE:
        raise NotPossible(
            "The Act has been in force since 1 January 2005; no referral can be older. Check the year.",
            field="received_on",
        )
    if not details.subject.strip():
        raise NotPossible("Enter a subject of a few words.", field="subject")
    if not details.wording.strip():
        raise NotPossible("Enter what is asked.", field="wording")
    if details.scope not in {scope.value for scope in Scope}:
        raise NotPossible("Choose whom the request was made to.", field="scope")
    if unknown := set(details.flags) - {flag.value for flag in Flag}:
        raise NotPossible(f"“{min(unknown)}” is not a flag. Choose again.", field="flags")
    if details.topic_id and not Topic.objects.filter(pk=details.topic_id).exists():
        raise NotPossible("The topic is no longer there. Choose another.", field="topic")


def check_blind(
    said: Iterable[tuple[str, str]], *, confirmed: bool, known_identity: Sequence[str] = ()
) -> dict[str, dict[str, int]]:
    """Return, for the detail of an event, how many likely traces of a person stay in the texts.

    `said` are the texts, each with the field it was typed in. Raises NotPossible for what identifies the
    applicant, or may do so and was not `confirmed` not to; and for a security marking above what may be held
    here.
    """
    left: Counter[str] = Counter()
    for field, text in said:
        if marked := higher_markings(text):
            raise NotPossible(marking_refusal(marked[0], instead="log the referral"), field=field)
        left += Counter(check_masked(text, confirmed=confirmed, field=field, known_identity=known_identity))
    return {"unmasked": dict(sorted(left.items()))} if left else {}


def columns_of(details: ReferralDetails) -> dict[str, object]:
    """Return the columns of a log, filled with what was entered."""
    return {
        "subject": details.subject.strip(),
        "wording": details.wording.strip(),
        "scope": details.scope,
        "received_on": details.received_on,
        "topic_id": details.topic_id,
        "flags": sorted(set(details.flags)),
    }


def changed_columns(referral: Referral, columns: dict[str, object]) -> dict[str, object]:
    """Return what differs from a log; of free text only that it differs."""
    said = {"subject", "wording"}
    return {
        name: {} if name in said else {"from": _kept(name, getattr(referral, name)), "to": _kept(name, value)}
        for name, value in columns.items()
        if getattr(referral, name) != value
    }


def _kept(name: str, value: object) -> object:
    """A value as the event takes it: a topic by its name."""
    return Topic.objects.filter(pk__in=[value]).first() if name == "topic_id" else value
