"""What any letter needs besides the elements of a notice: every item answered, no part empty, nothing left over.

The declaration of a kind of letter names the checks it runs. To add one for kinds of letter that there are: write a
function that takes a `Notice` and yields gaps, and put it into `ANSWER_CHECKS`, or into `LETTER_CHECKS` when it holds
for every letter.
"""

import re
from collections.abc import Iterator

from foitracker.pages.typed_text import find_placeholders, gives_reason, is_blank
from foitracker.pages.words import in_words, short_date
from requests_app.rules.casework.dispositions import (
    DISCLOSING,
    DISPOSITION_LABELS,
    REFUSING,
    Disposition,
    outcome,
)
from requests_app.rules.casework.holding import Holding
from requests_app.rules.exemptions.claim_facts import ClaimFacts
from requests_app.rules.exemptions.obsolete_references import obsolete_references
from requests_app.rules.letters.claim_checks import claims_are_whole
from requests_app.rules.letters.facts import FigureFacts, ItemFacts
from requests_app.rules.letters.notice import Notice, NoticeCheck
from requests_app.rules.letters.notice_checks import in_order
from requests_app.rules.letters.notice_elements import Gap
from requests_app.rules.letters.texts import officer_texts

_ADDRESSEE_LAW = "FOIA s.8(1)(b), s.17(1)"
#: Items that nothing is disclosed from; one neither confirmed nor denied has its own check.
_WITHOUT_FIGURES = frozenset(Disposition) - DISCLOSING - {Disposition.NEITHER}


def _duty(notice: Notice) -> str:
    return "EIR reg 5(1)" if notice.eir else "FOIA s.1(1)"


def addressee_is_named(notice: Notice) -> Iterator[Gap]:
    """Yield a gap for an applicant without a name; a request under the EIR is valid without one."""
    addressee = notice.facts.addressee
    named = addressee.name.strip() or addressee.organisation.strip()
    if not named and not notice.eir:
        yield Gap("addressee", "Give the applicant’s name.", _ADDRESSEE_LAW, True, "applicant")


def _addressee_is_reached(notice: Notice) -> Iterator[Gap]:
    addressee = notice.facts.addressee
    if not addressee.address.strip() and not addressee.email.strip():
        message = "Give a postal or email address to which the letter can be sent."
        yield Gap("addressee", message, _ADDRESSEE_LAW, True, "applicant")


def _empty_parts(notice: Notice) -> Iterator[Gap]:
    facts, authority = notice.facts, notice.facts.authority
    needed = [
        ("subject", facts.subject, "Give the request a short subject.", "details"),
        ("authority", authority.name, "Give the authority’s name in its settings.", "authority"),
        ("authority", authority.address + authority.email, "Give the authority’s address.", "authority"),
        ("signature", authority.signature_line, "Give the line printed below the signature.", "authority"),
    ]
    if facts.corrects_letter_of:
        needed.append(("correction", facts.correction, "Say what this letter corrects.", "letter"))
    for name, text, message, where in needed:
        if not text.strip():
            yield Gap(name, message, _duty(notice), True, where)


def _placeholders(notice: Notice) -> Iterator[Gap]:
    for where, name, text in officer_texts(notice.facts):
        if is_blank(text):
            message = f"There is nothing to read in {name}: write it, or leave it empty."
            yield Gap("placeholder", message, _duty(notice), True, where)
        if found := find_placeholders(text):
            shown = ", ".join(dict.fromkeys(f"“{one.found}”" for one in found))
            message = f"Fill in what is still open in {name}: {shown}."
            yield Gap("placeholder", message, _duty(notice), True, where)


def _obsolete(notice: Notice) -> Iterator[Gap]:
    """A section that is no longer law blocks anywhere; what may be named for what it was only warns."""
    for where, name, text in officer_texts(notice.facts):
        for old in obsolete_references(text):
            blocks = old.blocks or (old.blocks_claims and where.startswith("claim:"))
            reference = "FOIA s.17(1)(b)" if old.blocks else "FOIA s.17(1)(c)"
            yield Gap("obsolete_reference", f"In {name}: {old.message}", reference, blocks, where)


def _former_regulator(notice: Notice) -> Iterator[Gap]:
    """The regulator under a name it no longer has (FOIA s.50(1)); of a decision given earlier it may be right."""
    regulator = notice.facts.regulator
    if not regulator.former_names or regulator.since is None:
        return
    names = re.compile(rf"\b(?:{'|'.join(map(re.escape, regulator.former_names))})\b", re.IGNORECASE)
    for where, name, text in officer_texts(notice.facts):
        if where != "authority" and (found := names.search(text)):
            message = (
                f"In {name}: “{found.group()}” has been the {regulator.name} since {in_words(regulator.since)}. Leave "
                "the old name only where the text is about a time before that."
            )
            yield Gap("obsolete_reference", message, "FOIA s.50(1)", False, where)


#: For every letter. One that does not ask for the applicant's name needs `addressee_is_named` as well.
LETTER_CHECKS: tuple[NoticeCheck, ...] = (
    _addressee_is_reached,
    _empty_parts,
    _placeholders,
    _obsolete,
    _former_regulator,
)


def _valid_request(notice: Notice) -> Iterator[Gap]:
    if notice.facts.validity_gaps:
        message = (
            f"The request is not valid as it stands; it lacks: {in_order(notice.facts.validity_gaps)}. You may answer "
            "it all the same. Make sure that this is meant."
        )
        yield Gap("validity", message, "FOIA s.8(1)", False, "applicant")


def _items_decided(notice: Notice) -> Iterator[Gap]:
    reference = f"{_duty(notice)}, 5(2)" if notice.eir else f"{_duty(notice)}, s.10(1)"
    if not notice.facts.items:
        yield Gap("item_decided", "Split the request into at least one item.", reference, True, "items")
    for item in notice.facts.items:
        if item.disposition is None:
            message = f"Decide item {item.label}."
            yield Gap("item_decided", message, reference, True, f"decision:{item.label}")


def _kind_suits(notice: Notice) -> Iterator[Gap]:
    dispositions = [item.disposition for item in notice.facts.items if item.disposition]
    if not dispositions or len(dispositions) < len(notice.facts.items):
        return
    result = outcome(dispositions)
    if result not in notice.requirements.outcomes:
        message = (
            f"The decisions on the items call for the letter “{notice.answers[result]}”, not “{notice.label}”. Draft "
            "that letter."
        )
        reference = "EIR reg 14(1)" if notice.eir else "FOIA s.1(1), s.17(1)"
        yield Gap("letter_kind", message, reference, True, "letter")


def _fitting(claim: ClaimFacts) -> frozenset[Disposition | None]:
    """What an item that a claim covers may have been decided as: a denial of any other information goes with all that
    is answered, whether disclosed or not held."""
    answered = (
        {Disposition.DISCLOSED, Disposition.NOT_HELD} if claim.answers.get("other_information") else set()
    )
    return frozenset({*REFUSING, *answered, None})


def _claims_fit_items(notice: Notice) -> Iterator[Gap]:
    """A claim names items, all of which are refused, and says nothing of what is not to be confirmed."""
    decided = {item.label: item.disposition for item in notice.facts.items}
    for claim in notice.facts.claims:
        where = f"claim:{claim.section}"
        known = [label for label in claim.item_labels if label in decided]
        open_ = [label for label in known if decided[label] not in _fitting(claim)]
        neither = [label for label in known if decided[label] is Disposition.NEITHER]
        messages = []
        if not known:
            messages.append(f"Choose the items that section {claim.section} is claimed for.")
        if unknown := set(claim.item_labels) - set(decided):
            messages.append(
                f"Section {claim.section} is claimed for item {in_order(unknown)}, which the request does not have."
            )
        if open_:
            messages.append(
                f"Section {claim.section} is claimed for item {in_order(open_)}, where nothing is refused. Take it "
                "off the claim, or change the decision."
            )
        yield from (Gap("claim_fits_item", message, "FOIA s.17(1)", True, where) for message in messages)
        if neither and not claim.neither_confirm_nor_deny:
            message = (
                f"Item {in_order(neither)} is neither confirmed nor denied, but section {claim.section} is claimed "
                "for withholding it, which shows that it is held. Decide the item as withheld or partly disclosed, and "
                "say in the claim to neither confirm nor deny that it concerns any other information; or withdraw "
                "this claim."
            )
            yield Gap("claim_fits_item", message, "FOIA s.2(1), s.17(1)", True, f"decision:{neither[0]}")


def _duplicates(notice: Notice) -> Iterator[Gap]:
    by_label = {item.label: item for item in notice.facts.items}
    for item in notice.facts.items:
        if item.disposition is not Disposition.DUPLICATE:
            continue
        original = by_label.get(item.duplicate_of)
        if original is None or original is item:
            message = f"Item {item.label} repeats another item: say which."
        elif original.disposition is Disposition.DUPLICATE:
            message = (
                f"Item {item.label} is said to repeat item {original.label}, which is itself a duplicate. Name the "
                "item that is answered."
            )
        elif original.disposition is Disposition.EXCLUDED:
            message = (
                f"Item {item.label} is said to repeat item {original.label}, which is taken out of the request and not "
                f"answered. Decide item {item.label} itself, or take it out too."
            )
        else:
            continue
        yield Gap("duplicate", message, _duty(notice), True, f"decision:{item.label}")


def _clarifications(notice: Notice) -> Iterator[Gap]:
    reference = "EIR reg 9(2)" if notice.eir else "FOIA s.1(3)"
    answered = [one for one in notice.facts.clarifications if one.answered_on]
    excluded = {label for one in answered for label in one.excluded_labels}
    for item in notice.facts.items:
        where = f"decision:{item.label}"
        if item.disposition is Disposition.EXCLUDED and item.label not in excluded:
            message = (
                f"Item {item.label} is excluded by clarification, but no answered clarification excludes it. Record "
                "the applicant’s words, or decide the item."
            )
            yield Gap("excluded", message, reference, True, where)
        elif item.disposition not in (Disposition.EXCLUDED, None) and item.label in excluded:
            message = (
                f"A clarification takes item {item.label} out of the request, but it is decided as "
                f"“{DISPOSITION_LABELS[item.disposition]}”."
            )
            yield Gap("excluded", message, reference, False, where)
    for one in notice.facts.clarifications:
        if one.answered_on is None:
            message = f"The clarification asked on {short_date(one.asked_on)} has not been answered."
            yield Gap("clarification", message, reference, False, "clarification")
        elif one.effect is None:
            message = f"Say what the clarification answered on {short_date(one.answered_on)} does to the time limit."
            yield Gap(
                "clarification",
                message,
                reference if notice.eir else f"{reference}, s.10(6)",
                False,
                "clarification",
            )


def _outside_functions(notice: Notice) -> Iterator[Gap]:
    for item in notice.facts.items:
        if item.disposition is Disposition.OUTSIDE_FUNCTIONS and not item.explanation.strip():
            message = f"Explain why item {item.label} has to do with none of the designated functions."
            yield Gap(
                "outside_functions",
                message,
                "FOIA s.7(5), s.16; SI 2018/1212",
                False,
                f"decision:{item.label}",
            )


def _searches(notice: Notice) -> Iterator[Gap]:
    if notice.facts.searches or notice.facts.holding is Holding.NEITHER:
        return
    if missing := [item.label for item in notice.items(Disposition.NOT_HELD)]:
        message = f"Record the search on which item {in_order(missing)} is said not to be held."
        reference = "EIR reg 12(4)(a)" if notice.eir else "FOIA s.1(1)(a)"
        yield Gap("search_recorded", message, reference, True, "search")
    elif notice.items(*REFUSING, Disposition.DISCLOSED):
        message = "Record what was searched, by whom, when and with what criteria."
        yield Gap("search_recorded", message, "ICO guidance", False, "search")


def _figures(notice: Notice) -> Iterator[Gap]:
    for item in notice.facts.items:
        where = f"decision:{item.label}"
        if item.figure_sets and item.disposition in _WITHOUT_FIGURES:
            message = (
                f"Item {item.label} is decided as “{DISPOSITION_LABELS[item.disposition]}”, but the letter would print "
                "figures for it. Remove them, or change the decision."
            )
            yield Gap("figures", message, _duty(notice), True, where)
        for figure_set in item.figure_sets:
            needed = {
                f"Say what the figures of item {item.label} count.": bool(figure_set.unit_of_count.strip()),
                f"Give the criteria by which the figures of item {item.label} were counted.": any(
                    criterion.strip() for criterion in figure_set.criteria
                ),
                f"Add at least one figure for item {item.label}.": bool(figure_set.figures),
            }
            for message, there in needed.items():
                if not there:
                    yield Gap("figures", message, _duty(notice), True, where)
            for figure in figure_set.figures:
                yield from _figure(notice, item, figure)


def _figure(notice: Notice, item: ItemFacts, figure: FigureFacts) -> Iterator[Gap]:
    name, where = f"figure {figure.label} of item {item.label}".replace("  ", " "), f"decision:{item.label}"
    if figure.period_from > figure.period_to:
        yield Gap("figures", f"The period of {name} ends before it begins.", _duty(notice), True, where)
    if not figure.value.strip():
        yield Gap("figures", f"Give the number of {name}.", _duty(notice), True, where)
    label = figure.label.strip().rstrip(".:)").lstrip("(")
    asked = [notice.facts.words, item.text, *(other.label for other in notice.facts.items)]
    if label and not any(_names_label(text, label) for text in asked):
        message = f"The label of {name} is not in the request. Keep the label that the question uses."
        yield Gap("figures", message, _duty(notice), False, where)


def _names_label(text: str, label: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text) is not None


def _reference_differences(notice: Notice) -> Iterator[Gap]:
    for difference in notice.facts.reference_differences:
        if not gives_reason(difference.explanation):
            what = difference.detail or difference.kind
            message = f"{difference.reference}: {what}. Correct the answer, or explain the difference."
            yield Gap("reference_difference", message, _duty(notice), True, "references")


#: For a letter that answers the request.
ANSWER_CHECKS: tuple[NoticeCheck, ...] = (
    _valid_request,
    _items_decided,
    _kind_suits,
    _claims_fit_items,
    _duplicates,
    _clarifications,
    _outside_functions,
    _searches,
    _figures,
    _reference_differences,
    claims_are_whole,
)
