from django.db import models

#: The name beat is kept under: it sends tasks and does none.
BEAT = "beat"


class LastRun(models.Model):
    """When a task of a queue last ended, and whether it failed: one row for each, written by the worker that did it.

    The latest of a queue is when its worker last showed itself. Of beat it is when it last sent something.
    """

    task = models.CharField(max_length=100)
    queue = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField()
    has_failed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "queue"], name="last_run_once_for_task_and_queue")
        ]
