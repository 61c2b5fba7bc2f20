"""The queues of jobs. Each has a worker of its own, so that a full one holds nothing else up. Plain Python."""

from enum import StrEnum


class Queue(StrEnum):
    """One queue; the value is what Celery calls it."""

    LETTERS = "letters"
    MAIL = "mail"
    SWEEPS = "sweeps"

    @property
    def label(self) -> str:
        """What it holds, as a reader says it: “Letters to applicants”."""
        return _LABELS[self]


_LABELS = {
    Queue.LETTERS: "Letters to applicants",
    Queue.MAIL: "Other e-mails",
    Queue.SWEEPS: "Scheduled jobs",
}

#: The lanes of the outbox: a message is sent from the queue of its lane.
LANES = (Queue.LETTERS, Queue.MAIL)
