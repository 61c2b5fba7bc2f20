"""What the applicant of a request has been promised."""

from django.db.models import QuerySet

from requests_app.models import ContactTask, FoiRequest


def open_promises(case: FoiRequest) -> QuerySet[ContactTask]:
    """Return what the applicant is still to be told, with who promised it, soonest due first."""
    return case.contact_tasks.filter(closed_at__isnull=True).select_related("promised_by")
