from django.conf import settings
from django.db import models


class Note(models.Model):
    """An officer's working note. It is information held, and can itself be asked for."""

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="notes")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-id"]
