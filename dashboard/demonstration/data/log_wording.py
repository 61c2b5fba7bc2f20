"""Words of the logs: how requests begin, end and differ, and what the unit writes."""

import re
from random import Random

from referrals.rules.vocabulary import ReferralPriority, Uptake

OPENINGS: tuple[str, ...] = (
    "Under the Freedom of Information Act please provide the following.",
    "I would like to know, for your force area:",
    "Please could you send the information below, as a spreadsheet where you can.",
    "This is a request for information held by your force.",
    "Please answer each of the questions below, by e-mail.",
)
CLOSINGS: tuple[str, ...] = (
    "",
    "If part of it is exempt, please send the rest.",
    "Should the cost exceed the limit, please answer as many questions as you can, in their order.",
    "Please tell me if anything is not clear.",
)

#: Why a log has its priority, why a criterion does not apply, and why a force did not do as advised.
PRIORITY_REASONS: dict[ReferralPriority, str] = {
    ReferralPriority.HIGH: "The limit of the first force is near, and the matter is in the news.",
    ReferralPriority.MEDIUM: "There is advice on the subject; it has to be fitted to these questions.",
    ReferralPriority.LOW: "The force can wait, and nobody else has asked.",
}
SET_ASIDE = "Only figures that are published already are asked for."
DEPARTURES: dict[Uptake, str] = {
    Uptake.IN_PART: "The totals had been published by the force last year, so these were given again.",
    Uptake.DEPARTED: "The chief officer decided to disclose: the operation has ended and was filmed.",
}
#: To a portfolio lead, from one, and to whoever is late.
QUESTION = "Would you disclose what is asked, and is there anything published that forces can point to?"
REPLY = "Totals for the force may be given. Anything by place, unit or day may not; see our note to forces."
CHASER = "Please let us have what we asked for, so that the advice can go out in time."

_SINCE = re.compile(r"since (\w+ )?20\d\d")
_CHANGES = (
    ("please provide", "please send me"),
    ("Please provide", "Please supply"),
    ("How many", "What number of"),
    ("The number of", "The total number of"),
    ("since", "from"),
    ("each of the last", "every one of the last"),
    ("your force", "your police force"),
)


def nearly_the_same(rng: Random, words: str) -> str:
    """Return the wording as it reached another force: a word or two changed, a line added."""
    for old, new in rng.sample(_CHANGES, 2):
        words = words.replace(old, new, 1)
    return f"{words}\n\n{rng.choice(CLOSINGS[1:])}" if rng.random() < 0.5 else words


def in_another_year(rng: Random, asked: str, first: int, last: int) -> str:
    """Return a question that asks about the time since another year, from `first` to `last`."""
    return _SINCE.sub(f"since {rng.randint(first, last)}", asked)
