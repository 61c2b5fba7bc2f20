"""What a subject is in the demonstration: what is asked about it, and what the unit advises."""

from dataclasses import dataclass

from referrals.rules.vocabulary import Flag


@dataclass(frozen=True)
class Subject:
    """A subject of requests. `topic` is the name of its topic; `criterion` the code of the illustrative
    criterion that requests about it meet, empty for a subject on which forces refer because they want advice.
    No one asked about it before `asked_since`."""

    name: str
    topic: str
    questions: tuple[str, ...]
    advice: str
    exemptions: tuple[str, ...] = ()
    criterion: str = ""
    flags: tuple[Flag, ...] = ()
    asked_since: int = 2005

    @property
    def portfolio(self) -> str:
        """The portfolio whose lead is consulted; empty where none is."""
        return PORTFOLIOS.get(self.topic, "")

    def wording(self, opening: str, closing: str = "") -> str:
        """Return the request as a force passes it on, with nothing about the applicant."""
        listed = "\n".join(f"{number}. {question}" for number, question in enumerate(self.questions, start=1))
        return "\n\n".join(part for part in (opening, listed, closing) if part)


#: Which portfolio lead is asked about which topic.
PORTFOLIOS: dict[str, str] = {
    "Armed policing": "Armed policing",
    "Counter-terrorism": "Counter-terrorism",
    "Covert policing": "Covert tactics and informants",
    "Cyber and digital forensics": "Digital forensics",
    "Drones": "Drones",
    "Facial recognition and biometrics": "Biometrics and facial recognition",
    "Informants and surveillance": "Covert tactics and informants",
    "National databases": "National databases",
    "Number plate recognition": "Number plate recognition",
    "Protection and royalty": "Protection and royalty",
    "Protests and public order": "Public order and protests",
    "Roads policing": "Roads policing",
    "Stop and search": "Stop and search",
}
