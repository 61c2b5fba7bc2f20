"""What the demonstration's log has to hold, asked of the database directly."""

from collections import Counter
from datetime import date

from django.db.models import Count, Q

from foitracker.accounts.models import User
from foitracker.identity.traces import find_identity_traces
from foitracker.mail.models import OutboxMessage
from foitracker.statistics.models import Snapshot
from referrals.models import (
    Advice,
    AdviceTold,
    ApplicantMark,
    Consultation,
    Correspondence,
    Force,
    ForceContact,
    Referral,
    ReferralForce,
)
from referrals.queries.unit import unit
from requests_app.models import Applicant, IssueHold

NAMED = {
    "1480/23": ["West Midlands Police"],
    "43/23": ["Lancashire Constabulary"],
    "636/18": ["South Wales Police"],
    "681/18": ["Staffordshire Police"],
    "698/20": ["Northamptonshire Police"],
    "969/21": ["Lancashire Constabulary", "Leicestershire Police"],
    "2017/16": ["West Midlands Police"],
    "1800/17": ["Durham Constabulary"],
    "1782/22": ["Metropolitan Police Service"],
    "1371/15": ["Staffordshire Police"],
}


def lancashire_in_year_ending(year: int) -> int:
    """Return logs counted for Lancashire Constabulary in the year ending 31 March, by the three published criteria."""
    alone = Q(referral__scope="single", role="referred_by", form_received_on__isnull=False)
    counted = ReferralForce.objects.filter(
        alone | Q(referral__scope="national") | Q(trigger="mandatory"),
        force__name="Lancashire Constabulary",
        first_contact_on__range=(date(year - 1, 4, 1), date(year, 3, 31)),
    ).exclude(referral__closing="logged_in_error")
    return counted.values("referral").distinct().count()


def check_figures() -> None:
    assert [lancashire_in_year_ending(year) for year in (2023, 2024, 2025)] == [65, 21, 0]
    assert all(lancashire_in_year_ending(year) for year in range(2016, 2023))
    own = ReferralForce.objects.filter(force__name="Lancashire Constabulary")
    assert own.filter(first_contact_on__range=(date(2024, 4, 1), date(2025, 3, 31))).exists()
    assert own.filter(role="consulted", referral__scope="national", first_contact_on=None).exists()
    assert Snapshot.objects.get().result["all_forces_together"][0]["together"] == 0


def check_named_logs() -> None:
    for log_number, forces in NAMED.items():
        log = Referral.objects.get(log_number=log_number)
        assert sorted(str(one.force) for one in log.forces.select_related("force")) == forces
    assert Referral.objects.get(log_number="1355/22").scope == "national"
    assert Referral.objects.filter(log_number__in=["740/16", "1015/15"]).count() == 2


def check_every_state(today: date) -> None:
    logs = Referral.objects.all()
    assert 1_900 < logs.count() < 2_200
    statuses = Counter(logs.values_list("status", flat=True))
    assert min(statuses[one] for one in ("logged", "in_hand", "advised")) > 3
    assert logs.filter(reply_by__lt=today).count() >= 3
    assert logs.filter(priority="low", status="in_hand", reply_by__gte=today).count() >= 2
    assert Consultation.objects.filter(replied_on=None, reply_by__lt=today).count() >= 2
    assert Advice.objects.filter(given_on=None).exists()
    assert Advice.objects.filter(told=None, given_on__isnull=False, referral__status="advised").count() >= 2
    same = logs.filter(subject="Cameras in custody suites", national_log=None).exclude(status="closed")
    assert same.count() >= 8
    national = logs.filter(grouped__isnull=False).distinct().get()
    assert national.grouped.filter(status="advised").count() == 4
    told = AdviceTold.objects.filter(advice__referral=national)
    assert told.count() >= 7
    assert told.filter(told_to__referral__national_log=national).count() == 4
    assert set(AdviceTold.objects.values_list("uptake", flat=True)) == {"", "adopted", "in_part", "departed"}


def check_people(today: date) -> None:
    contact = ForceContact.objects.get()
    assert (contact.user.email, str(contact.force)) == (
        "force.contact@example.org",
        "Lancashire Constabulary",
    )
    assert Referral.objects.filter(forces__force=contact.force).exclude(status="closed").count() >= 3
    assert str(unit().own_force) == "National Police Chiefs' Council"
    complete_to = unit().data_complete_to
    assert complete_to
    assert complete_to < today
    boxes = [*Force.objects.exclude(email="").values_list("email", flat=True)]
    assert len(boxes) > 40
    assert all(box.endswith("@example.org") for box in boxes)
    statuses = OutboxMessage.Status
    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {statuses.SENT, statuses.RETURNED}
    assert not User.objects.exclude(email__endswith="@example.org").exists()


def check_own_request_is_held() -> None:
    log = Referral.objects.get(own_request__isnull=False)
    hold = IssueHold.objects.get(ended_at=None)
    assert (hold.foi_request_id, hold.awaited) == (log.own_request_id, log.title)


def check_nothing_tells_who_asks() -> None:
    texts = [
        *Referral.objects.values_list("subject", flat=True),
        *Referral.objects.values_list("wording", flat=True),
        *ReferralForce.objects.exclude(wording="").values_list("wording", flat=True),
        *Advice.objects.values_list("text", flat=True),
        *Correspondence.objects.values_list("text", flat=True),
        *Consultation.objects.values_list("question", flat=True),
    ]
    together = "\n".join(set(texts))
    assert [trace for trace in find_identity_traces(together) if trace.found != "Police Scotland"] == []
    for name, email in Applicant.objects.values_list("name", "email"):
        assert len(name) < 3 or name not in together
        assert not email or email not in together
    shared = ApplicantMark.objects.values("kind", "digest").annotate(logs=Count("referral"))
    assert shared.filter(logs=2).exists()
