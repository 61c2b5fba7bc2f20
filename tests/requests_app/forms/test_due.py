"""The address of “When is it due?”: one question has one address, and nothing typed is lost on the way."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from requests_app.forms.due import (
    EDITING,
    MOST_EVENTS,
    OFFERED,
    DueFacts,
    DueQuestion,
    canonical,
    event_choices,
    with_event,
    without_event,
)
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.clock.events import EventKind

names = st.sampled_from(
    ["received", "regime", "reading", "on", EDITING, "x"]
    + [
        f"e-{number}-{name}"
        for number in (0, 1, 3, 7)
        for name in ("type", "date", "text", "restarts", "estimate")
    ]
)
values = st.sampled_from(
    ["", " ", "1/9/2025", "FOIA", "EIR", "act", "clarification_requested", "pit_extension", "z"]
)
queries = st.dictionaries(names, values, max_size=12)


def facts(**query: str) -> DueFacts | None:
    return question(**query).facts()


def question(**query: str) -> DueQuestion:
    return DueQuestion(
        {name.replace("__", "-"): value for name, value in query.items()}, exemption_catalogue()
    )


@given(queries)
def test_the_shortest_address_is_its_own_shortest_and_has_nothing_empty(query: dict[str, str]) -> None:
    short = canonical(query)
    assert canonical(short) == short
    assert all(value.strip() for value in short.values())


@given(queries, st.sampled_from(list(OFFERED.values())))
def test_adding_an_event_and_taking_it_away_leaves_what_was_typed(
    query: dict[str, str], kind: EventKind
) -> None:
    before = canonical({**query, EDITING: "1"})
    more = with_event(before, kind.code)
    number = sum(name.endswith("-type") for name in before)
    assert more == {**before, f"e-{number}-type": kind.code}
    assert without_event(more, str(number)) == before


def test_events_are_numbered_afresh_when_one_goes() -> None:
    query = {"e-0-type": "fees_notice", "e-0-date": "1/9/2025", "e-1-type": "fee_received", "e-1-date": "x"}
    assert without_event(query, "0") == {"e-0-type": "fee_received", "e-0-date": "x", EDITING: "1"}


def test_remarks_never_get_into_an_address() -> None:
    query = {"e-0-type": "response_sent", "e-0-date": "1/9/2025", "e-0-text": "Perpetua Lowmoor rang"}
    assert "Perpetua" not in str(canonical(query))


def test_no_more_events_are_read_than_an_address_may_have() -> None:
    query = {f"e-{number}-type": "related_request_received" for number in range(MOST_EVENTS + 5)}
    assert len(DueQuestion(query, exemption_catalogue()).events) == MOST_EVENTS


def test_every_kind_has_the_fields_its_json_has() -> None:
    for code, kind in OFFERED.items():
        form = DueQuestion({"e-0-type": code}, exemption_catalogue()).events[0]
        assert set(form.fields) == set(kind.json_fields) - {"text"}


def test_the_menu_names_each_event_once_with_each_provision_once() -> None:
    choices = dict(event_choices())
    assert choices["decision_notice_sent"] == "Decision notice sent by the ICO (FOIA s.50 or EIR reg 18)"
    assert choices["clarification_requested"] == "Clarification asked (FOIA s.1(3) or EIR reg 9)"
    assert choices["related_request_received"] == "Related request received (Fees Regulations 2004, reg 5)"
    assert len(set(choices.values())) == len(choices) == 1 + len(OFFERED)
    for label in [*choices.values()][1:]:
        law = label[label.index(" (") + 2 : -1]
        provisions = law.replace("; ", " or ").split(" or ")
        assert len(set(provisions)) == len(provisions), label


def test_facts_are_read_as_typed() -> None:
    found = facts(
        received="28 March 2025",
        reading="deemed_next_working_day",
        e__0__type="clarification_requested",
        e__0__date="2/4/2025",
        e__0__restarts="on",
        e__1__type="pit_extension",
        e__1__notice_date="2025-04-25",
        e__1__provision="s.31",
        e__1__estimate="20/5/2025",
        e__1__reason="on",
    )
    assert found
    assert (found.received, found.deemed_next_working_day) == (date(2025, 3, 28), True)
    asked, extended = found.events
    assert (asked.on, asked.restarts) == (date(2025, 4, 2), False)
    assert (extended.provision, extended.estimate) == ("s.31", date(2025, 5, 20))
    assert extended.reason


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = question(
        received="31/2/2025",
        on="z",
        e__0__type="fees_notice",
        e__1__type="pit_extension",
        e__1__provision="s.23",
    )
    assert wrong.facts() is None
    said = " ".join(
        message
        for form in (wrong.form, *wrong.events)
        for messages in form.errors.values()
        for message in messages
    )
    assert said.count("real date") == 2
    assert "Fees notice or charge notified: enter the date" in said
    assert "Extended for the public interest test: enter the date" in said
    assert "is absolute" in said
