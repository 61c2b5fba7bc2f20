"""Topics of requests; the list is shared with referrals."""

from django.db.models import Q, QuerySet

from requests_app.models import Topic


def topics_to_choose(kept: int | Topic | None = None) -> QuerySet[Topic]:
    """Return the topics in use by name, and the one `kept` although it is no longer used."""
    key = kept.pk if isinstance(kept, Topic) else kept
    return Topic.objects.filter(Q(is_in_use=True) | Q(pk=key))
