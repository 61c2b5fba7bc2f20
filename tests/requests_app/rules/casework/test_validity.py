"""Validity under s.8 with invented names and example.org addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.rules.casework.validity import Element, validity_gaps

GOOD = {
    "name": "Ada Example",
    "organisation": "",
    "address": "ada@example.org",
    "description": "How many drones are owned?",
    "regime": "FOIA",
}


def elements(**given_instead):
    return [gap.element for gap in validity_gaps(**{**GOOD, **given_instead})]


def only_gap(**given_instead):
    (gap,) = validity_gaps(**{**GOOD, **given_instead})
    return gap


@pytest.mark.parametrize("regime", ["FOIA", "EIR"])
def test_a_whole_request_has_no_gaps(regime):
    assert elements(regime=regime) == []


@pytest.mark.parametrize(
    "name",
    [
        "Ada Example", "A Example", "A. Example", "A.Example", "AB Example", "Ms Example", "Dr. Example",
        "Example, Ada", "Ada O’Example", "Mr A Ng",
        "Siân Ó Briain", "李 明", "李明", "김민준", "Анна Примерова",
        "Mr Major", "PC Example", "Ada Anonymous",
    ],
)  # fmt: skip
def test_real_names_are_enough(name):
    assert elements(name=name) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "No name is given"),
        ("  ", "No name is given"),
        ("A", "single letter"),
        ("A.", "single letter"),
        ("A B", "without a surname"),
        ("Mr", "without a surname"),
        ("Mr A", "without a surname"),
        ("123 456", "single letter"),
        ("Ada", "single word"),
        ("drone-watcher99", "single word"),
        ("李", "single word"),
        ("ada@example.org", "e-mail address is given in place"),
        ("Anonymous", "has not given a name"),
        ("Mr Anon", "has not given a name"),
        ("name withheld", "has not given a name"),
    ],
)
def test_what_is_not_a_real_name(name, reason):
    gap = only_gap(name=name)
    assert gap.element is Element.NAME
    assert reason in gap.reason
    assert gap.reference == "FOIA s.8(1)(b)"
    assert "real name" in gap.advice


def test_an_organisation_is_a_name():
    assert elements(name="", organisation="Example Watch") == []
    assert elements(name="A", organisation="BBX") == []
    assert elements(name="", organisation="-") == [Element.NAME]


def test_no_name_is_needed_under_the_regulations():
    assert elements(name="", regime="EIR") == []


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org", "Ada <ada@mail.example.org>", "1 Example Street, Fareham PO14 9ZZ", "HMP Example",
        "@ada_example", "https://example.org/request/12", "www.example.org/ada", "PO Box 1",
    ],
)  # fmt: skip
def test_addresses_that_can_be_written_to(address):
    assert elements(address=address) == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "No address"),
        (" \n", "No address"),
        ("ada@", "incomplete"),
        ("ada@example", "incomplete"),
        ("@a", "incomplete"),
        ("01632 960 001", "number alone"),
        ("Fareham", "too short"),
    ],
)
def test_addresses_that_cannot(address, reason):
    gap = only_gap(address=address)
    assert gap.element is Element.ADDRESS
    assert reason in gap.reason
    assert gap.reference == "FOIA s.8(1)(b)"
    assert only_gap(address=address, regime="EIR").reference == "EIR reg 5(1)"


@pytest.mark.parametrize("description", ["", " \n", "?", "...", "1234", "x"])
def test_a_request_has_to_describe_something(description):
    gap = only_gap(description=description)
    assert (gap.element, gap.reference) == (Element.DESCRIPTION, "FOIA s.8(1)(c)")
    assert "s.16" in gap.advice
    regulations = only_gap(description=description, regime="EIR")
    assert (regulations.reference, "reg 9" in regulations.advice) == ("EIR reg 9(2)", True)


def test_every_gap_is_told_at_once_in_order():
    nothing = {"name": "", "address": "", "description": ""}
    assert elements(**nothing) == [Element.NAME, Element.ADDRESS, Element.DESCRIPTION]
    assert elements(**nothing, regime="EIR") == [Element.ADDRESS, Element.DESCRIPTION]


def test_an_unknown_regime_is_refused():
    with pytest.raises(ValueError, match="Use FOIA or EIR"):
        validity_gaps(**{**GOOD, "regime": "DPA"})


@given(st.text(max_size=30), st.text(max_size=10), st.text(max_size=30), st.text(max_size=30))
def test_the_regulations_never_ask_for_more(name, organisation, address, description):
    given_facts = {"name": name, "organisation": organisation, "address": address, "description": description}
    foia = {gap.element for gap in validity_gaps(**given_facts, regime="FOIA")}
    eir = {gap.element for gap in validity_gaps(**given_facts, regime="EIR")}
    assert eir == foia - {Element.NAME}


def test_one_letter_is_no_organisation_and_two_are():
    assert elements(name="", organisation="X") == [Element.NAME]
    assert elements(name="", organisation="XY") == []
