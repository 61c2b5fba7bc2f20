"""Everything asked for is given, or nothing is left to give (FOIA s.1(1)(b))."""

from requests_app.letters.answers import answer
from requests_app.rules.casework.workflow import Outcome

KIND = answer("disclosure", "Disclosure", outcomes={Outcome.DISCLOSED, Outcome.NOTHING_LEFT})
