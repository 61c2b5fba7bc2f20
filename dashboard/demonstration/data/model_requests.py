"""Two requests modelled on published answers: 2253/2025, issued, and 2216/2025, a draft with two wrong references.

Facts and numbers are those of the published answers; names and sentences are invented.
"""

from datetime import date, time

from dashboard.demonstration.data.request_steps import (
    AnswerClarification,
    Approve,
    AskClarification,
    ChangeDetails,
    Claim,
    Decide,
    DecideDuplicate,
    Draft,
    Issue,
    Link,
    PlannedRequest,
    RequestStep,
    Search,
    SetFigures,
    Split,
    Submit,
    TakeUp,
)
from requests_app.models import LinkKind
from requests_app.operations.exemption import Reasons
from requests_app.operations.intake import Identity
from requests_app.operations.response import LetterText
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.clock.clarification_effect import ClockEffect
from requests_app.rules.exemptions.prejudice import Prejudice

_CASE_SYSTEM = "CRU case management system"

_LANCASHIRE_APPLICANT = Identity(
    name="Rosalind Thackeray",
    email="r.thackeray@example.org",
    salutation="Ms Thackeray",
)

_ORIGINAL_WORDS = """Dear team,

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

_REVIEW_WORDS = """I ask for an internal review of your answer. Your own log shows which force sends in each form, so \
the number of requests must be held for every one of the seven forces.
"""

_FOLLOW_UP_WORDS = """Thank you for the outcome of the review. I do not agree with all of it, but I would rather take \
the matter forward than take it further.

Please give me the figures for Lancashire only, for each of the same three years: A. the year ending 31 March 2025, \
B. the year ending 31 March 2024 and C. the year ending 31 March 2023.
"""


def _not_held(received_on: date, worked_on: date, answer: str) -> tuple[RequestStep, ...]:
    """The way of a request whose only item asks for what is not held."""
    advice = "A request that names one force and one kind of referral is easier to answer."
    return (
        TakeUp(on=received_on),
        Split(on=received_on),
        Search(
            on=worked_on,
            searched=_CASE_SYSTEM,
            criteria="Every log from 1 April 2022, by force",
            holding=Holding.NOT_HELD,
        ),
        Decide(on=worked_on, decisions={"1": (Disposition.NOT_HELD, "")}),
        Draft(on=worked_on, text=LetterText(answer=answer, advice=advice)),
        Submit(on=worked_on),
        Approve(on=worked_on),
        Issue(on=worked_on),
    )


#: The request for seven forces, and the review of its answer, which 2253/2025 follows.
_ORIGINAL = PlannedRequest(
    name="seven forces",
    received_on=date(2025, 1, 20),
    subject="CRU referrals from seven forces",
    words=_ORIGINAL_WORDS,
    identity=_LANCASHIRE_APPLICANT,
    items=(("1", "Requests referred by the seven forces named, in each of the years A, B and C"),),
    steps=_not_held(
        date(2025, 1, 20),
        date(2025, 2, 12),
        "Our log records a referral once, whichever forces it concerns. For six of the forces it does not say "
        "which of them asked for help, so the numbers you ask for are not held in that form.",
    ),
)
_REVIEW = PlannedRequest(
    name="review of seven forces",
    received_on=date(2025, 2, 24),
    subject="Review of the answer on CRU referrals from seven forces",
    words=_REVIEW_WORDS,
    identity=_LANCASHIRE_APPLICANT,
    items=(("1", "The number of requests for every one of the seven forces"),),
    steps=(
        Link(on=date(2025, 2, 24), at=time(12), to=_ORIGINAL.name, kind=LinkKind.REVIEW_OF),
        *_not_held(
            date(2025, 2, 24),
            date(2025, 3, 19),
            "We looked at the answer afresh. The numbers are still not held for all seven forces together. For "
            "Lancashire Constabulary alone the log can be searched by hand, should you wish to ask for that.",
        ),
    ),
)


def _referrals_counted(item: str, year: int, value: int) -> SetFigures:
    """A figure of the published answer, in the year ending 31 March."""
    return SetFigures(
        on=date(2025, 4, 14),
        item=item,
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
        period=(date(year - 1, 4, 1), date(year, 3, 31)),
        value=value,
    )


#: Narrowed to Lancashire, three periods, criteria and a caveat; issued on 25 April 2025.
_REQUEST_2253 = PlannedRequest(
    name="2253/2025",
    received_on=date(2025, 3, 27),
    subject="CRU referrals from Lancashire Constabulary",
    words=_FOLLOW_UP_WORDS,
    identity=_LANCASHIRE_APPLICANT,
    number=2253,
    items=(
        ("A", "Lancashire Constabulary: year ending 31 March 2025"),
        ("B", "Lancashire Constabulary: year ending 31 March 2024"),
        ("C", "Lancashire Constabulary: year ending 31 March 2023"),
    ),
    steps=(
        TakeUp(on=date(2025, 3, 27)),
        Link(on=date(2025, 3, 27), to=_ORIGINAL.name, kind=LinkKind.FOLLOW_UP_TO, quote_words=True),
        Link(on=date(2025, 3, 27), to=_REVIEW.name, kind=LinkKind.FOLLOW_UP_TO),
        Split(on=date(2025, 4, 14)),
        Search(
            on=date(2025, 4, 14),
            searched=_CASE_SYSTEM,
            criteria="Logs that name Lancashire Constabulary, by date of the form",
            holding=Holding.HELD,
        ),
        _referrals_counted("A", 2025, 0),
        _referrals_counted("B", 2024, 21),
        _referrals_counted("C", 2023, 65),
        Decide(on=date(2025, 4, 14), decisions=dict.fromkeys("ABC", (Disposition.DISCLOSED, ""))),
        Draft(
            on=date(2025, 4, 25),
            text=LetterText(
                answer=(
                    "You narrowed your earlier request to one force. The numbers for your periods A, B and C are "
                    "below, with what was counted and what could not be."
                )
            ),
        ),
        Submit(on=date(2025, 4, 25)),
        Approve(on=date(2025, 4, 25)),
        Issue(on=date(2025, 4, 25)),
    ),
)

_LOGS_ASKED: tuple[str, ...] = (
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

_CORRESPONDENCE_WORDS = (
    "Please send me the letters and e-mails, with their attachments, that went to and from the Central Referral "
    "Unit about the advice it gave on each of the logs below.\n\n"
    + "\n".join(f"{n}. {line}" for n, line in enumerate(_LOGS_ASKED, start=1))
    + "\n"
)

#: As in the published answer: 2107/16 stands for 2017/16, and 698/18 for 698/20.
_ANSWER_WITH_TWO_WRONG_REFERENCES = """We hold correspondence on each of these logs:

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

_LAW_ENFORCEMENT = Reasons(
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

_RECEIVED_2216, _WORKED_2216 = date(2025, 4, 22), date(2025, 5, 19)
#: Every log asked for but the one excluded and the one listed twice.
_LOGS_ONCE = tuple(str(n) for n in range(1, 13))

#: Fourteen listed logs, one twice, one excluded on 9 May 2025; the draft answer names two wrong ones.
_REQUEST_2216 = PlannedRequest(
    name="2216/2025",
    received_on=_RECEIVED_2216,
    subject="CRU correspondence with forces",
    words=_CORRESPONDENCE_WORDS,
    identity=Identity(name="Leopold Wainfleet", email="l.wainfleet@example.org", salutation="Mr Wainfleet"),
    number=2216,
    items=tuple((str(n), line) for n, line in enumerate(_LOGS_ASKED, start=1)),
    steps=(
        TakeUp(on=_RECEIVED_2216),
        ChangeDetails(
            on=_RECEIVED_2216,
            interpretation=(
                "We read your request as one for the advice that the Central Referral Unit gave on each log, and for "
                "what was written about that advice afterwards."
            ),
        ),
        Split(on=_RECEIVED_2216),
        AskClarification(
            on=date(2025, 5, 6),
            at=time(10),
            question=(
                "The file of log 1015/15 covers several matters, and we cannot tell which of them you mean. Which is "
                "it, or shall we leave that log out and go on with the rest?"
            ),
        ),
        AnswerClarification(
            on=date(2025, 5, 9),
            at=time(10),
            answer="Please leave log 1015/15 out and carry on with all the others. Thank you.",
            effect=ClockEffect.RESTARTS,
            effect_reason=(
                "What was wanted of log 1015/15 could not be identified without the answer, so the time limit runs "
                "from the day it came."
            ),
            excluded=("13",),
        ),
        Search(
            on=_WORKED_2216,
            searched=_CASE_SYSTEM,
            criteria="The log numbers given, with their correspondence",
            holding=Holding.HELD,
        ),
        Decide(on=_WORKED_2216, decisions=dict.fromkeys(_LOGS_ONCE, (Disposition.PARTLY_DISCLOSED, ""))),
        DecideDuplicate(on=_WORKED_2216, item="14", of="12"),
        Claim(
            on=_WORKED_2216,
            at=time(16, 40),
            section="23",
            limbs=("23(1)",),
            items=_LOGS_ONCE,
            reasons=Reasons(
                why_applies=(
                    "Some passages were supplied by, or relate to, one of the bodies that section 23(3) lists. To say "
                    "which body, or how, would itself disclose what the section protects."
                )
            ),
        ),
        Claim(
            on=_WORKED_2216,
            at=time(16, 45),
            section="31",
            limbs=("31(1)(a)", "31(1)(b)"),
            items=_LOGS_ONCE,
            reasons=_LAW_ENFORCEMENT,
        ),
        Claim(
            on=_WORKED_2216,
            at=time(16, 50),
            section="40",
            limbs=("40(2)+(3A)(a)",),
            items=_LOGS_ONCE,
            reasons=Reasons(
                answers={
                    "personal_data": (
                        "The names, telephone numbers and e-mail addresses are those of junior staff and of people who "
                        "wrote to the police. They say who each of them is and what they wrote about."
                    ),
                    "special_data": "none",
                    "principle": "5(1)(a)",
                    "legitimate_interest": (
                        "You want to see how forces are advised, and the public has an interest in that being open."
                    ),
                    "necessity": (
                        "The advice itself is disclosed. Nothing in the correspondence turns on who these people are, "
                        "so their names are not needed to see how forces are advised."
                    ),
                    "person_interests": (
                        "They had no reason to expect that their names would be published in answer to somebody "
                        "else's request, and some could be approached or pestered because of them. That outweighs the "
                        "small interest in who they are, so disclosure would be neither fair nor lawful."
                    ),
                }
            ),
        ),
        Draft(
            on=_WORKED_2216,
            text=LetterText(
                answer=_ANSWER_WITH_TWO_WRONG_REFERENCES,
                enclosures="\n".join(f"Correspondence on the log of item {label}" for label in _LOGS_ONCE),
            ),
        ),
    ),
)

MODEL_REQUESTS: tuple[PlannedRequest, ...] = (_ORIGINAL, _REVIEW, _REQUEST_2216, _REQUEST_2253)
