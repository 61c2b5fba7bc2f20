"""Operations on force contacts: which account sees which force's referrals."""

from datetime import datetime

from django.db import transaction

from foitracker.accounts.models import User
from foitracker.accounts.permission_names import Permission
from foitracker.accounts.permissions import check_can
from foitracker.accounts.roles import Role
from foitracker.audit.operations import record_event
from foitracker.casework.refusals import NotPossible
from referrals.events.forces import FORCE_CONTACT_ENDED, FORCE_CONTACT_SET
from referrals.models import Force, ForceContact


@transaction.atomic
def set_contact(*, by: User, at: datetime, user_id: int, force_id: int) -> ForceContact:
    """Let an account act for a force, and for no other.

    From then on it sees that force's part of every log the force is or was on. Raises NotPossible for an account
    without the role of a force contact.
    """
    check_can(Permission.MANAGE_CONTACTS, by)
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if user.roles != [Role.FORCE_CONTACT]:
        raise NotPossible(
            f"{user.name} is not a force contact. Give them that role under Users first.", field="user"
        )
    force = Force.objects.get(pk=force_id)
    contact = ForceContact.objects.filter(user=user).select_related("force").first()
    before = contact.force if contact else None
    if contact is not None and before == force:
        return contact
    contact, _ = ForceContact.objects.update_or_create(
        user=user, defaults={"force": force, "since": at, "made_by": by}
    )
    detail = {"contact": user, "force": force.name, "before": before.name if before else ""}
    record_event(event=FORCE_CONTACT_SET, by=by, at=at, subject=force.audit_subject, detail=detail)
    return contact


@transaction.atomic
def end_contact(*, by: User, at: datetime, user_id: int) -> None:
    """Stop an account acting for a force: it sees no referral from then on.

    Do nothing for an account that acts for none.
    """
    check_can(Permission.MANAGE_CONTACTS, by)
    found = ForceContact.objects.select_for_update(of=("self",)).select_related("user", "force")
    contact = found.filter(user=user_id).first()
    if contact is None:
        return
    detail = {"contact": contact.user, "force": contact.force.name}
    force = contact.force
    contact.delete()
    record_event(event=FORCE_CONTACT_ENDED, by=by, at=at, subject=force.audit_subject, detail=detail)
