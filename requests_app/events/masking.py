"""What is recorded of the applicant's words as they came, and of what is masked in their copy."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Number
from requests_app.models import AccessReason

EVENTS = Vocabulary("Requests: masking")

SEALED_WORDS_READ = EVENTS.access(
    "sealed_words_read",
    "Original request read",
    fields={"reason": Code("Reason", dict(AccessReason.choices))},
    says=("{reason}.",),
    is_guarded=True,
)
WORDS_MASKED = EVENTS.event(
    "words_masked",
    "Text masked",
    fields={
        "in_words": Number("In the applicant's words", unit="place"),
        "in_texts": Number("In the texts of the request", unit="text"),
    },
    says=("{in_words} masked in the request, {in_texts} of ours changed.",),
)
MASKING_LIFTED = EVENTS.event(
    "masking_lifted",
    "Text unmasked",
    fields={"lifted": Number("Lifted", unit="masking")},
    says=("{lifted} lifted.",),
)
APPLICANT_LEFT_IN = EVENTS.event(
    "applicant_left_in",
    "Applicant details left unmasked",
    fields={"places": Number("Left in", unit="place")},
    words={"reason": "Reason"},
    says=("{places} left unmasked.",),
)
