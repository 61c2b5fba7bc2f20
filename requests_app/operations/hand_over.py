"""Handing several requests to one person: all of them, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.casework.refusals import CaseChanged, NotPossible
from foitracker.casework.workflow import TransitionNotAllowed
from requests_app.models import FoiRequest
from requests_app.operations.intake import assign


@dataclass(frozen=True)
class Seen:
    """A request as a page showed it: its key, and the version it had."""

    case_id: int
    version: int


class NotHandedOver(Exception):
    """Some of the requests cannot be assigned, so that none was.

    `refusals` says why, by key of the request; `references` what those are called that there are.
    """

    def __init__(self, refusals: dict[int, str]) -> None:
        super().__init__("Nothing was assigned.")
        self.refusals = refusals
        known = FoiRequest.objects.filter(pk__in=refusals)
        self.references: dict[int, str] = dict(known.values_list("pk", "reference"))


def hand_over(*, cases: Sequence[Seen], by: User, at: datetime, officer: User) -> list[FoiRequest]:
    """Assign all these requests to an officer in one transaction, and return them.

    Each is assigned by `assign`, with its own event and by its rules. Raises NotHandedOver, with the reason of each
    that cannot be assigned, that the officer has already, or that was changed since the page showed it: then none is.
    """
    check_can(Permission.ASSIGN, by)
    refusals: dict[int, str] = {}
    done: list[FoiRequest] = []
    with transaction.atomic():
        keys = [one.case_id for one in cases]
        held = FoiRequest.objects.filter(pk__in=keys, officer=officer).values_list("pk", flat=True)
        refusals |= dict.fromkeys(held, f"{officer.name} has it already.")
        # In one order whoever does it, so that two people who hand over the same requests do not wait for each other.
        for seen in sorted(cases, key=lambda one: one.case_id):
            if seen.case_id in refusals:
                continue
            try:
                done.append(
                    assign(case_id=seen.case_id, by=by, at=at, officer=officer, seen_version=seen.version)
                )
            except CaseChanged:
                refusals[seen.case_id] = "Somebody saved it after this page was opened."
            except FoiRequest.DoesNotExist:
                refusals[seen.case_id] = "There is no such request."
            except (NotPossible, TransitionNotAllowed) as refused:
                refusals[seen.case_id] = str(refused)
        if refusals:
            raise NotHandedOver(refusals)
    return done
