"""The form of an exemption claim: only what the section and limbs ask for (FOIA ss.2, 17)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import HTML, Layout
from django import forms

from foitracker.pages.forms.fields import DayField, OneLineField, WordsField
from foitracker.pages.forms.form import CaseForm, labelled
from requests_app.forms.decision import ItemChoiceField
from requests_app.models import PREJUDICE_LABELS, RequestItem
from requests_app.operations.exemption import Reasons
from requests_app.rules.exemptions.catalogue import Exemption, Limb, Requirements
from requests_app.rules.exemptions.prejudice import Prejudice

_LIKELIHOOD: dict[Prejudice, str] = {
    Prejudice.WOULD: "The harm is more probable than not. Harder to show, and it weighs more in the balance.",
    Prejudice.WOULD_BE_LIKELY: "The chance is real and significant, though it may be less than even.",
}


#: The ten purposes are unfolded only where a limb that needs one is claimed.
_PURPOSE_OPENS = (
    '<details class="govuk-details"{% if form.shows_purpose %} open{% endif %}>'
    '<summary class="govuk-details__summary"><span class="govuk-details__summary-text">'
    "Claiming (g), (h) or (i): name the purpose of section 31(2)</span></summary>"
    '<div class="govuk-details__text">'
)


@dataclass(frozen=True)
class Route:
    """Limbs of one section that ask the same of a claim, so that one form serves them all."""

    limbs: tuple[Limb, ...]
    asks: Requirements

    @property
    def neither_confirm_nor_deny(self) -> bool:
        return all(limb.neither_confirm_nor_deny for limb in self.limbs)

    @property
    def kind(self) -> str:
        """What the route asks, in a few words for lists."""
        harm = "harm has to be shown" if self.asks.harm else "class of information"
        return f"{'absolute' if self.asks.absolute else 'qualified'}, {harm}"


def routes(exemption: Exemption, *, neither_confirm_nor_deny: bool) -> list[Route]:
    """Return the limbs of a section grouped by what they ask for, in the order of the Act."""
    parted: dict[tuple[bool, ...], list[Limb]] = {}
    for limb in exemption.all_limbs:
        if limb.neither_confirm_nor_deny == neither_confirm_nor_deny:
            asks = (
                limb.absolute,
                limb.harm_required,
                limb.likelihood_required,
                limb.public_interest_required,
                limb.public_interest_disputed,
            )
            parted.setdefault(asks, []).append(limb)
    return [Route(tuple(limbs), exemption.requirements(limbs)) for limbs in parted.values()]


def route_of(exemption: Exemption, refs: Collection[str], *, neither_confirm_nor_deny: bool) -> Route | None:
    """Return the route for a claim of these limbs.

    Without limbs it is the section's only route; None when there are several to choose from, or none.
    """
    every = routes(exemption, neither_confirm_nor_deny=neither_confirm_nor_deny)
    chosen = [route for route in every if any(limb.ref in refs for limb in route.limbs)] if refs else every
    if len(chosen) == 1:
        return chosen[0]
    if not refs or not chosen:
        return None
    limbs = tuple(limb for route in chosen for limb in route.limbs)
    return Route(limbs, exemption.requirements(limbs))


class ClaimForm(CaseForm):
    """A claim of one section for some items. Reasons may be left empty while the case is worked on."""

    limbs = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one limb",
            "invalid_choice": "“%(value)s” is not a limb on this page. Choose from those listed.",
        },
    )
    items = ItemChoiceField(label="Items it is claimed for")
    why_applies = WordsField(label="Why it applies", rows=4, required=False)
    reasons_omitted = forms.BooleanField(
        label="Some reasons are left out because they would themselves disclose exempt information (section 17(4))",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        exemption: Exemption,
        route: Route,
        items: Sequence[RequestItem],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asks, self.neither = route.asks, route.neither_confirm_nor_deny
        self.needing_purpose = frozenset(exemption.limbs_needing_purpose)
        limbs: Any = self.fields["limbs"]
        limbs.label = f"Limbs of section {exemption.section} you rely on"
        limbs.choices = [Choice(limb.ref, limb.ref, hint=limb.summary) for limb in route.limbs]
        if len(route.limbs) == 1 and not self.is_bound:
            self.initial.setdefault("limbs", [route.limbs[0].ref])
        self.fields["items"].offer(items)  # type: ignore[attr-defined]
        self.fields["why_applies"].help_text = (
            "Which of the information these limbs cover and why, in plain words. The letter prints it: give "
            "nothing away."
        )
        for name, field in (
            *self._harm_fields(),
            *self._particulars(exemption),
            *self._public_interest_fields(),
        ):
            self.fields[name] = field
        self.order_fields([*(name for name in self.fields if name != "reasons_omitted"), "reasons_omitted"])
        self.helper.layout = self._laid_out()

    @property
    def _release(self) -> str:
        return "saying whether the information is held" if self.neither else "disclosure"

    def _harm_fields(self) -> Iterable[tuple[str, forms.Field]]:
        if self.asks.likelihood:
            yield (
                "prejudice",
                forms.ChoiceField(
                    label="How likely the harm is",
                    choices=[Choice(p.value, PREJUDICE_LABELS[p], hint=_LIKELIHOOD[p]) for p in Prejudice],
                    widget=forms.RadioSelect,
                    required=False,
                    help_text="Choose one; the letter says which. “More than likely” is not a test in law.",
                ),
            )
        if self.asks.harm:
            yield (
                "harm",
                WordsField(
                    label="Evidence of harm",
                    rows=5,
                    required=False,
                    help_text=f"What harm, to whom, and how {self._release} would lead to it.",
                ),
            )

    def _particulars(self, exemption: Exemption) -> Iterable[tuple[str, forms.Field]]:
        if self.asks.purpose:
            choices = [
                Choice(purpose.ref, f"{purpose.ref}: {purpose.summary}")
                for purpose in exemption.purposes_31_2
            ]
            yield (
                "purpose",
                forms.ChoiceField(
                    label="Purpose of section 31(2)",
                    choices=[Choice("", "None: not claiming (g), (h) or (i)"), *choices],
                    widget=forms.RadioSelect,
                    required=False,
                    help_text=f"Needed only with {', '.join(exemption.limbs_needing_purpose)}.",
                ),
            )
        if self.asks.enactment:
            yield (
                "enactment",
                OneLineField(
                    label="What forbids disclosure",
                    max_length=200,
                    required=False,
                    help_text="The Act and section, the assimilated obligation, or the court order.",
                ),
            )
        if self.asks.qualified_person:
            yield (
                "qualified_person",
                OneLineField(
                    label="Qualified person",
                    max_length=120,
                    required=False,
                    help_text="The office of the person whose reasonable opinion it is (section 36(5)).",
                ),
            )
            yield (
                "opinion_on",
                DayField(label="Date of the opinion", required=False),
            )

    def _public_interest_fields(self) -> Iterable[tuple[str, forms.Field]]:
        if self.asks.public_interest:
            yield (
                "factors_for",
                WordsField(
                    label=f"Public interest factors for {self._release}",
                    rows=5,
                    required=False,
                    help_text="One a line. Those of this case, besides openness as such.",
                ),
            )
            yield (
                "factors_against",
                WordsField(
                    label=f"Public interest factors against {self._release}",
                    rows=5,
                    required=False,
                    help_text="One a line. Only what follows from the interest this exemption protects.",
                ),
            )
        if self.asks.public_interest or self.asks.public_interest_disputed:
            yield (
                "balance",
                WordsField(
                    label="Balance",
                    rows=4,
                    required=False,
                    help_text="Which side outweighs the other, and why. If they are even, the information is given.",
                ),
            )

    def _laid_out(self) -> Layout:
        chooser = "{% include 'requests_app/decision/item_choices.html' with field=form.items %}"
        parts: list[Any] = ["seen_version"]
        for name, field in self.fields.items():
            if name == "items":
                parts.append(HTML(chooser))
            elif name == "purpose":
                parts += [HTML(_PURPOSE_OPENS), labelled(name, field), HTML("</div></details>")]
            elif name == "factors_for":
                parts += [
                    HTML('<h2 class="govuk-heading-m">Public interest test</h2>'),
                    labelled(name, field),
                ]
            elif name != "seen_version":
                parts.append(labelled(name, field))
        return Layout(*parts)

    @property
    def shows_purpose(self) -> bool:
        """Whether a limb that needs a purpose is ticked, or a purpose already chosen."""
        chosen = set(self["limbs"].value() or ())
        return bool(self["purpose"].value() or chosen & self.needing_purpose)

    def reasons(self) -> Reasons:
        """Return the reasons as the operation takes them; what is not asked for stays empty."""
        names = Reasons.__dataclass_fields__
        return Reasons(**{name: value for name, value in self.cleaned_data.items() if name in names})
