"""The facts of a letter, read from its case: what is checked, printed and frozen.

Which of them a letter says, its kind declares; `requests_app.letters.facts` puts them together.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from foitracker.working_days.queries import current_calendar
from requests_app.models import (
    REVERSED_LINK_LABELS,
    Authority,
    Clarification,
    ExemptionClaim,
    FigureSet,
    FoiRequest,
    Letter,
    Regime,
    Regulator,
    RequestItem,
    RequestLink,
)
from requests_app.queries.exemption_catalogue import designation, exemption_catalogue
from requests_app.queries.identity import applicant_of, validity_of
from requests_app.queries.reference_differences import reference_differences
from requests_app.rules.casework.authority_kind import AuthorityKind
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.clock.remedies import review_request_by
from requests_app.rules.exemptions.catalogue import Catalogue
from requests_app.rules.exemptions.claim_facts import ClaimFacts, LimbFacts
from requests_app.rules.exemptions.prejudice import Prejudice
from requests_app.rules.exemptions.questions import particulars
from requests_app.rules.letters.facts import (
    AddresseeFacts,
    AuthorityFacts,
    ClarificationFacts,
    FigureFacts,
    FigureSetFacts,
    ItemFacts,
    LetterFacts,
    LinkFacts,
    RegulatorFacts,
    SearchFacts,
)


def shared_facts(letter: Letter, letter_date: date | None) -> LetterFacts:
    """Return what every kind of letter says, as the case stands. `letter_date` is None for a draft."""
    case = letter.foi_request
    authority = Authority.objects.get()
    return LetterFacts(
        kind=letter.kind,
        reference=case.reference,
        subject=case.subject,
        regime=case.regime,
        received_on=case.received_on,
        due_on=case.due_on,
        words=case.words,
        authority=_authority(authority),
        addressee=_addressee(case),
        letter_date=letter_date,
        answer=letter.answer,
        advice=letter.advice,
        enclosures=tuple(line.strip() for line in letter.enclosures.splitlines() if line.strip()),
        signatory_name=_signatory(letter, authority),
        corrects_letter_of=letter.corrected_letter.issued_on if letter.corrected_letter else None,
        correction=letter.correction,
        own=letter.own_texts,
    )


def with_regulator(facts: LetterFacts, letter: Letter, on: date) -> LetterFacts:
    """Add the regulator in office on a day, its postal address only when confirmed, and those there were before."""
    recorded = list(Regulator.objects.filter(from_date__lte=on))
    if not recorded:
        return facts
    regulator = recorded[-1]
    names = {one.name: one for one in reversed(recorded)}  # the first row of each name
    found = RegulatorFacts(
        name=regulator.name,
        address=regulator.printed_address,
        telephone=regulator.telephone,
        website=regulator.website,
        since=names[regulator.name].from_date,
        former_names=tuple(name for name in names if name != regulator.name),
    )
    return replace(facts, regulator=found)


def with_review_limit(facts: LetterFacts, letter: Letter, on: date) -> LetterFacts:
    """Add the last day to ask for a review; a draft has none yet. Raises CalendarNotCovered."""
    if facts.letter_date is None:
        return facts
    return replace(facts, review_request_by=review_request_by(facts.letter_date, current_calendar()))


def with_validity(facts: LetterFacts, letter: Letter, on: date) -> LetterFacts:
    """Add what the request lacks to be valid (FOIA s.8)."""
    found = validity_of(letter.foi_request)
    return replace(facts, validity_gaps=tuple(gap.reason for gap in found))


def with_answer(facts: LetterFacts, letter: Letter, on: date) -> LetterFacts:
    """Add all that an answer says of the case, in about ten queries, whatever the number of items."""
    case = letter.foi_request
    items = tuple(case.items.select_related("duplicate_of").prefetch_related("figure_sets__figures"))
    clarifications = case.clarifications.prefetch_related("excluded_items")
    return replace(
        facts,
        interpretation=case.interpretation,
        links=_links(case),
        clarifications=tuple(_clarification(c) for c in clarifications),
        holding=Holding(case.holding) if case.holding else None,
        searches=tuple(
            SearchFacts(s.searched, s.searched_by, s.searched_on, s.criteria) for s in case.searches.all()
        ),
        items=tuple(_item(item) for item in items),
        claims=claims_of(case, exemption_catalogue(facts.authority.kind)),
        designation=designation() if _is_outside(items) and case.regime == Regime.FOIA else None,
        reference_differences=reference_differences(letter, items),
    )


def _authority(authority: Authority) -> AuthorityFacts:
    return AuthorityFacts(
        name=authority.name,
        short_name=authority.short_name,
        office=authority.office,
        address=authority.address,
        telephone=authority.telephone,
        email=authority.email,
        website=authority.website,
        signature_line=authority.signature_line,
        review_address=authority.review_address,
        review_email=authority.review_email,
        kind=AuthorityKind(authority.kind),
    )


def _addressee(case: FoiRequest) -> AddresseeFacts:
    applicant = applicant_of(case)
    return AddresseeFacts(
        name=applicant.name,
        organisation=applicant.organisation,
        address=applicant.postal_address or ("" if applicant.email else applicant.other_address),
        email=applicant.email,
        salutation=applicant.salutation or applicant.name or applicant.organisation,
    )


def _links(case: FoiRequest) -> tuple[LinkFacts, ...]:
    links = RequestLink.objects.select_related("to_request", "from_request")
    onward = [
        LinkFacts(
            link.get_kind_display(),
            link.to_request.reference,
            link.to_request.words if link.quote_words else "",
        )
        for link in links.filter(from_request=case).order_by("to_request__year", "to_request__number")
    ]
    backward = [
        LinkFacts(REVERSED_LINK_LABELS[link.kind], link.from_request.reference)
        for link in links.filter(to_request=case).order_by("from_request__year", "from_request__number")
    ]
    return tuple(onward + backward)


def _clarification(clarification: Clarification) -> ClarificationFacts:
    return ClarificationFacts(
        asked_on=clarification.asked_on,
        question=clarification.question,
        answered_on=clarification.answered_on,
        answer=clarification.answer,
        excluded_labels=tuple(item.label for item in clarification.excluded_items.all()),
        effect=ClockEffect(clarification.effect) if clarification.effect else None,
    )


def _is_outside(items: Iterable[RequestItem]) -> bool:
    return any(item.disposition == Disposition.OUTSIDE_FUNCTIONS for item in items)


def _item(item: RequestItem) -> ItemFacts:
    return ItemFacts(
        label=item.label,
        text=item.text,
        disposition=Disposition(item.disposition) if item.disposition else None,
        explanation=item.explanation,
        location=item.location,
        duplicate_of=item.duplicate_of.label if item.duplicate_of else "",
        figure_sets=tuple(_figure_set(figure_set) for figure_set in item.figure_sets.all()),
    )


def _figure_set(figure_set: FigureSet) -> FigureSetFacts:
    return FigureSetFacts(
        unit_of_count=figure_set.unit_of_count,
        criteria=tuple(figure_set.criteria),
        caveat=figure_set.caveat,
        figures=tuple(
            FigureFacts(f.label, f.period_from, f.period_to, f"{f.value:,.2f}".removesuffix(".00"))
            for f in figure_set.figures.all()
        ),
    )


def claims_of(case: FoiRequest, catalogue: Catalogue) -> tuple[ClaimFacts, ...]:
    """Return the claims of a request as values. Raises UnknownLimb."""
    return tuple(claim_facts(claim, catalogue) for claim in case.claims.prefetch_related("items"))


def claim_facts(claim: ExemptionClaim, catalogue: Catalogue) -> ClaimFacts:
    """Return a claim as values, with what its limbs ask for. Raises UnknownLimb."""
    exemption = catalogue.exemption(claim.section)
    limbs = tuple(exemption.limb(ref) for ref in claim.limbs)
    asks = exemption.requirements(limbs)
    return ClaimFacts(
        section=claim.section,
        title=exemption.title,
        absolute=asks.absolute,
        class_based=asks.class_based,
        neither_confirm_nor_deny=claim.neither_confirm_nor_deny,
        limbs=tuple(LimbFacts(limb.ref, limb.said(claim.answers)) for limb in limbs),
        item_labels=tuple(item.label for item in claim.items.all()),
        harm_required=asks.harm,
        public_interest_required=asks.public_interest,
        public_interest_disputed=asks.public_interest_disputed,
        why_applies=claim.why_applies,
        prejudice=Prejudice(claim.prejudice) if claim.prejudice else None,
        harm=claim.harm,
        factors_for=claim.factors_for,
        factors_against=claim.factors_against,
        balance=claim.balance,
        particulars=particulars(asks.questions, claim.answers, denies=claim.neither_confirm_nor_deny),
        reasons_omitted=claim.reasons_omitted,
    )


def _signatory(letter: Letter, authority: Authority) -> str:
    """The person who signs is the one who approves; no one's name stands on a draft."""
    if not authority.prints_officer_name or letter.approved_by is None:
        return ""
    return letter.approved_by.name
