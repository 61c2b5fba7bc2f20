"""What is recorded of messages that did not arrive. Of whom they went to, nothing."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Code, Number, Reference
from foitracker.mail.return_codes import CAUSES

EVENTS = Vocabulary("Outbox")

_FACTS = {"message": Number("Message"), "kind": Reference("Kind")}
_SAYS = ("{kind}.",)

MESSAGE_RETURNED = EVENTS.event(
    "message_returned",
    "E-mail came back",
    fields={
        **_FACTS,
        "cause": Code("Reason", CAUSES),
        "code": Reference("Status code of the mail server that said so"),
    },
    says=(*_SAYS, "{cause} ({code})."),
)
MESSAGE_SENT_AGAIN = EVENTS.event("message_sent_again", "E-mail sent again", fields=_FACTS, says=_SAYS)
