from django.conf import settings
from django.db import models
from django.db.models import Q


class Grade(models.Model):
    """A grade of staff, of officers and of colleagues outside the team. One no longer used stays with its hours."""

    name = models.CharField(max_length=60, unique=True)
    is_in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="grade_named")]

    def __str__(self) -> str:
        return self.name


class GradeRate(models.Model):
    """What an hour of a grade costs, in pounds, for work done from a day on, until the next rate begins."""

    grade = models.ForeignKey(Grade, models.PROTECT, related_name="rates")
    from_on = models.DateField()
    hourly = models.DecimalField(max_digits=6, decimal_places=2)

    class Meta:
        ordering = ["grade__name", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["grade", "from_on"], name="grade_rate_once_a_day"),
            models.CheckConstraint(condition=Q(hourly__gt=0), name="grade_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.grade}, £{self.hourly} from {self.from_on.isoformat()}"


class OfficerGrade(models.Model):
    """The grade of somebody in the team from a day on, until their next one begins."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="+")
    from_on = models.DateField()

    class Meta:
        ordering = ["person__name", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["person", "from_on"], name="officer_grade_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.grade} from {self.from_on.isoformat()}"
