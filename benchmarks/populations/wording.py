"""What synthetic requests and referrals ask, in words: some in nearly every request, some in one of thousands.

A search costs by how many cases hold its words, so a population whose cases all read alike would show nothing.
"""

from collections.abc import Sequence
from itertools import product
from random import Random
from typing import TypeVar

from dashboard.demonstration.data.log_wording import CLOSINGS, OPENINGS, in_another_year
from dashboard.demonstration.data.subject import Subject
from dashboard.demonstration.data.topics import TOPICS

_Choice = TypeVar("_Choice")

_FIRST_HALVES = (
    "Alder", "Ash", "Birch", "Black", "Bram", "Cald", "Carl", "Clay", "Cold", "Crow", "Dun", "Elder", "Elm",
    "Fern", "Fox", "Glen", "Gorse", "Hart", "Hazel", "Heath", "Hollow", "Kest", "Lark", "Linden", "Marl",
    "Merrow", "Moor", "Nether", "Oaken", "Otter", "Pen", "Quarry", "Raven", "Red", "Rook", "Rush", "Sedge",
    "Thorn", "Whin", "Yarrow",
)  # fmt: skip
_SECOND_HALVES = (
    "acre", "beck", "bourne", "bridge", "bury", "cliffe", "combe", "cote", "croft", "dale", "den", "fell",
    "field", "ford", "garth", "gate", "hallow", "ham", "hurst", "ing", "land", "ley", "low", "mere", "mouth",
    "ness", "over", "pool", "ridge", "rigg", "scar", "shaw", "stead", "stoke", "thorpe", "ton", "wade", "wick",
    "wold", "worth",
)  # fmt: skip

#: 1,600 invented places: each is named in about one request of three thousand.
PLACES = tuple(first + second for first, second in product(_FIRST_HALVES, _SECOND_HALVES))

#: What begins a question, the usual ones first.
MEASURES = (
    "the number of police officers", "the total cost", "copies of the correspondence", "the policy in force",
    "the minutes of every meeting", "the number of complaints", "the contract", "the impact assessment",
    "the training materials", "the risk register entries", "the statistics by force", "the internal guidance",
    "the terms of reference", "the evaluation report", "the invoices", "the procurement documents",
    "the membership list", "the briefing notes", "the audit findings", "the spreadsheet of expenditure",
    "the memorandum of understanding", "the organisation chart", "the equipment inventory", "the logbook",
)  # fmt: skip
_LINKS = ("concerning", "about", "relating to", "held on", "connected with")
_GREETINGS = ("Dear Sir or Madam,", "Hello,", "To the Freedom of Information team,", "Good morning,")
_FORMS = ("as a spreadsheet", "by e-mail", "broken down by month", "broken down by force", "with the dates")


def question(rng: Random) -> str:
    """Return one question: what, about what, where or by what number, and since when."""
    topic = skewed(rng, TOPICS).subject
    topic = topic[0].lower() + topic[1:]
    made = f"{skewed(rng, MEASURES)} {rng.choice(_LINKS)} {topic}"
    if rng.random() < 0.25:
        made += f" in {rng.choice(PLACES)}"
    if rng.random() < 0.04:
        made += f", contract number CN{rng.randrange(100_000, 1_000_000)}"
    return f"{made} since {rng.randrange(2005, 2026)}, {rng.choice(_FORMS)}."


def request_subject(questions: list[str]) -> str:
    """Return the subject line that intake gives a request."""
    first = questions[0].partition(" since ")[0]
    return f"{first[:1].upper()}{first[1:]}"[:150]


def request_words(rng: Random, questions: list[str]) -> str:
    """Return the request as it came in: a greeting, a numbered list and thanks."""
    listed = "\n".join(f"{number}. Please send {asked}" for number, asked in enumerate(questions, start=1))
    return (
        f"{rng.choice(_GREETINGS)}\n\nUnder the Freedom of Information Act 2000 I ask for the information "
        f"below.\n\n{listed}\n\nIf some of it is exempt, please send the rest. Thank you."
    )


def skewed(rng: Random, choices: Sequence[_Choice]) -> _Choice:
    """Choose one of `choices`, the earlier ones more often."""
    return choices[int(rng.random() ** 2 * len(choices))]


def log_subject(rng: Random, subject: Subject) -> str:
    """Return the subject line of a log; one in three names a place."""
    return f"{subject.name} in {rng.choice(PLACES)}" if rng.random() < 0.33 else subject.name


def log_words(rng: Random, subject: Subject) -> str:
    """Return the wording of a log: some questions of its subject, and some of other kinds.

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


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
