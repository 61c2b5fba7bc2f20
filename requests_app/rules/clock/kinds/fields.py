"""Fields that several kinds of event have."""

from requests_app.rules.clock.events import Field, FieldType


def happened_on(
    label: str = "Date",
    *,
    json: str = "date",
    required: bool = True,
    nullable: bool = False,
    missing: str = "Enter the date.",
) -> Field:
    """Return the field for the day of an event."""
    return Field(
        "on",
        FieldType.DAY,
        label,
        json=json,
        required=required,
        nullable=nullable,
        missing=missing,
    )


def reason(hint: str, *, json: str = "reason", missing: str = "") -> Field:
    """Return the field for the reason of an extension."""
    return Field(
        "reason",
        FieldType.PROSE,
        "Reason",
        f"{hint} Do not name the applicant.",
        json=json,
        missing=missing,
        longest=2000,
        phrase="reason: {}",
    )


def reference(hint: str) -> Field:
    """Return the field for a reference others gave, which no time limit depends on."""
    return Field(
        "reference",
        FieldType.REFERENCE,
        "Reference",
        hint,
        longest=40,
        phrase="reference {}",
    )
