"""Forms that point out what may identify the applicant: messages, the box to confirm, and the masked text."""

from typing import Any, ClassVar

from django.http import QueryDict

from foitracker.identity.forms import CONFIRMATION, IdentityCheckedForm
from foitracker.pages.forms.fields import OneLineField, WordsField
from foitracker.pages.forms.rows import Row, RowsForm

TELLING = "The plan.\r\nYours sincerely\r\nPerpetua Lowmoor\r\np.lowmoor@example.org"


class LetterForm(IdentityCheckedForm):
    identity_fields: ClassVar[tuple[str, ...]] = ("subject", "words")

    subject = OneLineField(max_length=100)
    words = WordsField()
    other = OneLineField(required=False)


class WordingRow(Row):
    content = ("force", "wording")

    force = OneLineField(required=False)
    wording = WordsField(required=False)


class SeveralForm(IdentityCheckedForm, RowsForm):
    row_class = WordingRow
    identity_row_fields: ClassVar[tuple[str, ...]] = ("wording",)


def sent(form_class: type[IdentityCheckedForm], known: Any = (), **data: str) -> Any:
    posted = QueryDict(mutable=True)
    posted.update(data)
    return form_class(posted, known_identity=known)


def test_clean_text_is_valid_and_offers_no_box() -> None:
    form = sent(LetterForm, subject="Plans", words="The plan of 636/18.")
    assert form.is_valid()
    assert CONFIRMATION not in form.fields
    assert not form.identity_found


def test_each_field_says_what_it_holds_by_line_and_kind() -> None:
    form = sent(LetterForm, subject="Plans of Mr Lowmoor", words=TELLING, other="Mr Lowmoor")
    assert not form.is_valid()
    assert set(form.errors) == {"subject", "words"}
    assert form.errors["words"][0].startswith(
        "This may identify the applicant: line 3, name “Perpetua Lowmoor”; "
        "line 4, e-mail address “p.lowmoor@example.org”."
    )
    assert form.identity_found
    assert not form.identity_confirmed
    assert form["words"].value() == TELLING, "the text is kept"
    assert list(form.fields)[-1] == CONFIRMATION


def test_confirmed_they_stay_and_the_box_stays_ticked() -> None:
    form = sent(LetterForm, subject="Plans", words=TELLING, **{CONFIRMATION: "on"})
    assert form.is_valid()
    assert form.identity_confirmed
    assert form[CONFIRMATION].value()


def test_our_own_applicant_cannot_be_confirmed_and_is_not_repeated() -> None:
    known = ("Perpetua Lowmoor",)
    words = "A plan for perpetua lowmoor"
    form = sent(LetterForm, known, subject="Plans", words=words, **{CONFIRMATION: "on"})
    assert not form.is_valid()
    assert "owmoor" not in str(form.errors)
    assert CONFIRMATION not in form.fields, "there is nothing that may stay"


def test_a_field_that_is_wrong_for_another_reason_is_looked_at_once_it_is_right() -> None:
    form = sent(LetterForm, subject="", words=TELLING)
    assert set(form.errors) == {"subject", "words"}
    assert form.errors["subject"] == ["This field is required."]


def test_rows_are_looked_at_and_say_which_they_are() -> None:
    data = {"rows-TOTAL_FORMS": "3", "rows-INITIAL_FORMS": "0"}
    data |= {"rows-0-force": "Larkspur", "rows-0-wording": "The plan"}
    data |= {"rows-1-force": "Oxlip", "rows-1-wording": "Ring 07700 900123"}
    form = sent(SeveralForm, **data)
    assert not form.is_valid()
    assert (
        form.rows.forms[1]
        .errors["wording"][0]
        .startswith("Row 2: This may identify the applicant: line 1, telephone")
    )
    assert sent(SeveralForm, **data, **{CONFIRMATION: "on"}).is_valid()
    assert sent(SeveralForm, **{**data, "rows-1-remove": "on"}).is_valid(), "a row taken out does not count"


def test_masked_data_changes_the_checked_fields_only_and_takes_the_tick_away() -> None:
    form = sent(LetterForm, subject="Mr Lowmoor", words=TELLING, other="Mr Lowmoor", **{CONFIRMATION: "on"})
    assert form.masked_data(form.data).dict() == {
        "subject": "****",
        "words": "The plan.\nYours sincerely\n****\n****",
        "other": "Mr Lowmoor",
    }
    assert form.data["words"] == TELLING
