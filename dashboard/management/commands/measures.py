"""manage.py measures: how much there is of everything that is counted, among requests and referrals."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from foitracker.casework.commands import day_given
from referrals.measures import LOGS, LogView
from requests_app.measures import REQUESTS, RequestView


class Command(BaseCommand):
    help = (
        "Counts every measure: what the figures of My work and the filters of the register and the log count, of "
        "all cases. What depends on who asks, such as the letters they can approve, is counted for anybody."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="as on this day, YYYY-MM-DD; default today")
        parser.add_argument("--json", action="store_true", help="print JSON: about, code, name, count")

    def handle(self, *args: Any, **options: Any) -> None:
        on = day_given(options["on"], timezone.localdate())
        counted = [*REQUESTS.counts(RequestView(on)), *LOGS.counts(LogView(on))]
        if options["json"]:
            self.stdout.write(json.dumps({"on": on.isoformat(), "measures": counted}, indent=2))
        else:
            for one in counted:
                self.stdout.write("{about:<10} {code:<18} {count:>9,}  {name}".format(**one))
