"""The letter that says that a request has arrived: when it is offered, and where its one gap is fixed."""

from dataclasses import replace

import pytest

from requests_app.letters.gaps import letter_gaps
from requests_app.letters.kind import CasePart, LetterKind
from requests_app.letters.kinds import acknowledgement, invalid
from tests.requests_app.letters import letter_cases

GOLDEN = {"golden": letter_cases.acknowledgement}


def test_the_gap_of_its_subject_leads_to_the_details_of_the_request() -> None:
    (gap,) = letter_gaps(replace(letter_cases.acknowledgement(), subject=""))
    assert acknowledgement.KIND.where_fixed(gap.where) == CasePart("details")


@pytest.mark.parametrize(("kind", "gaps"), [(acknowledgement.KIND, 1), (invalid.KIND, 0)])
def test_it_goes_to_somebody_with_a_name(kind: LetterKind, gaps: int) -> None:
    facts = letter_cases.invalid()
    nameless = replace(facts, kind=kind.code, addressee=replace(facts.addressee, name="", organisation=""))
    assert len(letter_gaps(nameless)) == gaps
