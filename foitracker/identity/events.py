"""What is recorded where words are compared with who our own applicant is."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Number

EVENTS = Vocabulary("Identity")

APPLICANT_RECOGNISED = EVENTS.access(
    "applicant_recognised",
    "Words typed that tell who our applicant is",
    fields={"recognised": Number("Recognised")},
)
