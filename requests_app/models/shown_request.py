from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import Person, check_can
from foitracker.audit.append_only import never_emptied
from requests_app.rules.casework.workflow import Status


class ShownRequests(models.QuerySet["ShownRequest"]):
    def visible_to(self, user: Person) -> ShownRequests:
        """Return those of the open requests that `user` is shown. Raise NotPermitted for who is no such reader."""
        check_can(Permission.READ_SHOWN, user)
        return self.filter(reader=user.pk, ended_at__isnull=True).exclude(foi_request__status=Status.CLOSED)


class ShownRequest(models.Model):
    """A request on the list of a reader outside the team, such as the press office, until the showing is ended.

    The list reads it while the request is open: closed, it is on no list, and needs no ending for that.
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="showings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ShownRequests.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["foi_request", "reader"],
                condition=Q(ended_at__isnull=True),
                name="request_shown_once_to_a_reader",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="showing_ended_by_and_when",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="showing_is_kept", fields=["foi_request", "reader", "shown_by", "shown_at"]
            ),
            pgtrigger.Protect(
                name="ended_showing_stays_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            pgtrigger.Protect(name="showings_are_not_deleted", operation=pgtrigger.Delete),
            never_emptied("showings"),
        ]

    def __str__(self) -> str:
        return f"{self.foi_request_id} to {self.reader_id}"
