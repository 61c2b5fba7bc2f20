"""What the forms on a case share."""

from datetime import date
from typing import Any

from crispy_forms_gds.fields import DateInputField
from django import forms

from foitracker.pages.typed_day import NotADay, YearNotInFull, read_day
from foitracker.pages.typed_text import (
    MAX_REQUEST_CHARACTERS,
    find_unprintable,
    length_problem,
    single_line_problems,
)

NOT_A_DAY = "Enter a real date, such as 25 4 2025."
NOT_A_DAY_IN_A_BOX = "Enter a real date with its year in four digits, such as 31/3/2025"
TOO_LONG = "Shorten this to %(limit_value)d characters: it has %(show_value)d."


class DayField(DateInputField):  # type: ignore[misc]
    """A day in three boxes. Whatever cannot be a day gets one message that shows how to write one."""

    def __init__(self, *, required_message: str = "Enter the date.", **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "For example, 25 4 2025")
        super().__init__(require_all_fields=False, **kwargs)
        self.error_messages["required"] = required_message
        for part in self.fields:
            part.validators = []

    def compress(self, data_list: Any) -> date | None:
        typed = [str(part or "").strip() for part in data_list]
        if not any(typed):
            return None
        try:
            return read_day(" ".join(part.replace(" ", "") or "-" for part in typed))
        except YearNotInFull as error:
            raise forms.ValidationError("Enter the year with four digits, such as 2025.") from error
        except NotADay as error:
            raise forms.ValidationError(NOT_A_DAY) from error


class DayBox(forms.DateField):
    """A day in one box, for tables, filters and addresses."""

    #: Tried once: what is typed is read as in every other box.
    input_formats = ("%d/%m/%Y",)

    def __init__(
        self, *, label: str, missing: str = "", invalid: str = NOT_A_DAY_IN_A_BOX, **kwargs: Any
    ) -> None:
        super().__init__(
            label=label,
            widget=forms.DateInput(format="%d/%m/%Y"),
            error_messages={"required": missing, "invalid": invalid},
            **kwargs,
        )

    def strptime(self, value: str, format: str) -> date:
        return read_day(value)


class OneLineField(forms.CharField):
    """A name or a subject: one line of printable characters in reading order."""

    default_error_messages = {"max_length": TOO_LONG}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if problems := single_line_problems(value or ""):
            raise forms.ValidationError(problems[0])


class WordsField(forms.CharField):
    """Officers' prose: several lines, printable characters."""

    default_error_messages = {"max_length": TOO_LONG}

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20_000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the text with each line break as one character; browsers send CR LF."""
        return str(super().to_python(value)).replace("\r\n", "\n")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if problem := length_problem(value or "", self.max_length or MAX_REQUEST_CHARACTERS):
            raise forms.ValidationError(problem)
        if found := find_unprintable(value or ""):
            raise forms.ValidationError(
                f"The text contains {len(found)} character(s) that cannot be printed, the first of them "
                f"{found[0].name} at {found[0].where}. Remove them, or paste the text again as plain text."
            )


class WholeNumberField(forms.IntegerField):
    """A whole number from `least` to `most`. Whatever is no such number gets one message that names both."""

    def __init__(self, *, label: str, least: int, most: int, **kwargs: Any) -> None:
        wrong = f"{label}: enter a whole number from {least} to {most}."
        super().__init__(
            label=label,
            min_value=least,
            max_value=most,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
            **kwargs,
        )
