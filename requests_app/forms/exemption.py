"""The form of an exemption claim: only what the section and limbs ask for (FOIA ss.2, 17)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import HTML, Layout
from django import forms

from foitracker.pages.forms.fields import WordsField
from foitracker.pages.forms.form import CaseForm, labelled
from requests_app.forms.claim_questions import as_answer, as_initial, question_field
from requests_app.forms.decision import ItemChoiceField
from requests_app.models import PREJUDICE_LABELS, ExemptionClaim, RequestItem
from requests_app.operations.exemption import Reasons
from requests_app.rules.exemptions.catalogue import Exemption, Limb, Requirements
from requests_app.rules.exemptions.prejudice import Prejudice
from requests_app.rules.exemptions.questions import Part

_LIKELIHOOD: dict[Prejudice, str] = {
    Prejudice.WOULD: "The harm is more probable than not. Harder to show, and it weighs more in the balance.",
    Prejudice.WOULD_BE_LIKELY: "The chance is real and significant, though it may be less than even.",
}


#: What is seldom needed is folded away, and unfolded where something in it is answered.
_FOLD_OPENS = (
    '<details class="govuk-details"{% if form.shows_fold %} open{% endif %}>'
    '<summary class="govuk-details__summary"><span class="govuk-details__summary-text">'
    "Claiming for part of an item, in the alternative, or for old records</span></summary>"
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
        kind = "absolute" if self.asks.absolute else "qualified"
        rests_on = (
            "harm has to be shown"
            if self.asks.harm
            else "class of information"
            if self.asks.class_based
            else ""
        )
        return ", ".join(filter(None, (kind, rests_on)))


def routes(exemption: Exemption, *, neither_confirm_nor_deny: bool) -> list[Route]:
    """Return the limbs of a section grouped by what they ask for, in the order of the Act."""
    parted: dict[tuple[bool, ...], list[Limb]] = {}
    for limb in exemption.all_limbs:
        if limb.neither_confirm_nor_deny == neither_confirm_nor_deny:
            asks = (
                limb.absolute,
                limb.asks_why,
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
    """A claim of one section for some items. Reasons may be left empty while the case is worked on.

    `has_reasons` is for a claim whose reasons were written when its limbs asked for them: they stay to be seen.
    """

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
        has_reasons: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asks, self.neither = route.asks, route.neither_confirm_nor_deny
        self.questions = {question.name: question for question in self.asks.questions}
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
        if not self.asks.why and not has_reasons:
            del self.fields["why_applies"]
        self._add(self._harm_fields())
        self._add(self._question_fields(route, Part.REASONS))
        self._add(self._public_interest_fields())
        self._add(self._question_fields(route, Part.PUBLIC_INTEREST))
        self.order_fields([*(name for name in self.fields if name != "reasons_omitted"), "reasons_omitted"])
        self._add(self._question_fields(route, Part.FOLD))
        self.helper.layout = self._laid_out()

    def _add(self, fields: Iterable[tuple[str, forms.Field]]) -> None:
        self.fields.update(dict(fields))

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

    def _question_fields(self, route: Route, part: Part) -> Iterable[tuple[str, forms.Field]]:
        for name, question in self.questions.items():
            if question.part is part:
                yield name, question_field(question, route.limbs)

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
                    help_text="Which side outweighs the other, and why. If they are equal, disclose the information.",
                ),
            )

    def _laid_out(self) -> Layout:
        chooser = "{% include 'requests_app/decision/item_choices.html' with field=form.items %}"
        parts: list[Any] = ["seen_version"]
        for name, field in self.fields.items():
            if name == "items":
                parts.append(HTML(chooser))
            elif name == "factors_for":
                parts += [
                    HTML('<h2 class="govuk-heading-m">Public interest test</h2>'),
                    labelled(name, field),
                ]
            elif name != "seen_version" and name not in self._folded:
                parts.append(labelled(name, field))
        if self._folded:
            folded = [labelled(name, self.fields[name]) for name in self._folded]
            parts += [HTML(_FOLD_OPENS), *folded, HTML("</div></details>")]
        return Layout(*parts)

    @property
    def _folded(self) -> list[str]:
        return [name for name, question in self.questions.items() if question.part is Part.FOLD]

    @property
    def shows_fold(self) -> bool:
        """Whether something of what is folded away is answered, wrong, or may have to be answered in a saved claim."""
        return any(self[name].value() or self.has_error(name) for name in self._folded)

    def reasons(self) -> Reasons:
        """Return the reasons as the operation takes them; what is not asked for stays empty."""
        given = self.cleaned_data
        names = set(Reasons.__dataclass_fields__) - {"answers"}
        answers = {name: as_answer(given[name]) for name in self.questions}
        return Reasons(**{name: given[name] for name in names & set(given)}, answers=answers)


def initial_of(claim: ExemptionClaim, asks: Requirements) -> dict[str, Any]:
    """Return a saved claim as its form shows it; `asks` is what the form asks for."""
    names = ("limbs", *(name for name in Reasons.__dataclass_fields__ if name != "answers"))
    answers = {one.name: as_initial(one, claim.answers.get(one.name, "")) for one in asks.questions}
    items = [item.pk for item in claim.items.all()]
    return {**{name: getattr(claim, name) for name in names}, **answers, "items": items}
