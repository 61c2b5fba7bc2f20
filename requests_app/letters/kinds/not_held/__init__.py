"""Nothing asked for is held, or nothing the authority answers for (FOIA ss.1(1)(a), 7(5))."""

from requests_app.letters.answers import answer
from requests_app.rules.casework.workflow import Outcome

KIND = answer("not_held", "Not held", outcomes={Outcome.NOT_HELD, Outcome.OUTSIDE_FUNCTIONS})
