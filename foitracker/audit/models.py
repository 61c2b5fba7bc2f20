from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now

from .append_only import append_only, never_emptied
from .events import Event, event_of


class Recorded:
    """What an event and an access have in common: how what was recorded reads."""

    at: datetime
    recorded_at: datetime
    event: str
    detail: Any

    @property
    def declared(self) -> Event:
        """What was recorded, as its app declares it."""
        return event_of(self.event)

    @property
    def title(self) -> str:
        """The event in words: `request_logged` is Request logged."""
        return self.declared.title

    @property
    def recorded_later(self) -> bool:
        """True when it was recorded well after it happened."""
        return self.recorded_at - self.at > timedelta(minutes=1)


class Entry(Recorded, models.Model):
    """One event of the trail. Written once by `operations`; the database refuses any change to it.

    Entries are numbered without a gap and each carries the hash of the one before it, so that an
    entry altered, removed or slipped in afterwards is found by `manage.py verify_audit`.
    """

    kind = "event"

    sequence = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField(help_text="When the database wrote it.")
    at = models.DateTimeField(help_text="When the event happened; earlier than recorded_at for a late entry.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # entry_actor_idx is one
        help_text="Nobody: the system acted by itself, or the person is unknown.",
    )
    event = models.SlugField(max_length=60, db_index=False)
    subject = models.CharField(max_length=100, blank=True, help_text="What it was about, such as 2253/2025.")
    detail = models.JSONField(
        default=dict,
        encoder=DjangoJSONEncoder,
        help_text="Facts, and the hashes of free text. Never who the applicant is.",
    )
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=16, help_text="Fingerprint of the key of the keyed hash.")
    keyed_hash = models.CharField(max_length=64, help_text="Of the hash, under that key.")

    class Meta:
        ordering = ["-sequence"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                name="entry_event_is_slug", condition=models.Q(event__regex="^[a-z][a-z0-9_]*$")
            ),
            models.CheckConstraint(name="entry_sequence_positive", condition=models.Q(sequence__gte=1)),
        ]
        indexes = [
            models.Index(  # with who did what, so that who took part in many cases is read from it alone
                fields=["subject", "sequence"], include=["actor", "event"], name="entry_subject_idx"
            ),
            models.Index(  # with what it was and about what, so that a person's cases are read from it alone
                fields=["actor", "sequence"], include=["event", "subject"], name="entry_actor_idx"
            ),
            models.Index(fields=["event", "sequence"], name="entry_event_idx"),
            models.Index(fields=["recorded_at"], name="entry_recorded_at_idx"),
        ]
        triggers = append_only("entry")

    def __str__(self) -> str:
        return f"{self.sequence} {self.event} {self.subject}".rstrip()

    @property
    def number(self) -> int:
        """By which it is listed."""
        return self.sequence

    @property
    def words(self) -> dict[str, str]:
        """The free text kept of it, by name, as it is shown. `queries` reads it with the entries."""
        return {kept.field: kept.shown for kept in self.kept_words.all()}

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Everything kept of it, as labels and values to read."""
        return self.declared.facts(self.detail, self.words)


#: Held, shared, by whoever writes an access, until it is committed. Who gets it alone knows that every access
#: numbered so far is written for good or never will be.
WRITING_ACCESSES = "audit accesses"


class RecordedAccess(Recorded, models.Model):
    """One access: a page, list or document that somebody opened, or was refused. Written once, never changed.

    Accesses are many, so they do not wait for their turn at the chain: each is one insert. Once a minute an entry
    of the trail seals those that came since (`foitracker.trail.sealing`).
    """

    kind = "access"
    hash = ""

    recorded_at = models.DateTimeField(db_default=Now(), help_text="When the database wrote it.")
    at = models.DateTimeField(help_text="When it happened.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        # Nobody is ever deleted; a check would lock the person's row for every page they open.
        db_constraint=False,
        help_text="Nobody: a command, or somebody who has not signed in.",
    )
    event = models.SlugField(max_length=60, db_index=False)
    subject = models.CharField(max_length=100, blank=True, help_text="What it was about, such as 2253/2025.")
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="Facts. Never free text.")
    address = models.GenericIPAddressField(null=True, help_text="Where it came from.")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "recorded accesses"
        constraints = [
            models.CheckConstraint(
                name="access_event_is_slug", condition=models.Q(event__regex="^[a-z][a-z0-9_]*$")
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "id"], name="access_subject_idx"),
            models.Index(fields=["actor", "id"], name="access_actor_idx"),
            models.Index(fields=["event", "id"], name="access_event_idx"),
            models.Index(fields=["recorded_at"], name="access_recorded_at_idx"),
        ]
        triggers = [
            *append_only("access"),
            pgtrigger.Trigger(
                name="access_is_being_written",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"PERFORM pg_advisory_xact_lock_shared(hashtext('{WRITING_ACCESSES}')); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.event} {self.subject}".rstrip()

    @property
    def number(self) -> int:
        """By which it is listed."""
        return int(self.pk)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Everything kept of it, as labels and values to read."""
        where = [("Where from", self.address)] if self.address else []
        return [*self.declared.facts(self.detail, {}), *where]


class EventWords(models.Model):
    """What somebody wrote in free words about an event, beside the trail.

    The trail holds the field's name and the hash of words and salt. Once a row is erased, that hash can be
    compared with nothing. Words and salt are never changed; where they hold what tells who an applicant is, pages,
    downloads and exports show `masked_words` instead.
    """

    #: All that the running role may update (`running_role`).
    updated_columns = ("masked_words",)

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="kept_words")
    field = models.CharField(max_length=60)
    words = models.TextField()
    salt = models.CharField(max_length=32)
    masked_words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "event words"
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="event_words_once")]
        triggers = [
            pgtrigger.ReadOnly(
                name="event_words_stay_as_written", fields=["entry", "field", "words", "salt"]
            ),
            never_emptied("event_words"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.field}"

    @property
    def shown(self) -> str:
        """What is read of them."""
        return self.masked_words or self.words

    def show_as(self, masked: Callable[[str], str] | None) -> bool:
        """Let them be read as `masked` gives what is read now; return whether that is another text. Does not save.

        What was masked stays masked, whoever the applicant is found to be later.
        """
        shown = masked(self.shown) if masked else self.shown
        changed = shown != self.shown
        self.masked_words = shown if shown != self.words else ""
        return changed


# Forward only, and only to an entry that is there: what was cut off the end stays missed.
_ON_TO_AN_ENTRY = """
IF NEW.sequence <= OLD.sequence OR NOT EXISTS (
    SELECT 1 FROM audit_entry WHERE sequence = NEW.sequence AND hash = NEW.hash
) THEN
    RAISE EXCEPTION 'pgtrigger: Cannot move % to where no entry is', TG_TABLE_NAME;
END IF;
RETURN NEW;
"""


class Head(models.Model):
    """The last entry of the chain: one row, locked by whoever appends.

    It gives an appender its number and the previous hash, and it shows when entries were cut off
    the end of the trail, which the chain by itself cannot.
    """

    #: All that the running role may update (`running_role`).
    updated_columns = ("sequence", "hash")

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="one_head", condition=models.Q(id=1))]
        triggers = [
            pgtrigger.Trigger(
                name="head_moves_on_to_an_entry",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_ON_TO_AN_ENTRY,
            ),
            pgtrigger.Protect(name="head_stays", operation=pgtrigger.Delete),
            never_emptied("head"),
        ]

    def __str__(self) -> str:
        return f"head at {self.sequence}"
