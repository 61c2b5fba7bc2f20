"""How requests of the demonstration end: what becomes of the items, what is claimed, what the letter says."""

from dataclasses import dataclass, replace
from random import Random

from dashboard.demonstration.data.request_steps import Claim
from requests_app.operations.exemption import Reasons
from requests_app.rules.casework.dispositions import Disposition
from requests_app.rules.casework.holding import Holding
from requests_app.rules.exemptions.prejudice import Prejudice


@dataclass(frozen=True)
class Ending:
    """What becomes of the last item, or of all of them, and what is said in the officer's words.

    The items before the last are disclosed where `only_last`. A refusal that is no exemption of Part II (cost,
    vexatious, an exception of the Regulations) has no claim: it is explained with the item.
    """

    disposition: Disposition
    holding: Holding
    answer: str
    explanation: str = ""
    location: str = ""
    advice: str = ""
    enclosures: str = ""
    claim: Claim | None = None
    only_last: bool = False

    def dispositions(self, items: int) -> list[tuple[Disposition, str]]:
        """Return what becomes of each of so many items, with its explanation."""
        last = (self.disposition, self.explanation)
        if not self.only_last:
            return [last] * items
        return [*[(Disposition.DISCLOSED, "The document is enclosed.")] * (items - 1), last]


def _weighed(why: str, harm: str, factors_for: str, factors_against: str, balance: str) -> Reasons:
    return Reasons(
        why_applies=why,
        prejudice=Prejudice.WOULD_BE_LIKELY,
        harm=harm,
        factors_for=factors_for,
        factors_against=factors_against,
        balance=balance,
    )


_LAW_ENFORCEMENT = Claim(
    section="31",
    limbs=("31(1)(a)",),
    reasons=_weighed(
        "The information says where and how offences are looked for.",
        "Somebody planning an offence could choose a place or a method that is not watched.",
        "It would show how public money is spent on preventing crime.",
        "Crime would become easier to commit and harder to detect.",
        "Little would be added to what is published already, and the harm is real.",
    ),
)
_NATIONAL_SECURITY = Claim(
    section="24",
    limbs=("24(1)",),
    reasons=_weighed(
        "Exemption is required to safeguard national security: the information shows what can be protected where.",
        "An attacker could tell which places are less well protected.",
        "People could judge whether they are protected well.",
        "Protection would become weaker for everybody.",
        "The interest in safety outweighs that in detail; totals are published each year.",
    ),
)
_SAFETY = Claim(
    section="38",
    limbs=("38(1)(a)",),
    reasons=_weighed(
        "The information could be used to find people who took part in sensitive work.",
        "They or their families could be threatened or attacked.",
        "It would help people to understand who takes part.",
        "People would be put at risk, and fewer would be willing to help.",
        "Nothing in the public debate turns on who they are.",
    ),
)
_COMMERCIAL = Claim(
    section="43",
    limbs=("43(2)",),
    reasons=_weighed(
        "The prices are those of a contract that is about to be let again.",
        "Bidders would offer no less than the price they know.",
        "It would show whether public money was spent well.",
        "The next contract would cost more.",
        "The total is published; the prices of single items can wait until the contract is let.",
    ),
)
_FUTURE_PUBLICATION = Claim(
    section="22",
    limbs=("22(1)(a)", "22(1)(b)", "22(1)(c)"),
    reasons=Reasons(
        why_applies="The report will be published next quarter; that was decided before you asked.",
        factors_for="The figures would be available a little earlier.",
        factors_against="They are being checked, and would come without the explanation that they need.",
        balance="It is reasonable in all the circumstances to publish once, complete and checked.",
    ),
)
_PERSONAL = Claim(
    section="40",
    limbs=("40(2)+(3A)(a)",),
    reasons=Reasons(
        answers={
            "personal_data": "Names and direct telephone numbers of junior staff, and what each of them worked on.",
            "special_data": "none",
            "principle": "5(1)(a)",
            "legitimate_interest": "To see who took part in the decision.",
            "necessity": "The decision and the grade of whoever made it are disclosed, which meets that interest.",
            "person_interests": (
                "They do not expect their names to be published, and would be approached about work for which others "
                "are responsible. That outweighs the small interest in who they are."
            ),
        },
    ),
)
_ACCESSIBLE = Claim(
    section="21",
    limbs=("21(1)",),
    reasons=Reasons(why_applies="You can read and copy the information on our website, free of charge."),
)
_SECURITY_BODIES = Claim(
    section="23",
    limbs=("23(5)",),
    neither_confirm_nor_deny=True,
    reasons=Reasons(
        why_applies=(
            "To say whether information is held would itself disclose whether one of the bodies that section "
            "23(3) lists was involved."
        )
    ),
)

_ENCLOSED = "Documents disclosed, one for each item"


def _part(claim: Claim | None, *, explanation: str = "") -> Ending:
    return Ending(
        Disposition.PARTLY_DISCLOSED,
        Holding.HELD,
        "Most of what you asked for is enclosed. Some passages are left out, as Annex A explains.",
        explanation=explanation or "Enclosed, with some passages left out.",
        enclosures="Documents disclosed, with marks where passages are left out",
        claim=claim,
        only_last=True,
    )


def _refused(claim: Claim | None, *, explanation: str = "") -> Ending:
    return Ending(
        Disposition.WITHHELD,
        Holding.HELD,
        "We cannot disclose what you asked for. Annex A gives the reasons.",
        explanation=explanation,
        claim=claim,
    )


DISCLOSED = Ending(
    Disposition.DISCLOSED,
    Holding.HELD,
    "Everything you asked for is enclosed.",
    explanation="The document is enclosed.",
    enclosures=_ENCLOSED,
)
_ACCESSIBLE_IN_PART = Ending(
    Disposition.ACCESSIBLE,
    Holding.HELD,
    "Part of what you asked for is published, so we tell you where to find it.",
    location="On our website, under Publications: www.example.org/publications",
    enclosures=_ENCLOSED,
    claim=_ACCESSIBLE,
    only_last=True,
)
_ACCESSIBLE_IN_FULL = replace(
    _ACCESSIBLE_IN_PART,
    answer="All that you asked for is published, so we tell you where to find it.",
    enclosures="",
    only_last=False,
)
_NEITHER = Ending(
    Disposition.NEITHER,
    Holding.NEITHER,
    "We neither confirm nor deny that we hold the information. Annex A gives the reasons.",
    claim=_SECURITY_BODIES,
)
_NOT_HELD = Ending(
    Disposition.NOT_HELD,
    Holding.NOT_HELD,
    "We looked for the information and do not hold it.",
    explanation="No such information was found.",
    advice="The police force concerned may hold it. Each force answers requests of its own.",
)
_OUTSIDE = Ending(
    Disposition.OUTSIDE_FUNCTIONS,
    Holding.NOT_HELD,
    "The Act covers us for some of our functions only, and your request concerns none of them.",
    explanation="It concerns none of the functions for which we are covered by the Act.",
    advice="The Home Office or the force concerned may be able to help.",
)

#: What an answer ends in, with how many of a hundred. The first of each outcome are the usual ones.
_ENDINGS: tuple[tuple[Ending, int], ...] = (
    (DISCLOSED, 36),
    (_part(_LAW_ENFORCEMENT), 9), (_part(_PERSONAL), 8), (_part(_COMMERCIAL), 4), (_part(_SAFETY), 2),
    (_part(_NATIONAL_SECURITY), 2),
    (_NOT_HELD, 15),
    (_refused(_LAW_ENFORCEMENT), 5), (_refused(_NATIONAL_SECURITY), 2), (_refused(_SAFETY), 1),
    (_refused(_COMMERCIAL), 1), (_refused(_FUTURE_PUBLICATION), 2),
    (_ACCESSIBLE_IN_PART, 3), (_ACCESSIBLE_IN_FULL, 2), (_NEITHER, 3), (_OUTSIDE, 2),
    (_refused(None, explanation="Section 12(1): finding it would take 31 hours; the limit is 18."), 3),
    (_refused(None, explanation="Section 14(1): the request is vexatious. Section 17(5) asks for no more."), 1),
)  # fmt: skip
#: Sections claimed where the topic is covert, armed or secret, and nowhere else.
_GUARDED = frozenset({"23", "24"})
#: Topics on which they are; about one request in four.
_GUARDED_TOPICS = frozenset({
    "Armed policing", "Counter-terrorism", "Covert policing", "Drones", "Facial recognition and biometrics",
    "Informants and surveillance", "Number plate recognition", "Protection and royalty",
})  # fmt: skip
#: Under the Environmental Information Regulations.
_EIR_ENDINGS: tuple[tuple[Ending, int], ...] = (
    (DISCLOSED, 60),
    (_NOT_HELD, 20),
    (_part(None, explanation="Regulation 12(5)(a): passages about the security of the site are left out."), 14),
    (_refused(None, explanation="Regulation 12(4)(d): the material is still being completed."), 6),
)  # fmt: skip


def ending(rng: Random, topic: str, *, environmental: bool) -> Ending:
    """Return how an answer about a topic ends."""
    usual = tuple((one, weight * _times(one, topic)) for one, weight in _ENDINGS)
    found = _EIR_ENDINGS if environmental else usual
    return rng.choices([one for one, _ in found], [weight for _, weight in found])[0]


def _times(one: Ending, topic: str) -> int:
    """How much more often than usual an ending is come to on a topic."""
    if one.claim is None or one.claim.section not in _GUARDED:
        return 1
    return 4 if topic in _GUARDED_TOPICS else 0
