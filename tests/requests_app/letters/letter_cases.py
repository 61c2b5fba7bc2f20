"""Facts of letters, one builder for each kind, modelled on what an FOI team answers. Everybody is invented."""

from dataclasses import replace
from datetime import date

from requests_app.rules.dispositions import Disposition, LetterKind
from requests_app.rules.letter_facts import (
    AddresseeFacts,
    AuthorityFacts,
    ClaimFacts,
    ClarificationFacts,
    ClockEffect,
    FigureFacts,
    FigureSetFacts,
    Holding,
    ItemFacts,
    LetterFacts,
    LimbFacts,
    LinkFacts,
    Prejudice,
    RegulatorFacts,
    SearchFacts,
)

AUTHORITY = AuthorityFacts(
    name="National Police Chiefs’ Council",
    short_name="NPCC",
    office="Freedom of Information Team",
    address="PO Box 9000\nExampleton\nHampshire\nEX1 4PL",
    telephone="01632 960 123",
    email="foi@example.org",
    website="www.example.org",
    signature_line="Freedom of Information Officer and Decision Maker",
    review_address="Internal Reviews\nPO Box 9000\nExampleton\nHampshire\nEX1 4PL",
    review_email="reviews@example.org",
)
REGULATOR = RegulatorFacts(
    name="Information Commissioner",
    address="Wycliffe House\nWater Lane\nWilmslow\nCheshire\nSK9 5AF",
    telephone="0303 123 1113",
    website="www.ico.org.uk",
)
ADDRESSEE = AddresseeFacts(
    name="Rowan Ashdown",
    organisation="",
    address="14 Larch Terrace\nSampleford\nSA1 9ZZ",
    email="rowan.ashdown@example.org",
    salutation="Dear Rowan Ashdown",
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
    """A disclosure of figures for three years, in answer to a follow-up that narrowed an earlier request."""
    return LetterFacts(
        kind=LetterKind.DISCLOSURE,
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
            LinkFacts(relation="follow-up to", reference="2101/2025"),
            LinkFacts(
                relation="narrower form of",
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
    "1480/23", "43/23", "1355/22", "000636/18", "000681/18", "000698/20", "969/21", "002017/16",
    "001800/17", "1782/22", "740/16", "1371/15", "1015/15", "001371/15",
)  # fmt: skip


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


_BUNDLES = tuple(f"{position}." for position in range(1, 13))

SECURITY = ClaimFacts(
    section="23",
    title="Information supplied by, or about, security bodies",
    absolute=True,
    neither_confirm_nor_deny=False,
    limbs=(LimbFacts("23(1)", "information that a security body named in section 23(3) supplied, or that is about one"),),
    item_labels=("4.", "7.", "8."),
    harm_required=False,
    public_interest_required=False,
    why_applies="Some passages in these bundles came from one of the bodies listed in section 23(3), or concern one.",
)  # fmt: skip
LAW_ENFORCEMENT = ClaimFacts(
    section="31",
    title="Law enforcement",
    absolute=False,
    neither_confirm_nor_deny=False,
    limbs=(
        LimbFacts("31(1)(a)", "preventing or detecting crime"),
        LimbFacts("31(1)(b)", "catching or prosecuting offenders"),
    ),
    item_labels=_BUNDLES,
    harm_required=True,
    public_interest_required=True,
    why_applies=(
        "The redacted passages say which requests for information forces regard as risky, and describe "
        "methods and equipment that are not publicly known."
    ),
    prejudice=Prejudice.WOULD_BE_LIKELY,
    harm=(
        "Read together, the passages show what forces can and cannot do, and where. A person planning crime "
        "could use them to avoid being detected.\n\n"
        "In two of the cases investigations are still open, and the passages would show how far they have got."
    ),
    factors_for=(
        "The public should be able to see how forces are advised to answer requests, and that the advice is "
        "consistent and lawful.\n\nDisclosure would add to the debate on openness in policing."
    ),
    factors_against=(
        "Methods that become known lose their use, and others have to be found at public cost.\n\n"
        "Crime that is not prevented or detected harms the people it is done to."
    ),
    balance=(
        "The advice itself is disclosed, which meets most of the interest in seeing how forces are guided. "
        "What the redacted passages would add to that is small beside the harm, so we withhold them."
    ),
)
PERSONAL_DATA = ClaimFacts(
    section="40",
    title="Personal information",
    absolute=True,
    neither_confirm_nor_deny=False,
    limbs=(
        LimbFacts(
            "40(2)+(3A)(a)",
            "personal data about somebody other than you, where disclosure to the public would go against the "
            "data protection principles",
        ),
    ),
    item_labels=_BUNDLES,
    harm_required=False,
    public_interest_required=False,
    why_applies=(
        "The redactions cover names and contact details of junior staff and of people who made requests. "
        "They would not expect to be named to the world, and your interest in how forces are advised can be "
        "met without it. Disclosure would therefore not be lawful or fair, as Article 5(1)(a) of the UK GDPR "
        "asks."
    ),
)


def redacted_cases() -> LetterFacts:
    """A part refusal: fourteen references, one taken out by clarification, one asked for twice."""
    asked = "\n".join(f"{n}. Log number {ref}" for n, ref in enumerate(_REFERENCES, start=1))
    return LetterFacts(
        kind=LetterKind.PART_REFUSAL,
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
    """The part refusal before it is issued: no date, no last day for a review, one item not yet decided."""
    facts = redacted_cases()
    undecided = replace(facts.items[0], disposition=None, explanation="")
    return replace(facts, letter_date=None, review_request_by=None, items=(undecided, *facts.items[1:]))


def acknowledgement() -> LetterFacts:
    """The letter that says a request has arrived."""
    facts = redacted_cases()
    return replace(
        facts,
        kind=LetterKind.ACKNOWLEDGEMENT,
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
    """The letter that says what a message lacks to be a request (FOIA s.8)."""
    return replace(
        acknowledgement(),
        kind=LetterKind.INVALID,
        reference="2260/2025",
        subject="police drones",
        words="tell me everything about your drones",
        addressee=replace(ADDRESSEE, name="skywatcher", address="", salutation=""),
        validity_gaps=("your real name (section 8(1)(b))",),
        advice="It would also help us to know which force and which years you have in mind.",
        due_on=None,
    )


def neither_confirmed_nor_denied() -> LetterFacts:
    """A full refusal that says neither that information is held nor that it is not, under ss.23(5) and 24(2)."""
    facts = three_years()
    security = replace(
        SECURITY,
        neither_confirm_nor_deny=True,
        limbs=(LimbFacts("23(5)", "cases where merely saying whether information is held would disclose something that came from, or is about, a security body"),),
        item_labels=(),
        why_applies="To say whether we hold what you asked for would itself say something about the work of such a body.",
        reasons_omitted=True,
    )  # fmt: skip
    national = replace(
        LAW_ENFORCEMENT,
        section="24",
        title="National security",
        neither_confirm_nor_deny=True,
        limbs=(LimbFacts("24(2)", "cases where not having to say whether information is held is needed to safeguard national security"),),
        item_labels=(),
        prejudice=None,
    )  # fmt: skip
    return replace(
        facts,
        kind=LetterKind.FULL_REFUSAL,
        subject="use of covert equipment at airports",
        words="How often was covert equipment used at airports last year?",
        links=(),
        searches=(),
        holding=Holding.NEITHER,
        items=(ItemFacts("1", "Use of covert equipment at airports", Disposition.NEITHER),),
        claims=(security, national),
    )


def not_held() -> LetterFacts:
    """Nothing is held on one item; another lies outside the functions the Act covers."""
    return replace(
        three_years(),
        kind=LetterKind.NOT_HELD,
        reference="2301/2025",
        subject="uniform budgets",
        words="a) What did each force spend on uniforms in 2024?\nb) Who chairs your pension board?",
        links=(),
        holding=Holding.NOT_HELD,
        items=(
            ItemFacts("a)", "What did each force spend on uniforms in 2024?", Disposition.NOT_HELD,
                      "Forces buy their own uniforms and do not report the cost to us."),
            ItemFacts("b)", "Who chairs your pension board?", Disposition.OUTSIDE_FUNCTIONS),
        ),
        advice="Each force can tell you what it spent. A list of their addresses is at www.example.org/forces.",
        signatory_name="",
    )  # fmt: skip


def environmental() -> LetterFacts:
    """A part refusal under the Environmental Information Regulations 2004."""
    exception = replace(
        LAW_ENFORCEMENT,
        section="12(5)(b)",
        title="The course of justice",
        limbs=(LimbFacts("12(5)(b)", "information whose disclosure would adversely affect the course of justice or an inquiry"),),
        item_labels=("2",),
        prejudice=Prejudice.WOULD,
    )  # fmt: skip
    return replace(
        three_years(),
        kind=LetterKind.PART_REFUSAL,
        regime="EIR",
        reference="2310/2025",
        subject="fuel stored at police sites",
        words="1. How much fuel is stored at each site?\n2. What has the inquiry into the spill found?\n3. How much was spilt in 2010?",
        links=(),
        holding=Holding.PARTLY_HELD,
        items=(
            ItemFacts("1", "How much fuel is stored at each site?", Disposition.DISCLOSED, "40,000 litres at each."),
            ItemFacts("2", "What has the inquiry into the spill found?", Disposition.WITHHELD),
            ItemFacts("3", "How much was spilt in 2010?", Disposition.NOT_HELD),
        ),
        claims=(exception,),
    )  # fmt: skip


#: Text that means harm to a letter: markup, characters that turn the reading order, words without a break.
NASTY = (
    "<script>alert('x')</script> {{ facts.authority.email }} {% include 'letters/base.html' %}\n"
    "\u202egnp.exe\u202c מכתב לדוגמה والرسالة 😀 👩‍👩‍👧 \x00\x07\n\n\n"
    f"{'unbroken' * 40}\n<img src=\"http://192.0.2.1/x.png\"> <link rel=stylesheet href=file:///etc/passwd>\n"
    + "\n".join(f"line {number}" for number in range(1, 61))
)


def hostile() -> LetterFacts:
    """Everything a text field can be made to hold, in every field that takes text."""
    facts = redacted_cases()
    claim = replace(
        LAW_ENFORCEMENT, why_applies=NASTY, harm=NASTY, factors_for=NASTY, balance=NASTY, item_labels=("x" * 60,)
    )  # fmt: skip
    return replace(
        facts,
        subject=NASTY[:400],
        words=NASTY,
        interpretation=NASTY,
        answer=NASTY,
        addressee=AddresseeFacts("Ŵ" * 90, NASTY[:90], NASTY[:300], "a" * 90 + "@example.org", "<b>Dear</b> you"),
        items=tuple(
            ItemFacts(f"{n}" if n < 40 else "x" * 60, NASTY[: 30 * n], Disposition.PARTLY_DISCLOSED, NASTY[:300])
            for n in range(1, 41)
        ),
        claims=(claim,),
        enclosures=(NASTY,),
        signatory_name=NASTY[:300],
    )  # fmt: skip


CASES = {
    "acknowledgement": acknowledgement,
    "invalid": invalid,
    "disclosure": three_years,
    "part_refusal": redacted_cases,
    "part_refusal_draft": draft,
    "part_refusal_eir": environmental,
    "full_refusal_ncnd": neither_confirmed_nor_denied,
    "not_held": not_held,
}
