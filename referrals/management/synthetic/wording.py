"""What the forces of a synthetic log ask, in words: some in nearly every log, some in one of thousands."""

import re
from random import Random

from referrals.management.demonstration.subjects import CLOSINGS, OPENINGS, SUBJECTS, Subject
from requests_app.management.synthetic.wording import PLACES, question, skewed

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


def subject_of(rng: Random) -> Subject:
    """Choose what a log is about, the first subjects more often than the last."""
    return skewed(rng, SUBJECTS)


def subject_line(rng: Random, subject: Subject) -> str:
    """Make the subject line of a log; one in three names a place."""
    return f"{subject.name} in {rng.choice(PLACES)}" if rng.random() < 0.33 else subject.name


def wording(rng: Random, subject: Subject) -> str:
    """Make the wording of a log: some questions of its subject, and some of other kinds.

    Two logs on one subject share a question now and then and are not the same request.
    """
    own = rng.sample(subject.questions, rng.randrange(1, len(subject.questions) + 1))[:2]
    asked = [in_another_year(rng, one, 2001, 2025) for one in own]
    asked += [_sentence(question(rng)) for _ in range(rng.choice((1, 1, 2, 2, 3)))]
    closing = rng.choice(CLOSINGS)
    if rng.random() < 0.1:
        closing = f"I understand that the operation was called {rng.choice(PLACES)}. {closing}".strip()
    listed = "\n".join(f"{number}. {one}" for number, one in enumerate(asked, start=1))
    return "\n\n".join(part for part in (rng.choice(OPENINGS), listed, closing) if part)


def nearly_the_same(rng: Random, words: str) -> str:
    """Return the wording as it reached another force: a word or two changed, a line added."""
    for old, new in rng.sample(_CHANGES, 2):
        words = words.replace(old, new, 1)
    return f"{words}\n\n{rng.choice(CLOSINGS[1:])}" if rng.random() < 0.5 else words


def in_another_year(rng: Random, asked: str, first: int, last: int) -> str:
    """Return the question asked about the time since another year, from `first` to `last`."""
    return _SINCE.sub(f"since {rng.randint(first, last)}", asked)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
