"""What is recorded of the applicant's words as they came, and of what is masked in their copy."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Number
from requests_app.models import AccessReason

EVENTS = Vocabulary("Requests: who asks, in the words")

SEALED_WORDS_READ = EVENTS.access(
    "sealed_words_read",
    "The applicant's words read as they came",
    fields={"reason": Code("Reason", dict(AccessReason.choices))},
    says=("{reason}.",),
    is_guarded=True,
)
WORDS_MASKED = EVENTS.event(
    "words_masked",
    "Words masked",
    fields={
        "in_words": Number("In the applicant's words", unit="place"),
        "in_texts": Number("In the texts of the request", unit="text"),
    },
    says=("{in_words} masked in the applicant's words, {in_texts} of ours changed.",),
)
MASKING_LIFTED = EVENTS.event(
    "masking_lifted",
    "Masking lifted",
    fields={"lifted": Number("Lifted", unit="masking")},
    says=("{lifted} lifted, so that the words can be read again.",),
)
APPLICANT_LEFT_IN = EVENTS.event(
    "applicant_left_in",
    "Found details left in",
    fields={"places": Number("Left in", unit="place")},
    words={"reason": "Reason"},
    says=("{places} left unmasked.",),
)
