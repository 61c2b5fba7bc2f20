"""How what forces refer is worded: the lines before and after the questions, and how one wording becomes another."""

import re
from random import Random

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
