"""Facts of letters, one builder for each kind, modelled on what an FOI team answers. Everyone is invented."""

from dataclasses import replace
from datetime import date

from requests_app.queries.exemption_catalogue import designation
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.letters.facts import (
    ClarificationFacts,
    FigureFacts,
    FigureSetFacts,
    ItemFacts,
    LetterFacts,
    LinkFacts,
    SearchFacts,
)
from tests.requests_app.letters.letter_parts import (
    ADDRESSEE,
    AUTHORITY,
    LAW_ENFORCEMENT,
    PERSONAL_DATA,
    REGULATOR,
    SECURITY,
)

_FORCES = (
    "1. Cleveland Police\n2. Durham Constabulary\n3. Greater Manchester Police\n4. Lancashire Constabulary\n"
    "5. North Yorkshire Police\n6. South Yorkshire Police\n7. West Yorkshire Police"
)
_COUNTED = FigureSetFacts(
    unit_of_count="cases referred to the Central Referral Unit",
    criteria=(
        "cases that Lancashire Constabulary alone received, and referred",
        "national cases that Lancashire Constabulary referred, or wrote to the unit about",
        "cases referred because the criteria for mandatory referral were met.",
    ),
    caveat=(
        "Where the unit sent advice on a national case to every force, and Lancashire Constabulary used it "
        "without sending in a referral form, the unit has no record to count."
    ),
    figures=(),
)


def _year(label: str, year: int, value: str) -> ItemFacts:
    figure = FigureFacts(label, date(year - 1, 4, 1), date(year, 3, 31), value)
    return ItemFacts(
        label=label,
        text=f"Referrals by Lancashire Constabulary in the year ending 31 March {year}",
        disposition=Disposition.DISCLOSED,
        figure_sets=(replace(_COUNTED, figures=(figure,)),),
    )


def three_years() -> LetterFacts:
    """Return a disclosure of figures for three years, in answer to a follow-up that narrowed an earlier request."""
    return LetterFacts(
        kind="disclosure",
        reference="2253/2025",
        subject="referrals to the Central Referral Unit from Lancashire Constabulary",
        regime="FOIA",
        received_on=date(2025, 4, 22),
        due_on=date(2025, 5, 22),
        letter_date=date(2025, 4, 25),
        review_request_by=date(2025, 6, 24),
        words=(
            "I have read your review and will not take it further.\n\n"
            "To finish this off, please send me the same figures for Lancashire only, for each of the "
            "three years."
        ),
        authority=AUTHORITY,
        regulator=REGULATOR,
        addressee=ADDRESSEE,
        links=(
            LinkFacts(relation="Follow-up to", reference="2101/2025"),
            LinkFacts(
                relation="Related to",
                reference="1987/2025",
                words=(
                    "For each of the three years ending 31 March (A. 2025, B. 2024 and C. 2023), how many "
                    f"requests did these forces ask the Central Referral Unit for help with?\n\n{_FORCES}"
                ),
            ),
        ),
        holding=Holding.HELD,
        searches=(
            SearchFacts(
                searched="The unit’s case management system",
                searched_by="Central Referral Unit",
                searched_on=date(2025, 4, 23),
                criteria="Cases with Lancashire Constabulary as referring force, by date of referral",
            ),
        ),
        items=(_year("A", 2025, "0"), _year("B", 2024, "21"), _year("C", 2023, "65")),
        signatory_name="Jo Pemberton",
    )


_REFERENCES = (
    "1480/23",
    "43/23",
    "1355/22",
    "000636/18",
    "000681/18",
    "000698/20",
    "969/21",
    "002017/16",
    "001800/17",
    "1782/22",
    "740/16",
    "1371/15",
    "1015/15",
    "001371/15",
)


def _case_item(position: int, reference: str) -> ItemFacts:
    item = ItemFacts(
        label=f"{position}.",
        text=f"Correspondence on log number {reference}",
        disposition=Disposition.PARTLY_DISCLOSED,
        explanation=f"Bundle {position} is enclosed, with redactions.",
    )
    if position == 13:
        return replace(item, disposition=Disposition.EXCLUDED, explanation="")
    if position == 14:
        return replace(item, disposition=Disposition.DUPLICATE, explanation="", duplicate_of="12.")
    return item


def redacted_cases() -> LetterFacts:
    """Return a part refusal: fourteen references, one excluded by clarification, one asked for twice."""
    asked = "\n".join(f"{n}. Log number {ref}" for n, ref in enumerate(_REFERENCES, start=1))
    return LetterFacts(
        kind="part_refusal",
        reference="2216/2025",
        subject="correspondence between the Central Referral Unit and forces",
        regime="FOIA",
        received_on=date(2025, 4, 17),
        due_on=date(2025, 6, 9),
        letter_date=date(2025, 5, 28),
        review_request_by=date(2025, 7, 24),
        words=(
            "Please send me all correspondence, with attachments, about the advice given on these requests:"
            f"\n\n{asked}"
        ),
        authority=AUTHORITY,
        regulator=REGULATOR,
        addressee=ADDRESSEE,
        clarifications=(
            ClarificationFacts(
                asked_on=date(2025, 5, 7),
                question="We hold a large file under 1015/15. Do you need it, or may we leave it out?",
                answered_on=date(2025, 5, 9),
                answer="Please leave out 1015/15 and carry on with the others.",
                excluded_labels=("13.",),
                effect=ClockEffect.NARROWS,
            ),
        ),
        interpretation=(
            "We have read your request as asking for the advice that the Central Referral Unit gave in each "
            "case, and for the correspondence that followed."
        ),
        holding=Holding.HELD,
        searches=(
            SearchFacts(
                searched="The unit’s case management system",
                searched_by="Central Referral Unit",
                searched_on=date(2025, 5, 12),
                criteria="Each log number named in the request",
            ),
            SearchFacts(
                searched="The unit’s shared mailbox and its archive",
                searched_by="Central Referral Unit",
                searched_on=date(2025, 5, 13),
                criteria="Messages with any of the log numbers in subject or text",
            ),
        ),
        items=tuple(_case_item(n, ref) for n, ref in enumerate(_REFERENCES, start=1)),
        claims=(SECURITY, LAW_ENFORCEMENT, PERSONAL_DATA),
        enclosures=tuple(
            f"Bundle {n}: case {ref.lstrip('0')}" for n, ref in enumerate(_REFERENCES[:12], start=1)
        ),
        advice=(
            "If you are interested in one case more than in the others, tell us which, and we will see whether "
            "more can be said about it."
        ),
        signatory_name="Jo Pemberton",
    )


def draft() -> LetterFacts:
    """Return the part refusal before it is issued: no date, no last day for a review, one item not yet decided."""
    facts = redacted_cases()
    undecided = replace(facts.items[0], disposition=None, explanation="")
    return replace(facts, letter_date=None, review_request_by=None, items=(undecided, *facts.items[1:]))


def acknowledgement() -> LetterFacts:
    """Return the letter that says a request has arrived."""
    facts = redacted_cases()
    return replace(
        facts,
        kind="acknowledgement",
        letter_date=date(2025, 4, 22),
        due_on=date(2025, 5, 19),
        items=(),
        claims=(),
        clarifications=(),
        searches=(),
        enclosures=(),
        holding=None,
        interpretation="",
        advice="",
        review_request_by=None,
    )


def invalid() -> LetterFacts:
    """Return the letter that says what a message lacks to be a request (FOIA s.8)."""
    return replace(
        acknowledgement(),
        kind="invalid",
        reference="2260/2025",
        subject="police drones",
        words="tell me everything about your drones",
        addressee=replace(ADDRESSEE, name="skywatcher", address="", salutation=""),
        validity_gaps=("“skywatcher” is not a full name.",),
        advice="It would also help us to know which force and which years you have in mind.",
        due_on=None,
    )


def not_held() -> LetterFacts:
    """Return a letter with nothing held on one item, and another outside the functions the Act covers."""
    return replace(
        three_years(),
        kind="not_held",
        reference="2301/2025",
        subject="uniform budgets",
        words="a) What did each force spend on uniforms in 2024?\nb) Who chairs your pension board?",
        links=(),
        holding=Holding.NOT_HELD,
        items=(
            ItemFacts(
                "a)",
                "What did each force spend on uniforms in 2024?",
                Disposition.NOT_HELD,
                "Forces buy their own uniforms and do not report the cost to us.",
            ),
            ItemFacts("b)", "Who chairs your pension board?", Disposition.OUTSIDE_FUNCTIONS),
        ),
        designation=designation(),
        advice="Each force can tell you what it spent. A list of their addresses is at www.example.org/forces.",
        signatory_name="",
    )
