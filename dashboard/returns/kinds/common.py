"""Sections that several kinds of return have."""

from dashboard.returns.kinds.declaration import BarsOf, Line, Section, counted

CODE = "s.45 Code of Practice (July 2018), para 8.6"

#: The measures of which opening + received − closed = closing.
OPENING, RECEIVED, CLOSED, CLOSING = "open_at_start", "received", "closed", "open_at_end"

CARRIED = Section(
    "Open, received and closed",
    (
        counted(OPENING),
        counted(RECEIVED, source=CODE),
        counted(CLOSED),
        counted("closed_unanswered", of=CLOSED),
        counted("withdrawn", of=CLOSED),
        counted("lapsed", of=CLOSED),
        counted("invalid", of=CLOSED),
        counted(CLOSING),
    ),
)

UNANSWERED = Section(
    "Received and not yet processed",
    (
        counted("unanswered_at_end", source=CODE),
        counted("unanswered_extended", of="unanswered_at_end", source=CODE),
        counted("unanswered_stopped", of="unanswered_at_end", source=CODE),
        Line(
            "unanswered_running",
            "Not answered, neither stopped nor extended",
            counts=("unanswered_at_end",),
            without=("unanswered_extended", "unanswered_stopped"),
            of="unanswered_at_end",
            definition="Not answered at the end of the period, with the clock running to its usual limit.",
        ),
    ),
)

TIMELINESS = Section(
    "In time",
    (
        counted("answered", source=CODE),
        counted("answered_in_20", of="answered", source=CODE),
        counted("answered_extended", of="answered", source=CODE),
        counted("answered_late", of="answered", source=CODE),
        counted("answered_in_time", of="answered"),
        counted("fell_due"),
        counted("fell_due_in_time", of="fell_due"),
        counted("fell_due_owed", of="fell_due"),
    ),
)

OUTCOMES = Section(
    "Outcomes of the requests answered",
    (
        counted("answered_granted", of="answered", source=CODE),
        counted("answered_in_part", of="answered", source=CODE),
        Line(
            "refused_in_full",
            "Refused in full",
            counts=("answered_refused", "answered_ncnd", "answered_accessible"),
            of="answered",
            source=CODE,
            definition="Answered in the period and refused: by an exemption, by neither confirming nor denying, or as "
            "already accessible (s.21). The three are shown apart below; not held is not among them.",
        ),
        counted("answered_refused", "of which by an exemption", of="answered"),
        counted("answered_ncnd", "of which neither confirmed nor denied", of="answered"),
        counted("answered_accessible", "of which already accessible (s.21)", of="answered"),
        counted("answered_not_held", of="answered", source=CODE),
        counted("answered_outside", of="answered"),
        counted("answered_otherwise", of="answered"),
    ),
)

REVIEWS = Section(
    "Internal reviews and the regulator",
    (
        counted("reviews_received", source=CODE),
        counted("reviews_answered"),
        counted("reviews_in_time", of="reviews_answered", source="s.45 Code, paras 5.4, 5.5; EIR reg 11(4)"),
        counted("reviews_upheld", of="reviews_answered"),
        counted("reviews_partly_upheld", of="reviews_answered"),
        counted("reviews_overturned", of="reviews_answered"),
        counted("reviews_owed"),
        counted("complaints", source="FOIA s.50(1)"),
        counted("notices", source="FOIA ss.50 to 52"),
    ),
)

OUTCOMES_CHART = BarsOf(
    "outcomes",
    "How requests were answered",
    ("answered_granted", "answered_in_part", "refused_in_full", "answered_not_held", "answered_outside",
     "answered_otherwise"),
)  # fmt: skip
IN_TIME_CHART = BarsOf(
    "in-time",
    "Answered in time and late",
    ("answered_in_20", "answered_extended", "answered_late"),
)
