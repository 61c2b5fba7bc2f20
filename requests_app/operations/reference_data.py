"""What a database begins with: the regulators over the Act, by date."""

from django.db import transaction

from requests_app.models import Regulator
from requests_app.queries.exemption_catalogue import shipped_regulators


@transaction.atomic
def load_shipped() -> None:
    """Add the shipped regulators for whose first day none is recorded. A second call changes nothing.

    Called after every migration. What an administrator recorded or confirmed is never touched.
    """
    for row in shipped_regulators():
        Regulator.objects.get_or_create(from_date=row["from_date"], defaults=row)
