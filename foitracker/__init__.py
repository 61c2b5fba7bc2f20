# Loaded with the package, so that a task queued from any process goes to this application's broker.
from foitracker.celery import app as celery_app

__all__ = ["celery_app"]
