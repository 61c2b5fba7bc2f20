"""Notices of the regulator, from which the time for an appeal runs: FOIA ss.50 to 52 and 57; EIR reg 18.

The last day of an appeal follows the Tribunal Procedure (First-tier Tribunal) (General Regulatory Chamber) Rules
2009, rr.12 and 22.
"""

from datetime import timedelta

from foitracker.accounts.permission_names import Permission
from foitracker.pages.words import short_date
from foitracker.working_days.calendar_periods import rolled_forward
from requests_app.rules.clock.course import ClockOrderError
from requests_app.rules.clock.events import ClockEvent, Field, FieldType, RecordedKind
from requests_app.rules.clock.kinds.fields import happened_on, reference
from requests_app.rules.clock.law import Law
from requests_app.rules.clock.remedies import Remedies


def _take_complaint(found: Remedies, event: ClockEvent) -> None:
    """FOIA s.50(1). It moves no date of the authority: what the regulator asks for says itself by when."""
    found.happened.append((event.day, "The ICO wrote that a complaint was made to it (s.50)"))


COMPLAINT_MADE = RecordedKind(
    code="complaint_made",
    label="Complaint made to the ICO",
    law=Law(foia=("FOIA s.50(1)",), eir=("FOIA s.50(1)", "EIR reg 18")),
    fields=(
        happened_on("Date the ICO wrote"),
        reference("The ICO's, such as IC-123456-A1B2."),
    ),
    rank=105,
    on_remedies=_take_complaint,
    recorded_by=Permission.REVIEW,
    about=("The ICO looks into the complaint and writes what it needs, and by when.",),
)

#: General Regulatory Chamber Rules, r.22: calendar days from the day the notice was sent.
APPEAL_DAYS = 28


def _notice(*, code: str, name: str, section: str) -> RecordedKind:
    """Return the kind of notice that the regulator gives under a section of the Act."""

    def serve(found: Remedies, event: ClockEvent) -> None:
        """FOIA s.57. When to comply is what the notice says, never computed (ss.50(6), 51(4), 52(3))."""
        day = event.day
        last = rolled_forward(day + timedelta(days=APPEAL_DAYS), found.calendar)
        found.tribunal_appeal_by = last
        text = f"{name} sent: appeal to the tribunal by 5 pm on {short_date(last)} (s.57)"
        if event.comply_by:
            if event.comply_by < day:
                raise ClockOrderError(
                    f"The notice of {short_date(day)} is said to ask for compliance by "
                    f"{short_date(event.comply_by)}. Copy the date from the notice."
                )
            found.comply_by = event.comply_by
            text += f"; comply by {short_date(event.comply_by)}, as the notice says"
            if event.comply_by < last:
                text += ", which is before the time for an appeal ends: check it (ss.50(6), 51(4), 52(3))"
        found.happened.append((day, text))

    return RecordedKind(
        code=code,
        label=f"{name} sent by the ICO",
        law=Law(foia=(f"FOIA {section}",), eir=(f"FOIA {section}", "EIR reg 18")),
        fields=(
            happened_on("Date the notice was sent"),
            Field(
                "comply_by",
                FieldType.DAY,
                "Date to comply by",
                "Copy it from the notice; it is never worked out. Leave it empty if the notice asks for nothing.",
                json="comply_by",
                too_early="The day to comply by cannot lie before the notice. Copy it from there.",
                phrase="to be complied with by {}",
            ),
            reference("The ICO's, as the notice gives it."),
        ),
        rank=110,
        on_remedies=serve,
        recorded_by=Permission.WORK_CASE,
        about=(
            "An appeal to the tribunal has to arrive by 5 pm on the 28th day after the notice was sent, or on the next "
            "working day (section 57). The day to comply by is the one the notice names.",
        ),
        starts_limit=True,
    )


DECISION_NOTICE = _notice(code="decision_notice_sent", name="Decision notice", section="s.50")
INFORMATION_NOTICE = _notice(code="information_notice_sent", name="Information notice", section="s.51")
ENFORCEMENT_NOTICE = _notice(code="enforcement_notice_sent", name="Enforcement notice", section="s.52")

#: Each may require steps by a day that it names.
NOTICES = (DECISION_NOTICE, INFORMATION_NOTICE, ENFORCEMENT_NOTICE)
