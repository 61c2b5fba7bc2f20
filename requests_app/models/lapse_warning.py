from django.db import models


class LapseWarning(models.Model):
    """The warning that a request will lapse after `lapses_on` for want of an answer or a payment.

    There is one for a request and a day, however often the sweep runs. When the day changes, the warning for
    the old one is removed; that it was given stays in the trail.
    """

    foi_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="lapse_warnings")
    lapses_on = models.DateField()
    warned_at = models.DateTimeField()

    class Meta:
        ordering = ["lapses_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["foi_request", "lapses_on"], name="lapse_warning_once_a_day_named"
            )
        ]
