"""One request of the authority's own that is with the unit: its answer waits for the advice."""

from dashboard.demonstration.player.logs import Desk
from dashboard.demonstration.player.requests import at
from referrals.models import Topic
from referrals.operations.own_request import OwnReferral, refer_own_request
from referrals.rules.vocabulary import Trigger
from requests_app.models import FoiRequest
from requests_app.rules.workflow import Status


def refer_one(desk: Desk) -> None:
    """This function will refer one of the demonstration's requests that are being worked on."""
    case = _one_in_progress()
    words = "\n".join(f"{item.label}. {item.text}" for item in case.items.order_by("position"))
    topic = Topic.objects.filter(name="Drones").first()
    referral = OwnReferral(
        subject=case.subject, wording=words, trigger=Trigger.ADVICE, topic_id=topic.pk if topic else None
    )
    refer_own_request(
        case_id=case.pk, by=desk.staff.officer, at=at(desk.today, 9, 50), today=desk.today, referral=referral
    )


def _one_in_progress() -> FoiRequest:
    """The one of this year about drones or, failing that, any: the one with most time left."""
    found = FoiRequest.objects.filter(status=Status.IN_PROGRESS, letters__isnull=True).order_by("-due_on")
    return found.filter(subject__icontains="drone").first() or found[0]
