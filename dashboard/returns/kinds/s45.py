"""The quarterly figures that the s.45 Code asks authorities with more than 100 full-time staff to publish."""

from dashboard.returns.kinds.common import (
    CARRIED,
    CODE,
    IN_TIME_CHART,
    OUTCOMES,
    OUTCOMES_CHART,
    REVIEWS,
    TIMELINESS,
)
from dashboard.returns.kinds.declaration import Length, Line, ReturnKind, Section, counted

S45 = ReturnKind(
    code="s45",
    name="s.45 Code quarterly figures",
    about="What an authority with more than 100 full-time staff should publish each quarter.",
    source="s.45 Code of Practice (July 2018), paras 8.5 and 8.6",
    length=Length.QUARTER,
    sections=(
        CARRIED,
        Section(
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
        ),
        TIMELINESS,
        OUTCOMES,
        REVIEWS,
    ),
    charts=(IN_TIME_CHART, OUTCOMES_CHART),
)
