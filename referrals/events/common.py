"""Facts that events on a log share."""

from foitracker.audit.fields import Counts, Many, Reference
from foitracker.identity.traces import TRACE_LABELS

#: What was pointed out as identifying the applicant, and left in because an officer said that it does not.
#: And which forces are named to others that read the words, because whoever wrote them says that they may be.
UNMASKED = {
    "unmasked": Counts("Left in, as not the applicant's", TRACE_LABELS),
    "forces_named": Many("Forces named to others", Reference("Force")),
}
UNMASKED_SAYS = (
    "Left in, as not the applicant's: {unmasked}.",
    "Named to the other forces: {forces_named}.",
)

FORCES = Many("Forces", Reference("Force"))
