"""What all charts of the page say of themselves: source, as-at time, and up to when they are complete."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foitracker.charts.chart import Chart, Figure

_SOURCE = "register of requests"


@dataclass(frozen=True)
class About:
    """As at when figures are counted, and up to which day they are complete."""

    as_at: datetime | str
    complete_to: date

    def chart(self, title: str, summary: str, figure: Figure, period: str, **more: Any) -> Chart:
        """Return a chart that says where its figures come from."""
        return Chart(
            title=title,
            summary=summary,
            figure=figure,
            source=_SOURCE,
            period=period,
            as_at=self.as_at,
            complete_to=self.complete_to,
            **more,
        )
