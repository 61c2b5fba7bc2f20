"""Fixtures of the outbox's tests, which reminders go through as well."""

from tests.foitracker.mail.conftest import child_environment, serve

__all__ = ["child_environment", "serve"]
