"""Every rule that reads typed text: how it is called with a text, and the modules whose patterns it uses."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from email import message_from_string

from foitracker import logs
from foitracker.identity import (
    closings,
    contact_details,
    known_identity,
    name_reading,
    person_names,
    postal_addresses,
)
from foitracker.identity.plain_text import plain_text
from foitracker.identity.pseudonym import normalise_email, normalise_name
from foitracker.identity.traces import closing_block, find_identity_traces, find_traces_of, masked
from foitracker.mail import notifications
from foitracker.mail import operations as mail
from foitracker.mail.notifications import is_notification
from foitracker.mail.return_codes import code_in
from foitracker.pages import typed_text
from foitracker.pages.typed_day import read_day, read_iso_day
from foitracker.pages.visible_text import one_line, visible
from foitracker.printing import print_text
from foitracker.statistics import periods
from referrals.operations import advice_words
from referrals.rules import criteria, force_names
from referrals.rules.marking_lines import higher_markings
from referrals.rules.other_forces import ForceWords, find_force_traces
from referrals.rules.statistic_placement import AskedItem, suggested_rows
from requests_app.forms.figures import years_ending_31_march
from requests_app.letters import phrases
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.casework import reference
from requests_app.rules.casework.validity import validity_gaps
from requests_app.rules.exemptions import security_bodies
from requests_app.rules.exemptions.claim import claim_problems
from requests_app.rules.exemptions.obsolete_references import obsolete_references
from requests_app.rules.exemptions.references import read_references
from requests_app.rules.letters import checks, notice_checks
from requests_app.rules.letters.notice_elements import natural
from requests_app.rules.words import item_splitting, masked_copy, reference_comparison
from tests.requests_app.rules.letters.complete_letters import answered, claim

#: Somebody of our own, whose details are chosen so that runs of a text can be taken for parts of them.
KNOWN = ("Ms Ann Anna Able", "ann@a.example", "1 A Road\n1 - 1 _ _ 1\nZZ99 1AA", "A A")

#: A force with whatever a force is known by.
OTHERS = [
    ForceWords(
        "Ash", ("A/1 1", "ASH/2026/77"), ("foi@ash.example.org", "ash.police.uk"), ("Ash Police", "A A")
    )
]

_PERIODS = [periods.calendar_year(2024)]


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule by its name, its call, the modules that its patterns are in, and those it makes itself."""

    name: str
    read: Callable[[str], object]
    modules: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()

    def __str__(self) -> str:
        return self.name


def _rule(
    read: Callable[[str], object], *modules: str, name: str = "", also: tuple[type[Exception], ...] = ()
) -> TextRule:
    """A rule of the table; whatever of `also` it raises is an answer, too."""

    def call(text: str) -> None:
        with suppress(*also):
            read(text)

    return TextRule(name or f"{read.__module__}.{read.__qualname__}", call, modules)


def _of_known() -> tuple[re.Pattern[str], ...]:
    """The patterns made from the details of a known person."""
    made = [
        pattern
        for one in known_identity._plain_details(KNOWN)
        for pattern in known_identity._certain_patterns(one)
    ]
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in made)


_WRONG_PERIOD = (periods.PeriodNotUnderstood,)
_WRONG_REFERENCE = (reference.ReferenceNotUnderstood,)

RULES: tuple[TextRule, ...] = (
    # foitracker
    _rule(plain_text, plain_text.__module__),
    *(
        _rule(lambda text, find=find: list(find(text)), find.__module__, name=find.__qualname__)  # type: ignore[misc]
        for find in (
            contact_details.find_emails,
            contact_details.find_profiles,
            contact_details.find_telephone_numbers,
            contact_details.find_postcodes,
            contact_details.find_dates_of_birth,
            postal_addresses.find_streets,
            person_names.find_names,
            closings.find_signatures,
        )
    ),
    _rule(lambda text: list(postal_addresses.find_lines_above(text, list(contact_details.find_postcodes(text)))),
          postal_addresses.__name__, name="find_lines_above"),
    _rule(lambda text: name_reading.read_name(text, 0), name_reading.__name__, name="read_name"),
    replace(
        _rule(lambda text: find_traces_of(text, KNOWN), known_identity.__name__, name="find_traces_of"),
        patterns=_of_known(),
    ),
    _rule(lambda text: find_identity_traces("Ann asks 1 A Road" * 20, [text]), name="a known detail of any form"),
    _rule(lambda text: closings.find_closing_block(text, [(at, at + 1) for at in range(0, len(text), 7)]),
          closings.__name__, name="find_closing_block"),
    _rule(lambda text: closing_block(text, KNOWN), name="closing_block"),
    _rule(lambda text: find_identity_traces(text, KNOWN), name="find_identity_traces"),
    _rule(lambda text: masked(text, KNOWN), name="masked"),
    _rule(normalise_name, normalise_name.__module__),
    _rule(normalise_email),
    _rule(periods.read_years_ending, periods.__name__, also=_WRONG_PERIOD),
    _rule(periods.read_calendar_years, also=_WRONG_PERIOD),
    _rule(periods.read_financial_years, periods.__name__, also=_WRONG_PERIOD),
    _rule(periods.read_free_periods, periods.__name__, also=_WRONG_PERIOD),
    _rule(read_day, read_day.__module__, also=(ValueError,)),
    _rule(read_iso_day, read_iso_day.__module__, also=(ValueError,), name="read_iso_day"),
    _rule(typed_text.find_placeholders, typed_text.__name__),
    _rule(typed_text.find_unprintable),
    _rule(typed_text.single_line_problems),
    _rule(typed_text.gives_reason, typed_text.__name__),
    _rule(typed_text.remove_unprintable),
    _rule(typed_text.length_problem),
    _rule(visible, visible.__module__),
    _rule(one_line, one_line.__module__),
    _rule(print_text.paragraphs, print_text.__name__),
    _rule(print_text.lines, print_text.__name__),
    _rule(print_text.in_a_row),
    _rule(logs.without_tokens, logs.__name__),
    _rule(lambda text: logs.VALUE_LINES.sub("", text), logs.__name__, name="values left out of logs"),
    # requests
    _rule(lambda text: find_force_traces(text, OTHERS), find_force_traces.__module__, name="find_force_traces"),
    _rule(item_splitting.split, item_splitting.__name__),
    _rule(reference_comparison.find_references, reference_comparison.__name__),
    _rule(lambda text: reference_comparison.compare(text, text[1:]), name="compare"),
    _rule(reference.RequestReference.parse, reference.__name__, also=_WRONG_REFERENCE),
    _rule(reference.LogNumber.parse, reference.__name__, also=_WRONG_REFERENCE),
    _rule(lambda text: validity_gaps(name=text, organisation="", address=text, description=text, regime="FOIA"),
          validity_gaps.__module__, name="validity_gaps"),
    _rule(lambda text: masked_copy.with_phrases_masked(text, ["a a", "Ann", "1. a"]), masked_copy.__name__,
          name="with_phrases_masked"),
    _rule(lambda text: _unmasked(text), name="copied_again"),
    _rule(obsolete_references, obsolete_references.__module__),
    _rule(read_references, read_references.__module__, also=(LookupError,)),
    _rule(exemption_catalogue().lookup, also=(LookupError,), name="exemption lookup"),
    _rule(lambda text: _claim_checked(text), claim_problems.__module__, name="claim_problems"),
    _rule(lambda text: [notice_checks._names_item(text, label) for label in ("1", "1.1", "a")],
          notice_checks.__name__, name="an answer that names its items"),
    _rule(notice_checks._LEAKS.search, notice_checks.__name__, name="words that say what is held"),
    _rule(exemption_catalogue().security_bodies.named_in, security_bodies.__name__, name="security bodies"),
    _rule(notice_checks._SECTION_NAMED.search, name="redactions with their section"),
    _rule(lambda text: checks._names_label(text, "1"), checks.__name__, name="a figure's label in the question"),
    _rule(natural, natural.__module__),
    _rule(lambda text: phrases.provisions_phrase([text], "section"), phrases.__name__, name="provisions_phrase"),
    _rule(lambda text: list(years_ending_31_march(text)), years_ending_31_march.__module__, also=(ValueError,),
          name="years_ending_31_march"),
    # referrals
    _rule(higher_markings, higher_markings.__module__),
    _rule(lambda text: criteria.suggest(text, (), [criteria.CriterionWords("a", "A", ("a", "a 1", "a a a", "é"))]),
          criteria.__name__, name="criteria that the wording suggests"),
    _rule(lambda text: suggested_rows(_PERIODS, [AskedItem(1, "1", text)], text), suggested_rows.__module__,
          name="suggested_rows"),
    _rule(advice_words._OF_THE_EIR.search, advice_words.__name__, name="exceptions among exemptions"),
    _rule(force_names.normalise),
    _rule(lambda text: force_names.near_names(text, {"larkspur police": "Larkspur Police"}), name="near_names"),
    # mail
    _rule(mail._CONTROL_CHARACTER.search, mail.__name__, name="controls in a mail's header"),
    _rule(code_in, code_in.__module__),
    _rule(lambda text: is_notification(message_from_string(f"Content-Type: multipart/report; {one_line(text)}")),
          name="is_notification"),
    _rule(lambda text: _notified(text), notifications.__name__, also=(notifications.NotReadable,),
          name="read_notification"),
)  # fmt: skip


def _unmasked(text: str) -> str:
    """A text with every other masking lifted again."""
    before = [(at, at + 2) for at in range(0, len(text) - 2, 6)]
    return masked_copy.copied_again(masked_copy.masked_copy(text, before), text, before, before[::2])


def _notified(text: str) -> None:
    """Read a notification that has a text wherever somebody else can write one."""
    line = one_line(text)
    notifications.read_notification(
        message_from_string(
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
            f"--b\n\n{text}\n"
            f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: {line}\n\n"
            f"Action: failed {line}\nFinal-Recipient: rfc822;{line}\nStatus: {line}\n\n"
            f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{line}>\n\n"
            "--b--\n"
        )
    )


def _claim_checked(text: str) -> None:
    said = replace(
        claim("31(1)(a)"),
        why_applies=text,
        harm=text,
        factors_for=text,
        balance=text,
    )
    claim_problems(answered(said, covers=text), exemption_catalogue())
    claim_problems(claim("44(1)(a)", answers={"enactment": text}), exemption_catalogue())


#: Modules with patterns that no text of people reaches, and what they read instead.
READS_NO_TYPED_TEXT: dict[str, str] = {
    "foitracker.embedded": "the path of the data folder",
    "foitracker.audit.anchors": "lines of its own file, matched whole",
    "foitracker.backup.programs": "what a program of PostgreSQL says of its version",
    "foitracker.trail.views": "a place in a list, matched whole",
    "foitracker.audit.management.commands.verify_audit": "an argument of a command, matched whole",
    "referrals.forms.statistics": "splits at single characters; the field is short",
    "requests_app.forms.counted": "a range of numbers in a short field, matched whole",
    "dashboard.returns.kinds.cabinet_office": "the headings of its own data file",
    "dashboard.demonstration.data.log_wording": "its own wording",
    "dashboard.demonstration.player.people": "names of its own",
}
