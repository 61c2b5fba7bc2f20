from django.conf import settings
from django.db import models


class SearchRecord(models.Model):
    """One search for the information: what was searched, by whom, on which day and by which criteria."""

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="searches")
    searched = models.CharField(max_length=200)
    searched_by = models.CharField(max_length=120)
    searched_on = models.DateField()
    criteria = models.TextField()
    result = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["searched_on", "id"]
