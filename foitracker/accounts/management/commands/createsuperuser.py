from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.db import transaction
from django.utils import timezone

from foitracker.accounts.events import USER_ADDED
from foitracker.accounts.models import User
from foitracker.audit.operations import record_event


class Command(createsuperuser.Command):
    help = "Make the first administrator of an installation; the others are added under Settings, Users."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        known = list(User.objects.values_list("pk", flat=True))
        super().handle(*args, **options)
        for person in User.objects.exclude(pk__in=known):
            detail = {"name": person, "roles": person.roles, "by_command": True}
            record_event(
                event=USER_ADDED, by=None, at=timezone.now(), subject=person.audit_subject, detail=detail
            )
