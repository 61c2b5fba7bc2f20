"""Nothing of one force reaches another: what is checked before words enter a log, and again before they leave.

A reference or a mailbox is refused, with the place where it stands. A name is shown to whoever writes, who takes it out
or confirms it; the trail keeps which forces were named.
"""

from collections.abc import Iterable, Iterator, Sequence

from foitracker.casework.refusals import NotPossible
from referrals.models import Referral, ReferralForce
from referrals.queries.force_words import force_words, forces_in_group, our_own
from referrals.rules.other_forces import (
    ForceTrace,
    ForceTraceKind,
    ForceWords,
    find_force_traces,
    never_sent,
    traces_in_words,
)
from referrals.rules.pack_facts import PackFacts

#: The field of the box that confirms names.
CONFIRMATION = "names_confirmed"

#: A text with the field it was typed in.
Said = tuple[str, str]


class OtherForcesNamed(NotPossible):
    """Words name another force, and nobody has confirmed that they may."""

    def __init__(self, named: Sequence[ForceTrace]) -> None:
        super().__init__(
            f"Other forces will read this, and it names: {traces_in_words(named)}. Remove the names, or tick to "
            "confirm that they can stay.",
            field=CONFIRMATION,
        )


def check_for_every_force(referral: Referral, said: Sequence[Said], *, confirmed: bool) -> dict[str, object]:
    """Check words that every force on a log and its group may read; return, for the event, which forces they name.

    To a portfolio lead no force's reference goes, so none may stand in them, of whichever force. Raises NotPossible,
    and OtherForcesNamed where several forces read them and it is not `confirmed` that the names may stay.
    """
    known = force_words(forces_in_group(referral))
    traces = _look(said, list(known.values()), ours=our_own([referral]))
    return _confirmed(traces if len(known) > 1 else (), confirmed)


def check_for_forces(
    referral: Referral, readers: Sequence[ReferralForce], said: Sequence[Said], *, confirmed: bool
) -> dict[str, object]:
    """Check words that only some forces on a log read; return, for the event, which others they name.

    What is the reading force's own may stand in them, where it is the only one. Raises as `check_for_every_force`.
    """
    if not readers:
        return {}
    known = force_words(forces_in_group(referral))
    own = known.pop(readers[0].force_id, None) if len(readers) == 1 else None
    ours = our_own([referral, *(reader.referral for reader in readers)])
    return _confirmed(_look(said, list(known.values()), own=own, ours=ours), confirmed)


def check_for_lead(referral: Referral, said: Sequence[Said]) -> None:
    """Raise NotPossible where words for a portfolio lead hold a force's reference or mailbox.

    Names may stand in them: the lead is told which forces were asked.
    """
    _look(said, list(force_words(forces_in_group(referral)).values()), ours=our_own([referral]))


def check_log(
    referral: Referral,
    *,
    confirmed: bool,
    rows: Sequence[ReferralForce],
    fields: tuple[str, str, str] = ("subject", "wording", "forces"),
    joined: ReferralForce | None = None,
) -> dict[str, object]:
    """Check the words of a log as they are saved now; return, for the event, which forces they name to others.

    `rows` are forces whose own wordings are checked too. Where one has `joined`, the names of the others in the log's
    words were confirmed before. `fields` are those of subject, wording and own wordings. Raises as
    `check_for_every_force`.
    """
    known = force_words(forces_in_group(referral))
    ours, every = our_own([referral]), list(known.values())
    read_by_all = [(fields[0], referral.subject), (fields[1], referral.wording)]
    named = _look(read_by_all, every, ours=ours) if len(known) > 1 else []
    if len(known) < 2:
        _look(read_by_all, every, ours=ours)
    if joined:
        named = [trace for trace in named if trace.force == joined.force.short]
    for row in rows:
        said = [(fields[2], row.wording)]
        _look(said, every, ours=ours)  # a portfolio lead reads it
        others = [words for key, words in known.items() if key != row.force_id]
        traces = _look(said, others, own=known[row.force_id], ours=ours)
        named += [trace for trace in traces if joined is None or row.pk == joined.pk]
    return _confirmed(named, confirmed)


def check_pack(referral: Referral, facts: PackFacts, reader: ReferralForce | None) -> None:
    """Raise NotPossible where a pack holds a reference or mailbox that its reader may not have; None is a lead."""
    said = [("", text) for text in _texts(facts)]
    if reader is None:
        check_for_lead(referral, said)
    else:
        check_for_forces(referral, [reader], said, confirmed=True)


def _texts(facts: PackFacts) -> Iterator[str]:
    """What somebody wrote, among what a pack says."""
    yield from (facts.subject, facts.wording)
    yield from (one.wording for one in facts.forces)
    yield from (one.text for one in facts.advice)
    yield from (one.text for one in facts.letters)
    if facts.question:
        yield facts.question.text


def _look(
    said: Sequence[Said],
    others: Sequence[ForceWords],
    *,
    own: ForceWords | None = None,
    ours: Sequence[str],
) -> list[ForceTrace]:
    """What is found. Raises NotPossible, naming the field, for what never leaves."""
    found: list[ForceTrace] = []
    for field, text in said:
        traces = find_force_traces(text, others, own=own, ours=ours)
        if stays := never_sent(traces):
            raise NotPossible(
                f"This contains a force's reference or mailbox: {traces_in_words(stays)}. It must not be sent to "
                "another force or a portfolio lead. Remove it.",
                field=field,
            )
        found += traces
    return found


def _confirmed(traces: Iterable[ForceTrace], confirmed: bool) -> dict[str, object]:
    named = [trace for trace in traces if trace.kind is ForceTraceKind.NAME]
    if named and not confirmed:
        raise OtherForcesNamed(list(dict.fromkeys(named)))
    return {"forces_named": sorted({trace.force for trace in named})} if named else {}
