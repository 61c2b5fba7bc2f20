"""What is recorded of a promise to tell the applicant something, and of its being kept."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Day

EVENTS = Vocabulary("Requests: promises to the applicant")

CONTACT_PROMISED = EVENTS.event(
    "contact_promised",
    "Contact promised to the applicant",
    fields={"due_on": Day("Promised for")},
    words={"promised": "Promised"},
    says=("By {due_on}.",),
)
CONTACT_MADE = EVENTS.event(
    "contact_made",
    "Promised contact made",
    fields={"said_on": Day("Date of contact"), "due_on": Day("Promised for")},
    words={"said": "Said"},
    says=("On {said_on}; promised for {due_on}.",),
)
