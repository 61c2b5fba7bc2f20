"""Facts that events on a log share."""

from foitracker.audit.fields import Counts, Many, Reference
from foitracker.identity.traces import TRACE_LABELS

#: What was pointed out as identifying the applicant, and left in because an officer said that it does not.
UNMASKED = {"unmasked": Counts("Left in, as not the applicant's", TRACE_LABELS)}
UNMASKED_SAYS = ("Left in, as not the applicant's: {unmasked}.",)

FORCES = Many("Forces", Reference("Force"))
