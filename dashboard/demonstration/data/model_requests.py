"""Two requests modelled on published answers: 2253/2025, issued, and 2216/2025, a draft with two wrong references.

Facts and numbers are those of the published answers; names and sentences are invented.
"""

from datetime import date
from decimal import Decimal

from dashboard.demonstration.player import requests as work
from dashboard.demonstration.player.people import Staff
from requests_app.models import FoiRequest, LinkKind
from requests_app.operations.clock import answer_clarification, ask_clarification
from requests_app.operations.decision import FigureDraft, set_figures
from requests_app.operations.exemption import Reasons, claim_exemption
from requests_app.operations.intake import Details, Identity, change_details, link_requests
from requests_app.operations.response import LetterText
from requests_app.rules.dispositions import Disposition
from requests_app.rules.letter_facts import ClockEffect, Holding, Prejudice

CASE_SYSTEM = "CRU case management system"

LANCASHIRE_APPLICANT = Identity(
    name="Rosalind Thackeray",
    email="r.thackeray@example.org",
    salutation="Ms Thackeray",
)

ORIGINAL_WORDS = """Dear team,

For each of the last three years ending on 31 March (A. 2025, B. 2024 and C. 2023), how many freedom of \
information requests were there for which these forces asked the Central Referral Unit for help?

1. Cleveland Police
2. Durham Constabulary
3. Greater Manchester Police
4. Lancashire Constabulary
5. North Yorkshire Police
6. South Yorkshire Police
7. West Yorkshire Police
"""

REVIEW_WORDS = """I ask for an internal review of your answer. Your own log shows which force sends in each form, so \
the number of requests must be held for every one of the seven forces.
"""

FOLLOW_UP_WORDS = """Thank you for the outcome of the review. I do not agree with all of it, but I would rather take \
the matter forward than take it further.

Please give me the figures for Lancashire only, for each of the same three years: A. the year ending 31 March 2025, \
B. the year ending 31 March 2024 and C. the year ending 31 March 2023.
"""


def earlier_requests(staff: Staff) -> tuple[FoiRequest, FoiRequest]:
    """The request for seven forces and the review of its answer, which 2253/2025 follows."""
    original = work.log(
        staff,
        received_on=date(2025, 1, 20),
        subject="CRU referrals from seven forces",
        words=ORIGINAL_WORDS,
        identity=LANCASHIRE_APPLICANT,
    )
    _answer_not_held(
        staff,
        original,
        [("1", "Requests referred by the seven forces named, in each of the years A, B and C")],
        on=date(2025, 2, 12),
        answer=(
            "Our log records a referral once, whichever forces it concerns. For six of the forces it does not say "
            "which of them asked for help, so the numbers you ask for are not held in that form."
        ),
    )
    review = work.log(
        staff,
        received_on=date(2025, 2, 24),
        subject="Review of the answer on CRU referrals from seven forces",
        words=REVIEW_WORDS,
        identity=LANCASHIRE_APPLICANT,
    )
    link_requests(
        case_id=review.pk,
        by=staff.officer,
        at=work.at(date(2025, 2, 24), 12),
        other=original,
        kind=LinkKind.REVIEW_OF,
    )
    _answer_not_held(
        staff,
        review,
        [("1", "The number of requests for every one of the seven forces")],
        on=date(2025, 3, 19),
        answer=(
            "We looked at the answer afresh. The numbers are still not held for all seven forces together. For "
            "Lancashire Constabulary alone the log can be searched by hand, should you wish to ask for that."
        ),
    )
    return original, review


def _answer_not_held(
    staff: Staff, case: FoiRequest, items: list[tuple[str, str]], *, on: date, answer: str
) -> None:
    work.take_up(staff, case, case.received_on)
    keys = work.split(staff, case, items, case.received_on)
    work.search(staff, case, on, Holding.NOT_HELD, CASE_SYSTEM, "Every log from 1 April 2022, by force")
    work.decide(staff, case, dict.fromkeys(keys.values(), (Disposition.NOT_HELD, "")), on)
    advice = "A request that names one force and one kind of referral is easier to answer."
    letter = work.draft(staff, case, LetterText(answer=answer, advice=advice), on)
    work.submit(staff, letter, on)
    work.approve(staff, letter, on)
    work.issue(staff, letter, on)


def request_2253(staff: Staff, original: FoiRequest, review: FoiRequest) -> FoiRequest:
    """Narrowed to Lancashire, three periods, criteria and a caveat; issued on 25 April 2025."""
    received, worked, issued = date(2025, 3, 27), date(2025, 4, 14), date(2025, 4, 25)
    case = work.log(
        staff,
        received_on=received,
        subject="CRU referrals from Lancashire Constabulary",
        words=FOLLOW_UP_WORDS,
        identity=LANCASHIRE_APPLICANT,
        number=2253,
    )
    work.take_up(staff, case, received)
    for other, kind, quote in (
        (original, LinkKind.FOLLOW_UP_TO, True),
        (review, LinkKind.FOLLOW_UP_TO, False),
    ):
        link_requests(
            case_id=case.pk,
            by=staff.officer,
            at=work.at(received, 15),
            other=other,
            kind=kind,
            quote_words=quote,
        )
    keys = work.split(
        staff,
        case,
        [
            ("A", "Lancashire Constabulary: year ending 31 March 2025"),
            ("B", "Lancashire Constabulary: year ending 31 March 2024"),
            ("C", "Lancashire Constabulary: year ending 31 March 2023"),
        ],
        worked,
    )
    work.search(
        staff,
        case,
        worked,
        Holding.HELD,
        CASE_SYSTEM,
        "Logs that name Lancashire Constabulary, by date of the form",
    )
    _count_referrals(staff, case, keys, worked)
    work.decide(staff, case, dict.fromkeys(keys.values(), (Disposition.DISCLOSED, "")), worked)
    text = LetterText(
        answer=(
            "You narrowed your earlier request to one force. The numbers for your periods A, B and C are below, with "
            "what was counted and what could not be."
        )
    )
    letter = work.draft(staff, case, text, issued)
    work.submit(staff, letter, issued)
    work.approve(staff, letter, issued)
    work.issue(staff, letter, issued)
    return case


def _count_referrals(staff: Staff, case: FoiRequest, keys: dict[str, int], on: date) -> None:
    """The figures of the published answer, each with its own label and period."""
    for label, year, value in (("A", 2025, 0), ("B", 2024, 21), ("C", 2023, 65)):
        set_figures(
            case_id=case.pk,
            item_id=keys[label],
            by=staff.officer,
            at=work.at(on, 16, 30),
            unit_of_count="referrals logged by the CRU, each counted once",
            criteria=(
                "Cases that Lancashire Constabulary alone had received and referred",
                "National cases on which Lancashire Constabulary sent a referral form or wrote to ask for advice",
                "Cases referred because they met the mandatory criteria",
            ),
            caveat=(
                "Where Lancashire Constabulary used advice that we sent to every force, without sending us a form, "
                "we cannot count it."
            ),
            figures=[FigureDraft(label, date(year - 1, 4, 1), date(year, 3, 31), Decimal(value))],
        )


LOGS_ASKED: tuple[str, ...] = (
    "Log Number: 1480/23, Referred by: West Midlands Police, Sent from: ****",
    "Log Number: 43/23, Logged with: Lancashire Constabulary, Sent from: ****",
    "Log Number:1355/22, Logged with: National, Sent from: ****",
    "Log Number: 000636/18, Logged with: South Wales Police, Sent from: ****",
    "Log Number: 000681/18, Referred by: Staffordshire Police, Sent from: ****",
    "Log Number:000698/20, Referred by: Northamptonshire Police, Sent from: ****",
    "Log Number: 969/21, Referred by: Lancashire Constabulary, Leicestershire Police, Sent from: ****",
    "Log Number:002017/16, Referred by: West Midlands Police, Sent from: ****",
    "Log Number:001800/17, Referred by: Durham Constabulary, Sent from: ****",
    "Log Number: 1782/22, Referred by: Metropolitan Police, Sent from: ****",
    "ICO Appeal **** Your ref: 740/16",
    "Log Number:1371/15, Logged with: Staffordshire Police, Sent from: ****",
    "CRU Ref: 1015/15",
    "CRU Case No.: 001371/15",
)

CORRESPONDENCE_WORDS = (
    "Please send me the letters and e-mails, with their attachments, that went to and from the Central Referral "
    "Unit about the advice it gave on each of the logs below.\n\n"
    + "\n".join(f"{n}. {line}" for n, line in enumerate(LOGS_ASKED, start=1))
    + "\n"
)

#: As in the published answer: 2107/16 stands for 2017/16, and 698/18 for 698/20.
ANSWER_WITH_TWO_WRONG_REFERENCES = """We hold correspondence on each of these logs:

1371/15
740/16
2107/16
1800/17
636/18
681/18
698/18
969/21
1782/22
1355/22
43/23
1480/23

A copy of the correspondence on each log comes with this letter. Some words have been blacked out; every mark \
names the section relied on, and Annex A gives the reasons.
"""


def request_2216(staff: Staff) -> FoiRequest:
    """Fourteen listed logs, one twice, one excluded on 9 May 2025; the draft answer names two wrong ones."""
    received, asked, answered, worked = (
        date(2025, 4, 22),
        date(2025, 5, 6),
        date(2025, 5, 9),
        date(2025, 5, 19),
    )
    case = work.log(
        staff,
        received_on=received,
        subject="CRU correspondence with forces",
        words=CORRESPONDENCE_WORDS,
        identity=Identity(
            name="Leopold Wainfleet", email="l.wainfleet@example.org", salutation="Mr Wainfleet"
        ),
        number=2216,
    )
    work.take_up(staff, case, received)
    change_details(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(received, 16),
        today=received,
        details=Details(
            received_on=received,
            channel="email",
            subject=case.subject,
            designated_function="2(e)",
            interpretation=(
                "We read your request as one for the advice that the Central Referral Unit gave on each log, and for "
                "what was written about that advice afterwards."
            ),
        ),
    )
    keys = work.split(staff, case, [(str(n), line) for n, line in enumerate(LOGS_ASKED, start=1)], received)
    _clarify(staff, case, asked, answered, keys["13"])
    work.search(
        staff, case, worked, Holding.HELD, CASE_SYSTEM, "The log numbers given, with their correspondence"
    )
    _decide_2216(staff, case, keys, worked)
    logs_once = [label for label in keys if label not in ("13", "14")]
    text = LetterText(
        answer=ANSWER_WITH_TWO_WRONG_REFERENCES,
        enclosures="\n".join(f"Correspondence on the log of item {label}" for label in logs_once),
    )
    work.draft(staff, case, text, worked)
    return case


def _clarify(staff: Staff, case: FoiRequest, asked: date, answered: date, excluded: int) -> None:
    ask_clarification(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(asked),
        asked_on=asked,
        question=(
            "The file of log 1015/15 covers several matters, and we cannot tell which of them you mean. Which is it, "
            "or shall we leave that log out and go on with the rest?"
        ),
        today=asked,
    )
    answer_clarification(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(answered),
        answered_on=answered,
        answer="Please leave log 1015/15 out and carry on with all the others. Thank you.",
        effect=ClockEffect.RESTARTS,
        effect_reason=(
            "What was wanted of log 1015/15 could not be identified without the answer, so the time limit runs from "
            "the day it came."
        ),
        excluded_item_ids=[excluded],
        today=answered,
    )


def _decide_2216(staff: Staff, case: FoiRequest, keys: dict[str, int], on: date) -> None:
    given = {
        pk: (Disposition.PARTLY_DISCLOSED, "") for label, pk in keys.items() if label not in ("13", "14")
    }
    work.decide(staff, case, given, on)
    work.duplicate(staff, case, keys["14"], of=keys["12"], on=on)
    items = list(given)
    claim_exemption(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(on, 16, 40),
        section="23",
        limbs=["23(1)"],
        item_ids=items,
        reasons=Reasons(
            why_applies=(
                "Some passages were supplied by, or relate to, one of the bodies that section 23(3) lists. To say "
                "which body, or how, would itself disclose what the section protects."
            )
        ),
    )
    claim_exemption(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(on, 16, 45),
        section="31",
        limbs=["31(1)(a)", "31(1)(b)"],
        item_ids=items,
        reasons=LAW_ENFORCEMENT,
    )
    claim_exemption(
        case_id=case.pk,
        by=staff.officer,
        at=work.at(on, 16, 50),
        section="40",
        limbs=["40(2)+(3A)(a)"],
        item_ids=items,
        reasons=Reasons(
            why_applies=(
                "The names, telephone numbers and e-mail addresses are those of junior staff and of people who wrote "
                "to the police. They would not expect them to be made public, nothing in the correspondence turns on "
                "who they are, and disclosure would not be lawful, fair and transparent as Article 5(1)(a) of the UK "
                "GDPR requires."
            )
        ),
    )


LAW_ENFORCEMENT = Reasons(
    why_applies=(
        "The blacked-out passages describe how forces investigate particular kinds of crime, which methods they can "
        "and cannot use, and what they look for."
    ),
    prejudice=Prejudice.WOULD_BE_LIKELY,
    harm=(
        "Each passage on its own says a little; read together, the advice on twelve logs would show where methods "
        "stop working and which lines of inquiry are open. Somebody who plans or has committed an offence could use "
        "that to avoid being found, and evidence against people under investigation could be lost."
    ),
    factors_for=(
        "The public pays for the advice that the unit gives and may ask whether it is sound and even-handed.\n"
        "The correspondence would show how forces are helped to answer requests, which adds to public debate."
    ),
    factors_against=(
        "Methods that work today would work less well once they are known.\n"
        "Open investigations could be harmed, and with them the people whom they protect.\n"
        "Most of what shows how the unit advises is disclosed in the rest of the correspondence."
    ),
    balance=(
        "What is disclosed already shows how the unit works. The passages left out would add little to that and "
        "could help offenders, so the public interest in preventing crime and prosecuting offenders weighs more."
    ),
)
