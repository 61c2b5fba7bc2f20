from django.db import models
from django.db.models import Q


class PseudonymKey(models.Model):
    """A record that a key of the applicants' marks is in use, and how to recognise it. Never the key itself.

    `number` is its place in the chain, from 1. `check_value` is made with the key and a fixed text, so that a
    wrong key is found out before it makes marks that match nothing. `rotated_at` is when every mark kept had
    been carried over to it; None for the first key, and while a rotation is under way.
    """

    number = models.PositiveSmallIntegerField(primary_key=True)
    check_value = models.CharField(max_length=64)
    rotated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.CheckConstraint(condition=Q(number__gte=1), name="pseudonym_key_numbered")]

    def __str__(self) -> str:
        return f"Key {self.number} of the applicants' marks"
