"""What lists can be narrowed to: forces, topics and criteria, as choices of a form."""

from referrals.models import Criterion, Force
from requests_app.models import Topic

Choices = list[tuple[str, str]]


def forces_by_name() -> Choices:
    """Return every force there is or was, by name."""
    return [(str(pk), name) for pk, name in Force.objects.order_by("name").values_list("pk", "name")]


def topics_by_name() -> Choices:
    """Return every topic, those no longer used among them: old logs have them."""
    return [(str(pk), name) for pk, name in Topic.objects.order_by("name").values_list("pk", "name")]


def criteria_ever_used() -> Choices:
    """Return every criterion by its code, with the title of its newest version."""
    newest = Criterion.objects.order_by("code", "-version").distinct("code")
    return sorted(newest.values_list("code", "title"), key=lambda choice: choice[1])


def criteria_in_force() -> Choices:
    """Return the criteria that apply now, by title."""
    found = Criterion.objects.filter(ended_at__isnull=True).order_by("title")
    return [(str(pk), title) for pk, title in found.values_list("pk", "title")]


def topics_in_use() -> Choices:
    """Return the topics that new logs can have, by name."""
    found = Topic.objects.filter(is_in_use=True).order_by("name")
    return [(str(pk), name) for pk, name in found.values_list("pk", "name")]
