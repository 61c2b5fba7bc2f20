"""Changing users. Each is done by an administrator and recorded on the trail under `user/<id>`."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from foitracker.audit.operations import record_event
from foitracker.mail.operations import queue_message

from . import events
from .models import EMAIL_TAKEN, User, canonical_email
from .permission_names import Permission
from .permissions import check_can, check_can_change_roles_of, check_can_deactivate
from .roles import Role, why_not_together

WELCOME = """Hello,

You can now use the Freedom of Information request tracker. Choose your password here:

{link}

The link works once, and for three days. If it has stopped working, ask an administrator for another.
"""


class EmailTaken(ValueError):
    """Another user, active or not, has this e-mail address."""


class RolesNotTogether(ValueError):
    """These roles cannot be held by one person; the message says why."""


@transaction.atomic
def add_user(*, email: str, name: str, roles: Sequence[str], site: str, by: User, at: datetime) -> User:
    """Add a person and send them a link with which they choose their own password.

    `name` is printed on letters; `roles` are values of `Role`; `site` is the address of this
    installation, such as https://foi.example.org. Raises `NotPermitted`, `RolesNotTogether` and `EmailTaken`.
    """
    by = _administrator(by)
    _check_together(roles)
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, name=name, roles=sorted(set(roles)))
    except IntegrityError as error:
        if User.objects.filter(email=canonical_email(email)).exists():
            raise EmailTaken(EMAIL_TAKEN) from error
        raise
    _queue_link(user, site=site, at=at)
    record_event(
        event=events.USER_ADDED,
        by=by,
        at=at,
        subject=user.audit_subject,
        detail={"name": user, "roles": user.roles},
    )
    return user


@transaction.atomic
def change_user(*, user: User, name: str, roles: Sequence[str], by: User, at: datetime) -> User:
    """Change the name a person signs with and the roles they hold; nothing is recorded if both stay.

    Raises `NotPermitted`, also for one's own roles, and `RolesNotTogether`.
    """
    by = _administrator(by)
    user = _locked(user)
    before, after = set(user.roles), set(roles)
    if before != after:
        check_can_change_roles_of(by, user)
        _check_together(roles)
    detail: dict[str, object] = {}
    if user.name != name:
        detail["changed"] = {"name": {"from": user.name, "to": name}}
    if before != after:
        detail |= {"roles_added": sorted(after - before), "roles_removed": sorted(before - after)}
    if detail:
        user.name, user.roles = name, sorted(after)
        user.save(update_fields=["name", "roles"])
        record_event(event=events.USER_CHANGED, by=by, at=at, subject=user.audit_subject, detail=detail)
    return user


@transaction.atomic
def deactivate_user(*, user: User, by: User, at: datetime) -> User:
    """End a person's access; anyone signed in as them is signed out by their next click.

    Raises `NotPermitted`, also for oneself.
    """
    by = _administrator(by)
    user = _locked(user)
    check_can_deactivate(by, user)
    if user.is_active:
        user.is_active = False
        user.save(update_fields=["is_active"])
        record_event(event=events.USER_DEACTIVATED, by=by, at=at, subject=user.audit_subject)
    return user


@transaction.atomic
def reactivate_user(*, user: User, by: User, at: datetime) -> User:
    """Give a person their access back, with the roles and the password they had.

    Raises `NotPermitted`.
    """
    by = _administrator(by)
    user = _locked(user)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record_event(event=events.USER_REACTIVATED, by=by, at=at, subject=user.audit_subject)
    return user


@transaction.atomic
def send_password_link(*, user: User, site: str, by: User, at: datetime) -> None:
    """Send a person a new link with which they choose their own password. Raises `NotPermitted`."""
    by = _administrator(by)
    _queue_link(user, site=site, at=at)
    record_event(event=events.PASSWORD_LINK_SENT, by=by, at=at, subject=user.audit_subject)


@transaction.atomic
def set_password(*, user: User, password: str, at: datetime) -> None:
    """Set the password that `user` chose for themselves; the link they used stops working."""
    user = _locked(user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record_event(event=events.PASSWORD_SET, by=user, at=at, subject=user.audit_subject)


def _administrator(by: User) -> User:
    """`by` as the database has them now, with every administrator locked.

    Two administrators who act on each other at once take turns, so that the second one's
    permission is the one they still have. The locks leave the key alone: audit entries refer to it.
    """
    people = User.objects.select_for_update(no_key=True).filter(
        Q(pk=by.pk) | Q(roles__contains=[Role.ADMINISTRATOR])
    )
    by = next(person for person in people.order_by("pk") if person.pk == by.pk)
    check_can(Permission.MANAGE_USERS, by)
    return by


def _check_together(roles: Sequence[str]) -> None:
    if problem := why_not_together(roles):
        raise RolesNotTogether(problem)


def _locked(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _queue_link(user: User, *, site: str, at: datetime) -> None:
    path = reverse(
        "accounts:set_password",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )
    queue_message(
        key=f"password-link/{user.pk}/{at.isoformat()}",
        to=user.email,
        subject="Choose your password for the request tracker",
        body=WELCOME.format(link=site.rstrip("/") + path),
        attachments=[],
        at=at,
    )
