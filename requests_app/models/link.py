from django.conf import settings
from django.db import models
from django.db.models import F, Q


class LinkKind(models.TextChoices):
    FOLLOW_UP_TO = "follow_up_to", "Follow-up to"
    REVIEW_OF = "review_of", "Review of"
    RELATED_TO = "related_to", "Related to"


#: How the link reads from the other end.
REVERSED_LINK_LABELS: dict[str, str] = {
    LinkKind.FOLLOW_UP_TO: "Original of the follow-up",
    LinkKind.REVIEW_OF: "Original of the review",
    LinkKind.RELATED_TO: "Related to",
}


class RequestLink(models.Model):
    """`from_request` is a follow-up to, a review of, or related to `to_request`."""

    from_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="+")
    to_request = models.ForeignKey("requests_app.FoiRequest", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=LinkKind.choices)
    quote_words = models.BooleanField(default=False, help_text="Quote the earlier request in the letter.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_request", "to_request"], name="link_once"),
            models.CheckConstraint(condition=~Q(from_request=F("to_request")), name="link_not_to_itself"),
        ]
