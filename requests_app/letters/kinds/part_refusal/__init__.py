"""A part is given and a part refused: a refusal notice for that part (FOIA s.17)."""

from requests_app.letters.answers import answer
from requests_app.rules.casework.workflow import Outcome

KIND = answer("part_refusal", "Part refusal", outcomes={Outcome.PARTLY_DISCLOSED}, is_refusal_notice=True)
