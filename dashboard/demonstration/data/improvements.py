"""What the team of the demonstration means to do better."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Improvement:
    """A point, from where it comes, and the place of whoever owns it; days are working days.

    `done` is what was done, where it is closed.
    """

    text: str
    source: str
    owner: int
    added_days_ago: int
    due_after: int
    done: str = ""
    closed_days_ago: int = 0


IMPROVEMENTS: tuple[Improvement, ...] = (
    Improvement(
        "Agree with each portfolio who answers when its staff officer is away.",
        "Late answers of the bad quarter: most waited for a portfolio.",
        0,
        160,
        30,
        done="All portfolios have named a deputy; the list is on the shared drive.",
        closed_days_ago=124,
    ),
    Improvement(
        "Start the public interest test when the claim is made, not on day 18.",
        "Extensions notified on the last days of the limit.",
        2,
        118,
        40,
        done="The draft of an extension is written when a qualified exemption is claimed.",
        closed_days_ago=85,
    ),
    Improvement(
        "Write a standard paragraph on how to narrow a request that exceeds the cost limit.",
        "Decision notice of the regulator: advice and assistance (section 16) was missing.",
        4,
        60,
        45,
    ),
    Improvement(
        "Record what was searched on the day of the search.",
        "Dip sample of issued letters.",
        1,
        21,
        15,
    ),
    Improvement(
        "Publish answers on vetting and on number plate cameras in the disclosure log; they are asked for every month.",
        "Topics of the last year.",
        5,
        12,
        35,
    ),
)
