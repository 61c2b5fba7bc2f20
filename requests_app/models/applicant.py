from django.db import models


class AccessReason(models.TextChoices):
    """Why someone opens the applicant's details. Coded, so that the trail never holds personal data."""

    WRITE = "write", "To write to the applicant"
    COMPLETE = "complete", "To complete or correct the applicant's details"
    VALIDITY = "validity", "To check that the request is valid (section 8)"
    OWN_DATA = "own_data", "To see whether it asks for the applicant's own data (section 40(1))"
    REPEATED = "repeated", "To consider repeated or related requests (sections 12(4) and 14)"
    COMPLAINT = "complaint", "To deal with an internal review or a complaint"


class Applicant(models.Model):
    """The applicant, kept apart from what was asked. Nothing joins this table to lists, search or referrals.

    A request is answered blind to the applicant; access to this row needs a role and is recorded.
    """

    foi_request = models.OneToOneField(
        "requests_app.FoiRequest", models.PROTECT, related_name="+", primary_key=True
    )
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    postal_address = models.TextField(blank=True)
    other_address = models.CharField(max_length=200, blank=True)
    salutation = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "applicant"

    def __str__(self) -> str:
        return "Applicant (identity held apart)"

    @property
    def address_for_correspondence(self) -> str:
        """Return the address an answer can go to (s.8(1)(b)); empty if there is none."""
        return self.email or self.postal_address or self.other_address
