"""What a claim is asked and what the letter prints of it: some forty claims, for a lawyer to check.

`docs/claims.md` is this table: `python -m tests.requests_app.letters.claims_table > docs/claims.md` writes it anew.
`test_claims_table` holds each row against the rules and a printed letter.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

#: Questions by the names they have on the page; the others are in `data/exemptions.json`.
REASONS = ("why_applies",)
HARM = ("prejudice", "harm")
BALANCE = ("factors_for", "factors_against", "balance")
QUALIFIED_HARM = (*REASONS, *HARM, *BALANCE)
PERSONAL = (
    "personal_data",
    "special_data",
    "principle",
    "legitimate_interest",
    "necessity",
    "person_interests",
)
CONFIDENCE = (
    "obtained_from",
    "quality_of_confidence",
    "obligation_of_confidence",
    "public_interest_defence",
)
CLASS = "covers a whole class of information"
ABSOLUTE = "is absolute, so the Act asks for no public interest test"
QUALIFIED = "This exemption is qualified"
WHOSE_READING = (
    "treats this provision as absolute, so that no public interest test is needed. Section 2(3) of the Act"
)


@dataclass(frozen=True)
class Row:
    """One claim: its limbs, what is asked (and blocks when it is missing), what the letter prints and does not.

    `also` is a second claim on the same item; `answers` are given besides the usual ones; `warns` is what a warning
    says.
    """

    point: str
    refs: str
    source: str
    asked: tuple[str, ...]
    prints: tuple[str, ...] = ()
    prints_not: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    also: str = ""
    also_answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    warns: str = ""


ROWS: tuple[Row, ...] = (
    Row("Accessible elsewhere", "21(1)", "FOIA s.21, s.2(3)(a)", REASONS, (ABSOLUTE,), (CLASS,)),
    Row(
        "Future publication, three limbs together",
        "22(1)(a)(b)(c)",
        "FOIA s.22",
        (*REASONS, *BALANCE),
        (QUALIFIED,),
        (CLASS,),
    ),
    Row("Research", "22A(1)(a)(b)(i)", "FOIA s.22A", QUALIFIED_HARM, ("prejudice",)),
    Row("Security bodies", "23(1)", "FOIA s.23(1), s.2(3)(b)", REASONS, (CLASS, ABSOLUTE)),
    Row(
        "Security bodies, certificate",
        "23(1), 23(2)",
        "FOIA s.23(2), s.25(3), s.60",
        (*REASONS, "certificate_signed_by", "certificate_on"),
        ("conclusive evidence", "signed by the Home Secretary", "It is dated 1 May 2025", "under section 60"),
    ),
    Row(
        "National security",
        "24(1)",
        "FOIA s.24(1)",
        (*REASONS, "harm", *BALANCE),
        ("required, that is, reasonably necessary", QUALIFIED),
        ("would, or would be likely",),
    ),
    Row(
        "National security, certificate",
        "24(1), 24(3)",
        "FOIA s.24(3), s.25(3), s.60",
        (*REASONS, "harm", *BALANCE, "certificate_signed_by", "certificate_on"),
        ("signed by the Home Secretary", "under section 60"),
    ),
    Row(
        "23(1) and 24(1) for the same information",
        "23(1)",
        "[2021] UKUT 248 (AAC)",
        REASONS,
        ("We rely on section 23(1) and section 24(1) in the alternative",),
        also="24(1)",
        also_answers={"in_the_alternative": "yes"},
    ),
    Row(
        "23(1) and 24(1), nothing said",
        "23(1)",
        "[2021] UKUT 248 (AAC)",
        REASONS,
        prints_not=("in the alternative",),
        also="24(1)",
        warns="Tick “in the alternative”",
    ),
    Row(
        "23(5) and 24(2) are relied on together",
        "23(5)",
        "FOIA s.23(5), s.24(2); ICO guidance",
        REASONS,
        ("We rely on section 23(5) and section 24(2) together. Please draw no conclusion",),
        ("in the alternative",),
        also="24(2)",
    ),
    Row(
        "23(1) with 24(2): other information",
        "23(1)",
        "FOIA s.1(1)(a), s.2(1)",
        REASONS,
        ("neither confirm nor deny that we hold any other information",),
        also="24(2)",
        also_answers={"other_information": "yes"},
    ),
    Row(
        "24(1) with 23(5), nothing said",
        "24(1)",
        "FOIA s.1(1)(a), s.2(1)",
        (*REASONS, "harm", *BALANCE),
        prints_not=("any other information",),
        also="23(5)",
        warns="Does the denial concern any other information?",
    ),
    Row("International relations", "27(1)(a)", "FOIA s.27(1)", QUALIFIED_HARM, (QUALIFIED,), (CLASS,)),
    Row("Confidential from another State", "27(2)", "FOIA s.27(2)", (*REASONS, *BALANCE), (CLASS, QUALIFIED)),
    Row("Investigations", "30(1)(a)(i)", "FOIA s.30(1)", (*REASONS, *BALANCE), (CLASS, QUALIFIED)),
    Row(
        "30(1) and 31(1), nothing said",
        "30(1)(a)(i)",
        "FOIA s.31(1)",
        (*REASONS, *BALANCE),
        also="31(1)(a)",
        warns="Say in each claim which documents it covers",
    ),
    Row(
        "30(1) and 31(1) for different documents",
        "30(1)(a)(i)",
        "FOIA s.31(1)",
        (*REASONS, *BALANCE),
        ("What it covers The case file.", "What it covers The guidance."),
        answers={"covers": "The case file."},
        also="31(1)(a)",
        also_answers={"covers": "The guidance."},
    ),
    Row("30(3) with 31(3)", "30(3)", "FOIA s.30(3), s.31(3)", (*REASONS, *BALANCE), (CLASS,), also="31(3)"),
    Row(
        "Law enforcement",
        "31(1)(a)(b)",
        "FOIA s.31(1)",
        QUALIFIED_HARM,
        (
            "prejudice the prevention or detection of crime",
            "prejudice the apprehension or prosecution",
            QUALIFIED,
        ),
        (CLASS,),
    ),
    Row(
        "Law enforcement, a purpose of 31(2)",
        "31(1)(g)",
        "FOIA s.31(1)(g), (2)",
        (*QUALIFIED_HARM, "purpose"),
        ("For the purposes of section 31(2): 31(2)(a)",),
        ("31(2)(b)",),
    ),
    Row(
        "Law enforcement, two purposes of 31(2) together",
        "31(1)(g)",
        "FOIA s.31(1)(g): “any of the purposes specified in subsection (2)”",
        (*QUALIFIED_HARM, "purpose"),
        (
            "31(2)(a): finding out whether someone has broken the law; "
            "31(2)(b): finding out whether someone is responsible for improper conduct",
        ),
        answers={"purpose": "31(2)(b) 31(2)(a)"},
    ),
    Row("Court records", "32(1)(a)", "FOIA s.32(1), s.2(3)(c)", REASONS, (CLASS, ABSOLUTE)),
    Row(
        "Records of an inquiry",
        "32(2)(a)",
        "FOIA s.32(2), (4)",
        (*REASONS, "inquiry"),
        ("under an enactment", "for the purposes of the Larch Inquiry, under the Inquiries Act 2005"),
    ),
    Row("Parliamentary privilege", "34(1)", "FOIA s.34(1), s.2(3)(d)", REASONS, (ABSOLUTE,), (CLASS,)),
    Row(
        "Parliamentary privilege, certificate",
        "34(1), 34(3)",
        "FOIA s.34(3)",
        (*REASONS, "certificate_signed_by", "certificate_on"),
        ("conclusive evidence",),
        ("section 60",),
    ),
    Row(
        "Conduct of public affairs",
        "36(2)(b)(i)",
        "FOIA s.36(2), (5)",
        (*QUALIFIED_HARM, "qualified_person", "opinion_on"),
        (
            "reasonable opinion of The Chair of the Council, the qualified person under section 36(5)",
            "The opinion was given on 6 May 2025",
            "inhibit the free and frank provision of advice",
            "In that opinion",
        ),
    ),
    Row(
        "Conduct of public affairs, statistics",
        "36(2)(c)",
        "FOIA s.36(4)",
        QUALIFIED_HARM,
        ("under section 36(4) no opinion of a qualified person is needed", "We have concluded that"),
        ("reasonable opinion of", "In the reasonable opinion"),
        answers={"statistics": "yes", "qualified_person": "", "opinion_on": ""},
    ),
    Row("The Sovereign", "37(1)(a)", "FOIA s.37(1)(a), s.2(3)(ea)", REASONS, (CLASS, ABSOLUTE)),
    Row("Honours", "37(1)(b)", "FOIA s.37(1)(b)", (*REASONS, *BALANCE), (CLASS, QUALIFIED)),
    Row("Health and safety", "38(1)(b)", "FOIA s.38(1)", QUALIFIED_HARM, ("endanger someone’s safety",)),
    Row(
        "Personal data of others",
        "40(2)+(3A)(a)",
        "FOIA s.40(2), (3A)(a), s.2(3)(fa); UK GDPR Art 5(1)(a), 6(1)(f)",
        PERSONAL,
        (
            "Why it is personal data",
            "Article 5(1)(a)",
            "The legitimate interest in disclosure",
            "Whether disclosure is necessary",
            "The interests of the person concerned",
            "contravene any of the data protection principles",
            ABSOLUTE,
        ),
        (CLASS,),
    ),
    Row(
        "Special category data of others",
        "40(2)+(3A)(a)",
        "UK GDPR Art 9; ICO guidance on section 40",
        ("personal_data", "special_data", "principle"),
        ("special category data", "Article 9"),
        ("The legitimate interest in disclosure",),
        answers={"special_data": "special"},
    ),
    Row(
        "Partly special category data of others",
        "40(2)+(3A)(a)",
        "UK GDPR Art 6(1)(f), 9, 10",
        PERSONAL,
        ("For the rest we have weighed the interests", "The legitimate interest in disclosure"),
        answers={"special_data": "some"},
    ),
    Row(
        "Criminal offence data of others",
        "40(2)+(3A)(a)",
        "UK GDPR Art 10; DPA 2018 s.10(5)",
        ("personal_data", "special_data", "principle"),
        ("Article 10", "section 10(5) of the Data Protection Act 2018"),
        answers={"special_data": "criminal"},
    ),
    Row(
        "Data withheld from their subject",
        "40(2)+(4A)(b)",
        "FOIA s.40(4A)(b); DPA 2018 s.45(4), s.78A",
        (*REASONS, *BALANCE, "personal_data", "withheld_from_subject"),
        ("it would be withheld from them under section 45(4)", QUALIFIED),
    ),
    Row(
        "The applicant’s own data, neither confirmed nor denied",
        "40(5A)",
        "FOIA s.40(5A); not in s.2(3)",
        REASONS,
        ("In its guidance the Information Commissioner " + WHOSE_READING,),
        (CLASS, ABSOLUTE),
    ),
    Row(
        "Others’ data, neither confirmed nor denied",
        "40(5B)(a)(i)",
        "FOIA s.40(5B)(a)(i); ICO guidance of 11 July 2024",
        (*REASONS, "principle"),
        (WHOSE_READING,),
        (CLASS, ABSOLUTE),
    ),
    Row(
        "Confidence",
        "41(1)(a)(b)",
        "FOIA s.41(1), s.2(3)(g); ICO guidance on section 41",
        CONFIDENCE,
        (
            "We obtained the information from a supplier",
            "The quality of confidence",
            "The obligation of confidence",
            "The public interest defence",
            "would be likely to succeed",
            ABSOLUTE,
        ),
        (CLASS,),
    ),
    Row(
        "Legal professional privilege",
        "42(1)",
        "FOIA s.42(1)",
        (*REASONS, *BALANCE, "privilege"),
        ("legal advice privilege", QUALIFIED, CLASS),
    ),
    Row(
        "Several qualified exemptions weighed together",
        "42(1)",
        "[2025] UKSC 27",
        (*REASONS, *BALANCE, "privilege"),
        ("We weighed the public interest in maintaining all of them together",),
        answers={"weighed": "together"},
        also="43(2)",
        also_answers={"weighed": "together"},
    ),
    Row(
        "Denials weighed together",
        "31(3)",
        "[2025] UKSC 27; FOIA s.2(1)(b)",
        QUALIFIED_HARM,
        ("together against the public interest in saying whether we hold the information",),
        ("in maintaining all of them together",),
        answers={"weighed": "together"},
        also="24(2)",
        also_answers={"weighed": "together"},
    ),
    Row(
        "National security, certificate for a denial",
        "24(2)",
        "FOIA s.24(3), s.60",
        (*REASONS, "harm", *BALANCE),
        (
            "A certificate under section 24(3), signed by the Home Secretary, is conclusive evidence",
            "section 60",
        ),
        answers={"certificate_24": "the Home Secretary"},
    ),
    Row(
        "Prohibited by an enactment",
        "44(1)(a)",
        "FOIA s.44(1)(a), s.2(3)(h)",
        (*REASONS, "enactment"),
        ("Disclosure is prohibited by or under Investigatory Powers Act 2016 s.57", ABSOLUTE),
        (CLASS,),
    ),
    Row(
        "Incompatible with an assimilated obligation",
        "44(1)(b)",
        "FOIA s.44(1)(b)",
        (*REASONS, "assimilated_obligation"),
        ("Disclosure is incompatible with Article 4 of Regulation 1/2015",),
    ),
    Row(
        "Contempt of court",
        "44(1)(c)",
        "FOIA s.44(1)(c)",
        (*REASONS, "court_order"),
        ("contempt of court, or could be punished as one: the order of the High Court of 1 May 2025",),
    ),
    Row(
        "Old records",
        "42(1)",
        "FOIA s.62(1), s.63",
        (*REASONS, *BALANCE, "privilege"),
        answers={"records_from": "1999"},
        warns="Records made in 1999 are historical records",
    ),
)

_CORE = {
    "why_applies": "Why it applies",
    "prejudice": "“would” or “would be likely to”",
    "harm": "Evidence of harm",
    "factors_for": "Factors for disclosure",
    "factors_against": "Factors against disclosure",
    "balance": "Balance",
}

_HEADING = """# Claims, for a lawyer to check

What the tracker asks for a claim before a letter can be approved, and what the letter prints besides the officer's own
words. The table is made from `tests/requests_app/letters/claims_table.py`, each row of which is held against the rules
and a printed letter; the questions are in `requests_app/data/exemptions.json`. Where the Act does not ask for something
in so many words, the page says "House rule".

| Point | Claim | What is asked | What the letter prints (and does not) | Source |
|---|---|---|---|---|
"""


def page() -> str:
    """Return the table as the page in `docs/`."""
    return _HEADING + "".join(_line(row) for row in ROWS)


def _line(row: Row) -> str:
    claim = f"{row.refs}{f' with {row.also}' if row.also else ''}"
    said = [f"“{text}”" for text in row.prints] + [f"not: “{text}”" for text in row.prints_not]
    if row.warns:
        said.append(f"a warning on the page: “{row.warns}”")
    asked = "; ".join(_asked(name) for name in row.asked)
    return f"| {row.point} | {claim} | {asked} | {'; '.join(said) or 'nothing more'} | {row.source} |\n"


def _asked(name: str) -> str:
    from requests_app.queries.exemption_catalogue import exemption_catalogue

    return _CORE.get(name) or exemption_catalogue().exemption("21").questions[name].label


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(page())
