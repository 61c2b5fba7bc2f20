"""Checking texts for who somebody is, and the keys that marks of people are made with."""

from collections.abc import Sequence

from django.conf import settings

from foitracker.accounts.models import User
from foitracker.casework.refusals import NotPossible
from foitracker.identity.models import PseudonymKey
from foitracker.identity.pseudonym import check_value
from foitracker.identity.traces import (
    CERTAIN,
    IdentityTrace,
    TraceKind,
    count_by_kind,
    find_identity_traces,
    find_traces_of,
    mask,
    traces_in_words,
)


class PseudonymKeysWrong(Exception):
    """The keys in the settings are not those the marks were made with; the message says which, and what to do."""


def check_masked(
    *texts: str, confirmed: bool, field: str = "", known_identity: Sequence[str] = ()
) -> dict[str, int]:
    """Return how many traces of which kind stay in `texts`, for the detail of the event.

    None stay unless `confirmed` says that an officer checked them and none identifies the applicant.
    `known_identity` are details of an applicant of our own (`known_identity_of`); they may not stay whatever
    is confirmed. Raises NotPossible, naming lines and kinds and, for an applicant of our own, nothing but the
    lines.
    """
    traces = [trace for text in texts for trace in find_identity_traces(text, known_identity)]
    if problem := masking_problem(traces, confirmed=confirmed):
        raise NotPossible(problem, field=field)
    return count_by_kind(traces)


def check_published(text: str, *, confirmed: bool, field: str = "") -> dict[str, int]:
    """Return `check_masked` of a text that is published, which names no officer either.

    A surname by itself, which may be a place or a word, stays once that is `confirmed`, and counts as a name. Raises
    NotPossible.
    """
    if problem := officers_problem(text, confirmed=confirmed):
        raise NotPossible(problem, field=field)
    left_in = check_masked(text, confirmed=confirmed, field=field)
    _, perhaps = officers_named(text)
    name = TraceKind.NAME.value
    return {**left_in, name: left_in.get(name, 0) + len(perhaps)} if perhaps else left_in


def officers_problem(text: str, *, confirmed: bool) -> str:
    """Return which officers a text names, or may name, and how to go on; empty when it names none."""
    named, perhaps = officers_named(text)
    if named:
        return f"This is published, so it names no officer: {', '.join(named)}. Leave the name out."
    if perhaps and not confirmed:
        return (
            f"This is published and may name an officer by surname: {', '.join(perhaps)}. Leave the name out, or tick "
            "the box if it is something else."
        )
    return ""


def officers_named(text: str) -> tuple[list[str], list[str]]:
    """Return the users, by name, whom a text names in full, and those of whom it has the surname alone.

    Whole words are compared, as with an applicant (`known_identity`); a user of one word is not looked for.
    """
    named: list[str] = []
    perhaps: list[str] = []
    for name in _officers():
        kinds = {trace.kind for trace in find_traces_of(text, (name,))}
        if kinds:
            (named if kinds & CERTAIN else perhaps).append(name)
    return named, perhaps


def officers_masked(text: str) -> str:
    """Return a text with the names of officers masked."""
    for name in _officers():
        text = mask(text, find_traces_of(text, (name,)))
    return text


def _officers() -> list[str]:
    return list(User.objects.order_by("name").values_list("name", flat=True).distinct())


def masking_problem(traces: Sequence[IdentityTrace], *, confirmed: bool) -> str:
    """Return what has to be masked and how to go on; empty when nothing does."""
    certain = [trace for trace in traces if trace.kind in CERTAIN]
    if certain:
        return f"This tells who our own applicant is: {traces_in_words(certain)}. Mask it before it goes to anybody."
    if traces and not confirmed:
        return (
            f"This may identify the applicant: {traces_in_words(traces)}. Mask it, or tick “None of these tells who "
            "the applicant is” if that is so."
        )
    return ""


def own_words_problem(
    traces: Sequence[IdentityTrace], *, confirmed: bool = False, may_stay: bool = False
) -> str:
    """Return what in a text of ours tells who our own applicant is, and what to do; empty when nothing does.

    `traces` are those of our applicant (`find_traces_of`). What may be somebody else's can be `confirmed` to be so;
    with `may_stay` everything can.
    """
    if not traces or (confirmed and (may_stay or all(trace.kind not in CERTAIN for trace in traces))):
        return ""
    return f"This identifies, or may identify, the applicant: {traces_in_words(traces)}. Write “the applicant” instead."


def pseudonym_keys() -> tuple[str, ...]:
    """Return the keys of the settings, oldest first, after comparing them with those in use.

    A key used for the first time is noted with its check value. Raises PseudonymKeysWrong when a key in use
    is missing or replaced by another: marks made with it would never match the existing ones.
    """
    keys = tuple(settings.REFERRAL_PSEUDONYM_KEYS)
    in_use = dict(PseudonymKey.objects.values_list("number", "check_value"))
    for number, expected in in_use.items():
        if number > len(keys):
            raise PseudonymKeysWrong(
                f"REFERRAL_PSEUDONYM_KEYS has {len(keys)} key(s), but marks of applicants were made with "
                f"{max(in_use)}. Set all keys that were ever used, oldest first, separated by commas."
            )
        if check_value(number, keys[number - 1]) != expected:
            raise PseudonymKeysWrong(
                f"Key {number} of REFERRAL_PSEUDONYM_KEYS is not the one that marks of applicants were made with. Put "
                "the right key in its place; a new key goes to the end of the list."
            )
    new = [
        PseudonymKey(number=number, check_value=check_value(number, key))
        for number, key in enumerate(keys, start=1)
        if number not in in_use
    ]
    if new:
        PseudonymKey.objects.bulk_create(new, ignore_conflicts=True)
    return keys
