from django.db import models


class Topic(models.Model):
    """What a request is about, for finding and counting. A topic no longer used stays with its old logs."""

    name = models.CharField(max_length=80, unique=True)
    is_in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
