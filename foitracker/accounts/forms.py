import unicodedata
from typing import Any

from allauth.account.forms import LoginForm
from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Field, Layout, Size
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from . import queries
from .models import EMAIL_TAKEN, User, canonical_email
from .roles import ROLE_DESCRIPTIONS, Role, why_not_together


def check_printable(text: str) -> None:
    """Refuse a name with characters that are invisible or reverse text, since it is printed on letters."""
    if any(unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} for character in text):
        raise ValidationError("Remove the invisible characters from the name: type it rather than paste it.")


class UserForm(forms.Form):
    """Someone's name and roles. Give `roles_locked` when the roles cannot be changed now."""

    name = forms.CharField(
        label="Name",
        help_text="As it is printed on letters.",
        max_length=120,
        validators=[check_printable],
        error_messages={"required": "Enter the person's name."},
    )
    roles = forms.MultipleChoiceField(
        label="Roles",
        help_text="What the person may do. Somebody without a role can sign in and do nothing.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, role.label) for role in Role],
    )

    def __init__(self, *args: Any, roles_locked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if roles_locked:
            del self.fields["roles"]
        else:
            self.fields["roles"].choices = [  # type: ignore[attr-defined]
                Choice(role.value, role.label, hint=ROLE_DESCRIPTIONS[role]) for role in Role
            ]
        self.helper = FormHelper()
        self.helper.label_size = Size.SMALL
        self.helper.layout = Layout(
            *(
                Field.checkboxes(name, legend_size=Size.SMALL) if name == "roles" else name
                for name in self.fields
            )
        )

    def clean_roles(self) -> list[str]:
        roles: list[str] = self.cleaned_data["roles"]
        if problem := why_not_together(roles):
            raise ValidationError(problem)
        return roles


class NewUserForm(UserForm):
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it. It cannot be changed later.",
        max_length=254,
        # The template pack marks an erroneous TextInput, not an EmailInput; this one is rendered as such.
        widget=forms.TextInput(attrs={"input_type": "email", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter the person's e-mail address.",
            "invalid": "Enter an e-mail address like name@example.org.",
        },
    )

    field_order = ["name", "email", "roles"]

    def clean_email(self) -> str:
        email = canonical_email(self.cleaned_data["email"])
        if queries.user_with_email(email) is not None:
            raise ValidationError(EMAIL_TAKEN)
        return email


#: Of no password more is read: anybody can send one.
LONGEST_PASSWORD = 200
_not_too_long = MaxLengthValidator(LONGEST_PASSWORD, f"A password has at most {LONGEST_PASSWORD} characters.")


class SignInForm(LoginForm):  # type: ignore[misc]
    """The form of the sign-in page, whose fields are as short as what they hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].validators.append(
            MaxLengthValidator(254, "An e-mail address has at most 254 characters.")
        )
        self.fields["password"].validators.append(_not_too_long)


class ChoosePasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """Django's own form for a new password, in Design System mark-up."""

    error_messages = {"password_mismatch": "The two passwords are not the same."}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = "New password", "The same password again"
        first.validators.append(_not_too_long)
        first.help_text = (
            f"From 12 to {LONGEST_PASSWORD} characters. Three words that do not belong together are easy to "
            "remember."
        )
