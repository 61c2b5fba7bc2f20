"""Writes the register of the demonstration: what is over in bulk, what is open and lately answered by playing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from dashboard.demonstration.archive.past import Past, Team
from dashboard.demonstration.archive.requests import bring_requests_over
from dashboard.demonstration.data.model_requests import MODEL_REQUESTS
from dashboard.demonstration.data.request_steps import PlannedRequest
from dashboard.demonstration.data.team.arrivals import first_day
from dashboard.demonstration.data.team.live import Live
from dashboard.demonstration.data.team.plan import TeamRequest, begun_on, numbered, team_requests
from dashboard.demonstration.player import requests
from dashboard.demonstration.player.people import Staff
from foitracker.working_days.calendar import WorkingDayCalendar
from requests_app.models import FoiRequest, ReferenceCounter
from requests_app.operations.recovery import make_plan

Say = Callable[[str], None]

#: Working days that the recovery plan gives the team.
_TO_CLEAR = 25


@dataclass(frozen=True)
class _Numbered:
    """A request with its number: one that is `played`, or one that is over."""

    number: int
    played: PlannedRequest | None
    over: TeamRequest | None


@dataclass(frozen=True)
class Register:
    """The register of two years up to `today`. `say` is told how far it has come."""

    staff: Staff
    today: date
    calendar: WorkingDayCalendar
    say: Say

    def write(self) -> None:
        """Write all of it. Needs an empty register and the caller's transaction."""
        coming = self._coming()
        self._play([one for one in coming if one.played])
        self._bring_over([one for one in coming if one.over])

    def _coming(self) -> list[_Numbered]:
        """Every request in the order it came, numbered."""
        made, since = team_requests(self.today, self.calendar), begun_on(self.today, self.calendar)
        live = [one for one in made if one.is_played(since, self.today)]
        played = list(Live(self.today, self.calendar).planned(live))
        over = [one for one in made if not one.is_played(since, self.today)]
        known: list[PlannedRequest | TeamRequest] = [*MODEL_REQUESTS, *played, *over]
        known.sort(key=lambda one: one.received_on)
        days = [(one.received_on, one.number if isinstance(one, PlannedRequest) else None) for one in known]
        return [
            _Numbered(number, one, None) if isinstance(one, PlannedRequest) else _Numbered(number, None, one)
            for number, one in zip(numbered(days, first_day(self.today)), known, strict=True)
        ]

    def _play(self, coming: Sequence[_Numbered]) -> None:
        """Log all, so that the numbers are given out in order, and then take the steps of each.

        In between the manager makes a plan for what is old by then; the model requests are over before.
        """
        earlier: dict[str, FoiRequest] = {}
        models = [one for one in coming if one.played in MODEL_REQUESTS]
        for one in sorted(models, key=lambda one: one.number in {model.number for model in MODEL_REQUESTS}):
            playing = self._log(one, earlier)
            earlier[playing.planned.name] = playing.case
            requests.take_all(playing)
        team = [self._log(one, earlier) for one in coming if one not in models]
        self._plan_recovery()
        for done, playing in enumerate(team, start=1):
            requests.take_all(playing)
            if done % 25 == 0:
                self.say(f"… {done} requests")

    def _log(self, one: _Numbered, earlier: dict[str, FoiRequest]) -> requests.RequestInPlay:
        planned = one.played
        assert planned is not None  # noqa: S101 - only those that are played are logged
        if planned.number is None:
            ReferenceCounter.raise_to(planned.received_on.year, one.number - 1)
        return requests.log(planned, self.staff, self.today, earlier)

    def _plan_recovery(self) -> None:
        day = begun_on(self.today, self.calendar)
        at = datetime.combine(day, time(9), tzinfo=UTC)
        clear_by = self.calendar.add_working_days(day, _TO_CLEAR)
        make_plan(by=self.staff.manager, at=at, today=day, clear_by=clear_by)

    def _bring_over(self, coming: Sequence[_Numbered]) -> None:
        staff = self.staff
        team = Team(staff.intake, staff.officers, staff.reviewer, staff.manager)
        past = [Past(one.over, one.number, team) for one in coming if one.over]
        bring_requests_over(past, calendar_version=self.calendar.version, at=staff.now)
        for one in past:
            ReferenceCounter.raise_to(one.made.received_on.year, one.number)
        self.say(f"… {len(past)} requests that are over")
