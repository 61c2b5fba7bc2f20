from django.db import models


class Applicant(models.Model):
    """Who asked, kept apart from what was asked. Nothing joins this table to lists, search or referrals.

    A request is answered blind to the applicant; a look at this row needs a role and leaves a trace.
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
        """This function will give the address an answer can go to (s.8(1)(b)); empty if there is none."""
        return self.email or self.postal_address or self.other_address
