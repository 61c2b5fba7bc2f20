"""What people ask in the demonstration: invented subjects, items and applicants."""

from dataclasses import dataclass

from requests_app.operations.intake import Identity


@dataclass(frozen=True)
class Topic:
    """A subject and the questions asked about it."""

    subject: str
    questions: tuple[str, ...]

    def words(self, greeting: str) -> str:
        """Return the request as it came in: a greeting and a numbered list."""
        listed = "\n".join(f"{n}. {question}" for n, question in enumerate(self.questions, start=1))
        return f"{greeting}\n\nUnder the Freedom of Information Act please send me:\n\n{listed}\n\nThank you."


TOPICS: tuple[Topic, ...] = (
    Topic(
        "Guidance on drones at public events",
        (
            "The current guidance to forces on flying police drones at sporting and music events.",
            "The date on which it was last changed and who approved the change.",
            "How many forces have told you that they follow it.",
        ),
    ),
    Topic(
        "Cost of the spring conference",
        (
            "The total cost of the spring conference of 2025, split into venue, travel and catering.",
            "The number of people who attended from each force.",
        ),
    ),
    Topic(
        "Body-worn video retention",
        (
            "The recommended retention period for body-worn video that is not evidence.",
            "Any review of that period since January 2023.",
            "The minutes of the meeting at which the period was agreed.",
        ),
    ),
    Topic(
        "Staff sickness in the central team",
        (
            "The number of working days lost to sickness in each of the last three financial years.",
            "The number of staff in post on 31 March of each year.",
        ),
    ),
    Topic(
        "Facial recognition trials",
        (
            "A list of the trials of live facial recognition co-ordinated nationally since 2022.",
            "The equality impact assessment for each trial.",
            "The names of the suppliers whose software was used.",
        ),
    ),
    Topic(
        "Mutual aid during the summer of 2025",
        (
            "The number of officers sent under mutual aid in July and August 2025, by sending force.",
            "The number of requests for mutual aid that could not be met.",
        ),
    ),
    Topic(
        "Correspondence about e-scooters",
        (
            "Letters and e-mails with the transport department about the law on private e-scooters in 2025.",
            "The agenda of every meeting on the subject.",
        ),
    ),
    Topic("Rural crime strategy", ("The rural crime strategy in force.", "Any progress report on it.")),
    Topic(
        "Use of encrypted messaging apps",
        (
            "Your policy on the use of messaging apps on work telephones.",
            "How many breaches of it were recorded in 2024 and in 2025.",
        ),
    ),
    Topic(
        "Pet theft figures",
        (
            "The number of dog thefts reported nationally in each year from 2021 to 2025.",
            "How many of them led to a charge.",
        ),
    ),
    Topic(
        "Training on coercive control",
        (
            "The training materials on coercive control given to new detectives.",
            "The share of detectives who have completed the training.",
            "The cost of developing it.",
        ),
    ),
    Topic("Chief officers' gifts and hospitality", ("The register of gifts and hospitality for 2025.",)),
    Topic(
        "Custody healthcare contracts",
        (
            "The national framework for healthcare in custody.",
            "The suppliers on it and the value of each contract.",
        ),
    ),
    Topic(
        "Counter-drone equipment at prisons",
        (
            "The equipment used to detect drones near prisons.",
            "How many drones were detected in 2025.",
            "The places where equipment is installed.",
        ),
    ),
    Topic(
        "Guidance on civil disobedience",
        (
            "The guidance to forces on protests that block roads.",
            "All drafts of it circulated since 2023.",
        ),
    ),
    Topic("Vetting backlogs", ("The number of vetting cases waiting longer than six months, by force.",)),
    Topic(
        "Artificial intelligence in control rooms",
        (
            "Any assessment of artificial intelligence used to grade emergency calls.",
            "The forces that take part in trials.",
            "The data protection impact assessment.",
        ),
    ),
    Topic(
        "Uniform supply", ("The contract for uniform trousers.", "Complaints about their quality in 2025.")
    ),
    Topic(
        "Missing children and care homes",
        (
            "The protocol for reports of children missing from care homes.",
            "The number of reports in 2024 and 2025.",
        ),
    ),
    Topic(
        "Speed awareness courses",
        (
            "The number of people offered a course in each of the last three financial years.",
            "The amount kept by police forces from each course.",
            "The contract with the provider.",
        ),
    ),
    Topic("Minutes of the digital board", ("The minutes of the digital board from January to June 2026.",)),
    Topic(
        "Handling of historic firearms licences",
        (
            "The instructions to forces on shotgun certificates that were never reviewed.",
            "Correspondence with the licensing department since 2024.",
        ),
    ),
    Topic(
        "Electric vehicle fleet", ("The number of electric vehicles in the national fleet.", "Their cost.")
    ),
    Topic(
        "Surveillance camera commissioner visits",
        (
            "The dates of visits by the commissioner since 2023.",
            "The reports that followed.",
        ),
    ),
    Topic(
        "Welsh language provision",
        (
            "The number of letters answered in Welsh in 2025.",
            "The policy on Welsh language complaints.",
        ),
    ),
    Topic(
        "Hate crime recording changes",
        (
            "The decision to change how non-crime hate incidents are recorded.",
            "The impact assessment made for it.",
            "The responses of forces to the consultation.",
        ),
    ),
)

_GIVEN = ("Alder", "Briony", "Caspian", "Delyth", "Emrys", "Fenella", "Gethin", "Honora", "Idris", "Jocasta")
_FAMILY = (
    "Ashgrove",
    "Birtwhistle",
    "Cardwallow",
    "Dunmere",
    "Elmsgate",
    "Farrowby",
    "Greystone",
    "Hallowell",
)
_BODIES = ("", "", "", "Fernhollow Gazette", "", "Rights Watch Example", "", "Penhallow University")


def applicant(number: int) -> Identity:
    """Return an invented applicant: the same for the same number."""
    given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[(number // 3) % len(_FAMILY)]
    address = f"{number % 90 + 1} Example Street\nFernhollow\nZZ99 1AA" if number % 5 == 0 else ""
    return Identity(
        name=f"{given} {family}",
        organisation=_BODIES[number % len(_BODIES)],
        email="" if address and number % 10 else f"{given}.{family}.{number}@example.org".lower(),
        postal_address=address,
        salutation=f"{given} {family}",
    )
