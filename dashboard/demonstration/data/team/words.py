"""What the team writes, over and over."""

from requests_app.rules.clock.clarification_effect import ClockEffect

#: The function for which the authority is covered by the Act.
FUNCTION = "2(1)(e)"
QUESTION = "Do you mean the documents in force today, or every version since the date you name?"
ANSWERS: dict[ClockEffect, tuple[str, str]] = {
    ClockEffect.RESTARTS: (
        "I mean those that were sent to forces.",
        "Without it the documents could not be identified.",
    ),
    ClockEffect.NARROWS: (
        "Only those in force today, please.",
        "The request could be answered as it stood; the applicant agreed to narrow it.",
    ),
}
SEARCHED = (
    "Shared drive and mailbox of the portfolio",
    "Register of contracts",
    "Case files of the portfolio",
)
DIRECTIONS = (
    "Ask the portfolio for the outstanding figures today, and chase on Thursday.",
    "Send what is ready, and say when the rest will follow.",
    "The harm in the draft is too general. Say who could do what with the information.",
)
ACTIONS = ("Send a first draft to the decision maker.", "Get the outstanding figures from the portfolio.")
