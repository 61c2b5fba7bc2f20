"""How the requests answered in a period were answered, and which exemptions were relied on.

Each request answered has one outcome, that of its first answer as it stands now; together they make up all answered.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from requests_app.measures.periods.declared import ANSWERED
from requests_app.measures.periods.view import PeriodMeasure, PeriodView
from requests_app.models import ExemptionClaim, FoiRequest
from requests_app.rules.casework.workflow import UNANSWERED_OUTCOMES, Outcome

#: Sections of Part II of the Act that can be claimed, in its order (s.25 is about certificates).
SECTIONS: tuple[str, ...] = (
    "21", "22", "22A", "23", "24", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36", "37", "38", "39",
    "40", "41", "42", "43", "44",
)  # fmt: skip


def _answered_as(code: str, name: str, definition: str, outcomes: Iterable[str]) -> PeriodMeasure:
    values = [str(outcome) for outcome in outcomes]
    return PeriodMeasure(
        code=code,
        name=name,
        definition=definition,
        anchor="responded_on",
        part_of=ANSWERED.code,
        condition=lambda view: view.within("responded_on") & Q(outcome__in=values),
        holds=lambda case, view: view.has_within(case.responded_on) and case.outcome in values,
    )


GRANTED = _answered_as(
    "answered_granted",
    "Granted in full",
    "Answered in the period: all that was asked for and is held was given.",
    [Outcome.DISCLOSED],
)
GRANTED_IN_PART = _answered_as(
    "answered_in_part",
    "Granted in part and refused in part",
    "Answered in the period: something was given and something refused (s.17).",
    [Outcome.PARTLY_DISCLOSED],
)
REFUSED = _answered_as(
    "answered_refused",
    "Refused in full",
    "Answered in the period: nothing was given and an exemption relied on for what is held.",
    [Outcome.REFUSED],
)
NEITHER = _answered_as(
    "answered_ncnd",
    "Neither confirmed nor denied",
    "Answered in the period by neither confirming nor denying that information is held, and nothing else.",
    [Outcome.NEITHER],
)
ACCESSIBLE = _answered_as(
    "answered_accessible",
    "Refused as already accessible (s.21)",
    "Answered in the period: all of it is reasonably accessible to the applicant otherwise (s.21).",
    [Outcome.ALREADY_ACCESSIBLE],
)
NOT_HELD = _answered_as(
    "answered_not_held",
    "Not held",
    "Answered in the period: nothing that was asked for is held.",
    [Outcome.NOT_HELD],
)
OUTSIDE = _answered_as(
    "answered_outside",
    "Outside the designated functions",
    "Answered in the period: what was asked for is outside the functions for which the authority is covered (s.7(5)).",
    [Outcome.OUTSIDE_FUNCTIONS],
)
OTHERWISE = _answered_as(
    "answered_otherwise",
    "Answered otherwise",
    "Answered in the period: nothing was left after clarification, or the answer is being corrected.",
    ["", Outcome.NOTHING_LEFT, *sorted(UNANSWERED_OUTCOMES)],
)

OUTCOMES: tuple[PeriodMeasure, ...] = (
    GRANTED,
    GRANTED_IN_PART,
    REFUSED,
    NEITHER,
    ACCESSIBLE,
    NOT_HELD,
    OUTSIDE,
    OTHERWISE,
)


@dataclass(frozen=True, kw_only=True)
class ClaimMeasure(PeriodMeasure):
    """A measure of requests on which a section is relied on; all sections are counted by one statement."""

    section: str


def claim_measure(section: str, *, code: str, definition: str, base: PeriodMeasure) -> ClaimMeasure:
    """Return the measure of those of `base`, which has an anchor, on which a section of the Act is relied on."""

    def condition(view: PeriodView) -> Q:
        claims = ExemptionClaim.objects.filter(foi_request=OuterRef("pk"), section=section)
        return base.condition(view) & Q(Exists(claims))

    def holds(case: FoiRequest, view: PeriodView) -> bool:
        return base.holds(case, view) and any(claim.section == section for claim in case.claims.all())

    return ClaimMeasure(
        code=code,
        name=f"Section {section}",
        definition=definition,
        section=section,
        anchor=base.anchor,
        part_of=base.code,
        condition=condition,
        holds=holds,
    )


CLAIMS: tuple[ClaimMeasure, ...] = tuple(
    claim_measure(
        section,
        code=f"answered_s{section.lower()}",
        definition=f"Answered in the period, relying on section {section} for at least a part. One request may count "
        "under several sections.",
        base=ANSWERED,
    )
    for section in SECTIONS
)
