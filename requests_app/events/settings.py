"""What is recorded of the authority's settings, its regulator and the calendar feeds of its officers."""

from foitracker.audit.events import Vocabulary
from foitracker.audit.fields import Changes, Code, Day, Flag, Number, Reference, Words
from requests_app.rules.casework.authority_kind import AUTHORITY_KIND_LABELS

EVENTS = Vocabulary("Settings")

AUTHORITY_CHANGED = EVENTS.event(
    "authority_changed",
    "Authority's settings changed",
    fields={
        "changed": Changes(
            "Changed",
            {
                "name": Words("Name"),
                "short_name": Words("Short name"),
                "office": Words("Office"),
                "address": Words("Address"),
                "telephone": Words("Telephone"),
                "email": Words("E-mail"),
                "website": Words("Website"),
                "kind": Code("Kind of authority", AUTHORITY_KIND_LABELS),
                "signature_line": Words("Signature line"),
                "review_address": Words("Address for internal reviews"),
                "review_email": Words("E-mail for internal reviews"),
                "prints_officer_name": Flag("Print the name of who signs"),
                "allows_own_approval": Flag("Own approval allowed"),
                "has_designated_functions": Flag("Designated functions only"),
                "clarification_lapse_months": Number("Months until an unanswered question lapses"),
                "lapse_warning_days": Number("Days of warning before a lapse"),
                "acknowledge_by_day": Number("Acknowledge by working day"),
                "search_by_day": Number("Search back by working day"),
                "draft_by_day": Number("Draft by working day"),
                "approve_by_day": Number("Approved by working day"),
                "quiet_after_days": Number("Working days until a request is quiet"),
                "supervise_by_day": Number("Supervision review by working day"),
                "supervise_every_days": Number("Working days until the next supervision review"),
                "year_begins_in": Number("Month in which the year begins"),
                "caseload_target": Number("Open requests an officer is meant to hold"),
                "closes_lapsed_requests": Flag("Lapsed requests closed by the system"),
                "deems_next_working_day": Flag(
                    "Arrival on a day that is no working day taken for the next one"
                ),
            },
        )
    },
    says=("{changed}",),
)

_REGULATOR = {"name": Reference("Name"), "from_date": Day("From")}
_REGULATOR_SAYS = ("{name} from {from_date}.",)
REGULATOR_RECORDED = EVENTS.event(
    "regulator_recorded", "ICO details recorded", fields=_REGULATOR, says=_REGULATOR_SAYS
)
REGULATOR_CONFIRMED = EVENTS.event(
    "regulator_confirmed",
    "ICO address confirmed",
    fields={**_REGULATOR, "address": Reference("Address")},
    says=(*_REGULATOR_SAYS, "{address}."),
)
REGULATOR_REMOVED = EVENTS.event(
    "regulator_removed", "ICO details removed", fields=_REGULATOR, says=_REGULATOR_SAYS
)

CALENDAR_FEED_CREATED = EVENTS.event(
    "calendar_feed_created",
    "Calendar feed created",
    fields={"expires_on": Day("Expires on")},
    says=("Until {expires_on}.",),
)
CALENDAR_FEED_READ = EVENTS.access("calendar_feed_read", "Calendar feed read", is_guarded=True)
CALENDAR_FEED_REVOKED = EVENTS.event("calendar_feed_revoked", "Calendar feed ended")
