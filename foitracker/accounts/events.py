"""What is recorded of users: who came in and left, and what was changed about them."""

from foitracker.accounts.roles import Role
from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Changes, Code, Flag, Many, Person, Words

EVENTS = Vocabulary("Users")

_ROLE = Code("Role", dict(Role.choices))

SIGNED_IN = EVENTS.event("signed_in", "Signed in")
SIGN_IN_FAILED = EVENTS.event("sign_in_failed", "Sign-in failed")
SIGN_IN_LOCKED = EVENTS.access("sign_in_locked", "Sign-in locked after too many tries")
SIGNED_OUT = EVENTS.event("signed_out", "Signed out")

USER_ADDED = EVENTS.event(
    "user_added",
    "User added",
    fields={
        "name": Person("Name"),
        "roles": Many("Roles", _ROLE),
        "by_command": Flag("By a command"),
    },
    says=("{name}: {roles}.",),
)
USER_CHANGED = EVENTS.event(
    "user_changed",
    "User changed",
    fields={
        "changed": Changes("Changed", {"name": Words("Name")}),
        "roles_added": Many("Roles added", _ROLE),
        "roles_removed": Many("Roles removed", _ROLE),
    },
    says=("{changed}", "Roles added: {roles_added}.", "Roles removed: {roles_removed}."),
)
USER_DEACTIVATED = EVENTS.event("user_deactivated", "User deactivated")
USER_REACTIVATED = EVENTS.event("user_reactivated", "User reactivated")
PASSWORD_LINK_SENT = EVENTS.event("password_link_sent", "Link to choose a password sent")
PASSWORD_SET = EVENTS.event("password_set", "Password set")
