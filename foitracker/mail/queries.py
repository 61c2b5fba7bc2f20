"""Reading the outbox."""

from .models import OutboxMessage


def delivery_of(key: str) -> OutboxMessage | None:
    """Return the state of the message queued under `key` (`status`, `sent_at`, `attempts`, `last_error`),
    without its text; None when none was queued."""
    return OutboxMessage.objects.filter(key=key).defer("body").first()
