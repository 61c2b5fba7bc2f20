"""What the authority of the demonstration is asked: invented, and put together from things and from angles on them."""

from dataclasses import dataclass
from random import Random

#: By topic, what is asked about. Each reads after “about”.
THINGS: dict[str, tuple[str, ...]] = {
    "Armed policing": (
        "conducted energy devices", "the storage of police firearms", "armed officers at airports",
        "the licensing of shotguns", "less lethal rounds",
    ),
    "Body-worn video": (
        "body-worn video", "the retention of body-worn video", "body-worn video in custody suites",
    ),
    "Complaints and conduct": (
        "gross misconduct hearings", "accelerated misconduct meetings", "the barred list",
        "complaints about response times", "the register of gifts and hospitality",
    ),
    "Counter-terrorism": (
        "protective security at stadiums", "the reporting of suspicious activity", "training for crowded places",
    ),
    "Covert policing": ("undercover officers online", "covert equipment in vehicles"),
    "Crime figures": (
        "dog theft", "rural crime", "shop theft", "catalytic converter theft", "knife crime near schools",
        "hate crime recording", "crime on trains", "metal theft", "scams that target the elderly",
    ),
    "Custody and detention": (
        "healthcare in custody", "the custody of children overnight", "custody visitors", "custody cell closures",
        "appropriate adults",
    ),
    "Cyber and digital forensics": (
        "backlogs in digital forensics", "the extraction of data from mobile telephones", "cyber attacks on forces",
        "artificial intelligence in control rooms", "encrypted messaging apps on work telephones",
    ),
    "Domestic abuse and sexual offences": (
        "the disclosure scheme for domestic violence", "training on coercive control", "spiking",
        "stalking protection orders",
    ),
    "Drones": (
        "police drones", "drones near prisons", "drones at public events", "counter-drone equipment",
    ),
    "Estates, fleet and equipment": (
        "electric vehicles in the fleet", "uniform supply", "the sale of police stations", "police horses",
        "retired police dogs", "the repair of vehicles", "catering at the head office",
    ),
    "Facial recognition and biometrics": (
        "live facial recognition", "retrospective facial recognition", "custody photographs",
        "the retention of fingerprints",
    ),
    "Finance and contracts": (
        "the annual conference", "consultancy contracts", "the purchase of software licences",
        "travel of chief officers", "recruitment agencies", "the costs of translation",
    ),
    "Informants and surveillance": ("payments to informants", "directed surveillance"),
    "Missing people": (
        "children missing from care homes", "searches for missing people", "the protocol for missing patients",
    ),
    "National databases": (
        "the national computer", "checks on people working with children", "data matching with other agencies",
        "the deletion of old records",
    ),
    "Number plate recognition": ("number plate cameras", "the sharing of number plate data"),
    "Protection and royalty": ("the policing of state visits", "the protection of public figures"),
    "Protests and public order": (
        "protests that block roads", "mutual aid in the summer", "facial coverings at protests",
        "the policing of football matches", "the costs of large protests",
    ),
    "Roads policing": (
        "speed awareness courses", "private e-scooters", "drug driving", "dashboard camera footage from the public",
        "abnormal loads", "smart motorways",
    ),
    "Stop and search": (
        "stop and search of children", "searches without suspicion", "scrutiny panels for stop and search",
    ),
    "Workforce and vetting": (
        "vetting refusals and appeals", "vetting backlogs", "staff sickness", "special constables",
        "the degree apprenticeship", "flexible working", "Welsh language provision", "exit interviews",
        "second jobs of officers",
    ),
}  # fmt: skip
#: What is asked under the Environmental Information Regulations; all of the same topic.
ENVIRONMENTAL_TOPIC = "Estates, fleet and equipment"
ENVIRONMENTAL: tuple[str, ...] = (
    "emissions of the vehicle fleet", "the energy used in offices", "noise from helicopters",
    "contaminated land at training grounds", "the felling of trees at the head office", "waste sent to landfill",
    "water used at kennels",
)  # fmt: skip

#: A title, and the questions under it. `{t}` is the thing; `{a}` and `{b}` are years, the earlier first.
ANGLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Cost of {t}, {a} to {b}", (
        "The total spent in connection with {t} in each financial year from {a} to {b}.",
        "The five suppliers paid most, with the amount paid to each.",
    )),
    ("Policy: {t}", (
        "The policy or guidance about {t} that is in force.",
        "The date on which it was last reviewed, and when it will be reviewed next.",
    )),
    ("Figures about {t}, {a} to {b}", (
        "The figures you hold about {t} for each year from {a} to {b}.",
        "The same figures by police force, where you hold them.",
        "How the figures were collected.",
    )),
    ("Correspondence about {t} in {b}", (
        "E-mails and letters exchanged with the Home Office about {t} from January to June {b}.",
    )),
    ("Minutes of meetings about {t} in {b}", (
        "The agendas and minutes of meetings in {b} at which {t} stood on the agenda.",
        "The papers that went with them.",
    )),
    ("Training: {t}", (
        "The training materials about {t} in use since {a}.",
        "The number of people trained in {b}.",
        "The cost of the training.",
    )),
    ("Equality impact assessments: {t}", ("Every equality impact assessment made since {a} about {t}.",)),
    ("Data protection impact assessments: {t}", (
        "The data protection impact assessments made since {a} that concern {t}.",
        "The names of any processors that they mention.",
    )),
    ("Contracts in {b}: {t}", (
        "A list of the contracts about {t} in force in {b}, with supplier, value and end date.",
        "The specification of the largest of them.",
    )),
    ("Complaints about {t}, {a} to {b}", (
        "The number of complaints received about {t} in each year from {a} to {b}.",
        "How many of them were upheld.",
    )),
    ("Reviews and audits since {a}: {t}", (
        "Any review, inspection or audit about {t} completed since {a}.",
        "The response to its recommendations.",
    )),
    ("Advice to forces about {t}", (
        "What was sent to police forces about {t} in {b}.",
        "The number of forces that asked for advice about it.",
        "Any draft that was circulated for comment.",
    )),
    ("Briefings for chief officers about {t}", ("The briefings for chief officers about {t} written since {a}.",)),
    ("Pilots and evaluation: {t}", (
        "The pilots or trials about {t} since {a}, with the forces that took part.",
        "The evaluation of each.",
    )),
    ("Staff and roles: {t}", (
        "The number of posts whose main work was about {t} on 31 March {b}.",
        "The grade of each post.",
    )),
)  # fmt: skip

_GREETINGS = (
    "Dear Sir or Madam,", "Hello,", "To the Freedom of Information team,", "Good morning,", "Good afternoon,",
)  # fmt: skip
_OPENINGS = (
    "Under the Freedom of Information Act 2000 please send me:",
    "I am writing to ask for the following information:",
    "Please treat this as a request under the Freedom of Information Act:",
    "I would be grateful for the information below.",
)
_ENVIRONMENTAL_OPENING = "Under the Environmental Information Regulations 2004 please send me:"
_CLOSINGS = (
    "Thank you.", "Please send the answer by e-mail.", "If part of it is exempt, please send the rest.",
    "If this would take too long, please tell me how to narrow it.", "A spreadsheet would be easiest for me.",
)  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """What is asked: the name of its topic, the subject line that intake gives it, the questions and the whole text."""

    topic: str
    subject: str
    questions: tuple[str, ...]
    words: str


def matter(rng: Random, year: int, *, environmental: bool = False) -> Matter:
    """Return what is asked in a request that comes in a year; nothing in it is later than the year before."""
    if environmental:
        topic, thing = ENVIRONMENTAL_TOPIC, rng.choice(ENVIRONMENTAL)
    else:
        topic, thing = rng.choice([(topic, thing) for topic, things in THINGS.items() for thing in things])
    title, templates = rng.choice(ANGLES)
    until = year - 1
    years = {"t": thing, "a": until - rng.choice((1, 2, 3, 4)), "b": until}
    questions = [template.format(**years) for template in templates]
    if len(questions) > 1 and rng.random() < 0.35:
        questions.pop()
    opening = _ENVIRONMENTAL_OPENING if environmental else rng.choice(_OPENINGS)
    listed = "\n".join(f"{number}. {question}" for number, question in enumerate(questions, start=1))
    words = f"{rng.choice(_GREETINGS)}\n\n{opening}\n\n{listed}\n\n{rng.choice(_CLOSINGS)}"
    return Matter(topic, title.format(**years), tuple(questions), words)
