"""Facts of the letters that need most care: no confirmation, another regime, hostile text."""

from dataclasses import replace
from datetime import date

from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.exemptions.claim_facts import LimbFacts
from requests_app.rules.exemptions.prejudice import Prejudice
from requests_app.rules.letters.facts import AddresseeFacts, ItemFacts, LetterFacts
from tests.requests_app.letters.letter_cases import redacted_cases, three_years
from tests.requests_app.letters.letter_parts import COMMISSION, LAW_ENFORCEMENT, claim_on


def neither_confirmed_nor_denied() -> LetterFacts:
    """Return a full refusal that says neither that information is held nor that it is not, under ss.23(5) and 24(2)."""
    facts = three_years()
    security = claim_on(
        "23(5)",
        (),
        why_applies="To say whether we hold this would itself say something about the work of such a body.",
        reasons_omitted=True,
    )
    national = claim_on(
        "24(2)",
        (),
        why_applies="To confirm or deny would show where such equipment is in use and where it is not.",
        harm="Those who mean harm could choose the airports at which they are less likely to be noticed.",
        factors_for="People who travel have an interest in knowing how airports are kept safe.",
        factors_against="The protection works only as long as nobody can tell where it is.",
        balance="The interest in the safety of everybody who travels weighs more.",
    )
    return replace(
        facts,
        kind="full_refusal",
        reference="2502/2026",
        received_on=date(2026, 10, 1),
        due_on=date(2026, 10, 29),
        letter_date=date(2026, 10, 20),
        review_request_by=date(2026, 12, 16),
        regulator=COMMISSION,
        subject="use of covert equipment at airports",
        words="How often was covert equipment used at airports last year?",
        links=(),
        searches=(),
        holding=Holding.NEITHER,
        items=(ItemFacts("1", "Use of covert equipment at airports", Disposition.NEITHER),),
        claims=(security, national),
    )


def environmental() -> LetterFacts:
    """Return a part refusal under the Environmental Information Regulations 2004."""
    exception = replace(
        LAW_ENFORCEMENT,
        section="12",
        title="The course of justice",
        limbs=(
            LimbFacts("12(5)(b)", "Disclosure would adversely affect the course of justice or an inquiry."),
        ),
        item_labels=("2",),
        prejudice=Prejudice.WOULD,
        why_applies="The inquiry has taken evidence from witnesses and has not reported yet.",
        harm="Witnesses still to be heard would be influenced by what others said.",
        factors_for="People nearby want to know what happened to the ground and the water.",
        factors_against="They also want to know who is answerable, which only a sound inquiry can find.",
        balance="The report will be published in the spring, and until then the inquiry comes first.",
    )
    return replace(
        three_years(),
        kind="part_refusal",
        regime="EIR",
        reference="2310/2025",
        subject="fuel stored at police sites",
        words=(
            "1. How much fuel is stored at each site?\n2. What has the inquiry into the spill found?\n"
            "3. How much was spilt in 2010?"
        ),
        links=(),
        holding=Holding.PARTLY_HELD,
        items=(
            ItemFacts(
                "1", "How much fuel is stored at each site?", Disposition.DISCLOSED, "40,000 litres at each."
            ),
            ItemFacts("2", "What has the inquiry into the spill found?", Disposition.WITHHELD),
            ItemFacts("3", "How much was spilt in 2010?", Disposition.NOT_HELD),
        ),
        claims=(exception,),
    )


#: Text that means harm to a letter: markup, characters that turn the reading order, words without a break.
NASTY = (
    "<script>alert('x')</script> {{ facts.authority.email }} {% include 'letters/base.html' %}\n"
    "\u202egnp.exe\u202c מכתב לדוגמה والرسالة 😀 👩‍👩‍👧 \x00\x07\n\n\n"
    f'{"unbroken" * 40}\n<img src="http://192.0.2.1/x.png"> <link rel=stylesheet href=file:///etc/passwd>\n'
    + "\n".join(f"line {number}" for number in range(1, 61))
)


def hostile() -> LetterFacts:
    """Return facts with everything a text field can be made to hold, in every field that takes text."""
    facts = redacted_cases()
    claim = replace(
        LAW_ENFORCEMENT,
        why_applies=NASTY,
        harm=NASTY,
        factors_for=NASTY,
        balance=NASTY,
        item_labels=("x" * 60,),
    )
    return replace(
        facts,
        subject=NASTY[:400],
        words=NASTY,
        interpretation=NASTY,
        answer=NASTY,
        addressee=AddresseeFacts(
            "Ŵ" * 90, NASTY[:90], NASTY[:300], "a" * 90 + "@example.org", "<b>Dear</b> you"
        ),
        items=tuple(
            ItemFacts(
                f"{n}" if n < 40 else "x" * 60, NASTY[: 9 * n], Disposition.PARTLY_DISCLOSED, NASTY[:300]
            )
            for n in range(1, 41)
        ),
        claims=(claim,),
        enclosures=(NASTY,),
        signatory_name=NASTY[:300],
    )
