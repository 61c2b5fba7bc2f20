"""The pages of an exemption claim: choosing the section, only the fields it needs, what is still missing."""

from typing import Any
from urllib.parse import unquote

import pytest

from requests_app.forms.exemption import routes
from requests_app.models import Authority, ExemptionClaim, FoiRequest
from requests_app.queries.exemption_catalogue import exemption_catalogue
from requests_app.rules.exemptions.catalogue import Usable
from tests.factories import Staff

from .casework import Desk, day, text_of, with_items

pytestmark = pytest.mark.django_db

COMPLETE_31 = {
    "limbs": ["31(1)(a)"],
    "why_applies": "The passages say how offenders are found.",
    "prejudice": "would_be_likely",
    "harm": "Offenders would change their ways.",
    "factors_for": "It shows how advice is given.",
    "factors_against": "Crime would be harder to detect.",
    "balance": "The harm outweighs what would be learnt.",
}
PUBLIC_INTEREST = {"factors_for", "factors_against", "balance"}


@pytest.fixture
def case(staff: Staff) -> FoiRequest:
    return with_items(staff)[0]


@pytest.fixture
def desk(staff: Staff, case: FoiRequest) -> Desk:
    return Desk(staff.officer, case)


@pytest.fixture
def item(case: FoiRequest) -> int:
    return case.items.get(label="A").pk


def _fields(response: Any) -> set[str]:
    return set(response.context["form"].fields) - {"seen_version"}


def _limbs_offered(response: Any) -> list[str]:
    return [choice[0] for choice in response.context["form"].fields["limbs"].choices]


# --- choosing the section -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("s31(1)(a)(b)", "claims/add/31/?limb=31(1)(a)&limb=31(1)(b)"),
        ("Section 23 (1)", "claims/add/23/?limb=23(1)"),
        ("40(3A)(a)", "claims/add/40/?limb=40(2)+(3A)(a)"),
        ("31(3)", "claims/add/31/?limb=31(3)"),
    ],
)
def test_a_reference_as_officers_write_it_leads_to_its_form(desk: Desk, typed: str, leads_to: str) -> None:
    response = desk.client.get(f"{desk.base}claims/add/", {"q": typed})

    assert response.status_code == 302
    assert unquote(response["Location"]) == desk.base + leads_to


def test_an_obsolete_reference_is_refused_with_the_current_one_named(desk: Desk) -> None:
    response = desk.client.get(f"{desk.base}claims/add/", {"q": "40(3)(a)(i)", "item": "7"})

    assert response.status_code == 422
    assert "The current reference is 40(3A)(a)" in text_of(response)
    (suggestion,) = response.context["suggestions"]
    assert (suggestion.refs, suggestion.url) == ("40(3A)(a)", "?q=40%283A%29%28a%29&item=7")
    assert "personal data of someone other than the person asking" in suggestion.kind
    followed = desk.get("claims/add/" + suggestion.url)
    assert unquote(followed["Location"]).endswith("claims/add/40/?item=7&limb=40(2)+(3A)(a)")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("99(1)", "Section 99 is not an exemption"),
        ("31(1)(z)", "31(1)(a)"),
        ("40(2)", "40(2)+(3A)(a)"),
        ("35(1)(a)", "Only a government department"),
        ("33", "Section 33 cannot be claimed here"),
        ("31<script>", "cannot be read"),
        ("3" * 200, "cannot be read"),
    ],
)
def test_what_cannot_be_claimed_is_said_on_the_page(desk: Desk, typed: str, says: str) -> None:
    response = desk.client.get(f"{desk.base}claims/add/", {"q": typed})

    assert response.status_code == 422
    assert says in text_of(response)
    assert "<script>" not in text_of(response).split("<main")[1]


def test_limbs_of_several_sections_are_offered_one_claim_at_a_time(desk: Desk) -> None:
    response = desk.client.get(f"{desk.base}claims/add/", {"q": "s31(1)(a)(b), 23(1) and 31(3)"})

    assert response.status_code == 200
    assert [way.refs for way in response.context["several"]] == ["23(1)", "31(1)(a), 31(1)(b)", "31(3)"]


def test_a_section_with_several_tests_asks_which(desk: Desk) -> None:
    assert desk.get("claims/add/40/")["Location"] == f"{desk.base}claims/add/?q=40"
    ways = desk.get("claims/add/?q=40").context["several"]
    assert any("absolute" in way.kind for way in ways)
    assert any("qualified" in way.kind for way in ways)


def test_words_narrow_the_list(desk: Desk) -> None:
    found = [entry.section for entry in desk.get("claims/add/?q=crime").context["entries"]]

    assert "31" in found
    assert "43" not in found
    assert "No section speaks of that" in text_of(desk.get("claims/add/?q=unicorn"))


def test_every_section_is_listed_and_the_unusable_say_why(desk: Desk) -> None:
    response = desk.get("claims/add/")

    entries = {entry.section: entry for entry in response.context["entries"]}
    assert list(entries) == [exemption.section for exemption in exemption_catalogue().exemptions]
    assert not entries["35"].is_usable
    assert entries["35"].reason in text_of(response)
    assert "claims/add/35/" not in text_of(response)
    refused = desk.get("claims/add/35/")
    assert refused.status_code == 409
    assert entries["35"].reason in text_of(refused)


def test_every_way_listed_opens_a_form_that_offers_its_limbs(desk: Desk) -> None:
    seen: set[str] = set()
    for entry in desk.get("claims/add/").context["entries"]:
        for way in (*entry.withhold, *entry.neither) if entry.is_usable else ():
            response = desk.client.get(way.url)
            assert response.status_code == 200, way.url
            assert way.refs.split(" to ")[0].split(", ")[0] in _limbs_offered(response)
            seen.update(_limbs_offered(response))
    usable = [e for e in exemption_catalogue().exemptions if e.usable is not Usable.NO]
    assert seen == {limb.ref for exemption in usable for limb in exemption.all_limbs}


def test_limbs_that_need_each_other_stand_on_one_form() -> None:
    for exemption in exemption_catalogue().exemptions:
        for flag in (False, True):
            for route in routes(exemption, neither_confirm_nor_deny=flag):
                offered = {limb.ref for limb in route.limbs}
                for limb in route.limbs:
                    assert all(offered & set(group) for group in limb.needs), limb.ref


# --- only the fields a claim needs --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "there", "not_there"),
    [
        ("23/?limb=23(1)", set(), PUBLIC_INTEREST | {"prejudice", "harm"}),
        (
            "40/?limb=40(2)%2B(3A)(a)",
            {
                "personal_data",
                "special_data",
                "principle",
                "legitimate_interest",
                "necessity",
                "person_interests",
            },
            PUBLIC_INTEREST | {"prejudice", "harm", "why_applies"},
        ),
        ("40/?limb=40(2)%2B(3B)", PUBLIC_INTEREST, {"prejudice", "harm"}),
        ("40/?limb=40(5B)(a)(i)", {"balance"}, {"factors_for", "factors_against", "harm"}),
        ("31/", PUBLIC_INTEREST | {"prejudice", "harm", "purpose"}, {"enactment"}),
        ("31/?ncnd=1", PUBLIC_INTEREST | {"prejudice", "harm"}, {"purpose"}),
        ("24/", PUBLIC_INTEREST | {"harm"}, {"prejudice"}),
        ("27/?limb=27(2)", PUBLIC_INTEREST, {"harm", "prejudice"}),
        ("36/", PUBLIC_INTEREST | {"harm", "qualified_person", "opinion_on"}, {"purpose"}),
        (
            "44/",
            {"enactment", "assimilated_obligation", "court_order"},
            PUBLIC_INTEREST | {"harm", "prohibition"},
        ),
        ("44/?ncnd=1", {"prohibition", "other_information"}, PUBLIC_INTEREST | {"enactment"}),
        ("42/", PUBLIC_INTEREST | {"privilege", "weighed", "records_from"}, {"harm", "prejudice"}),
        ("41/", {"public_interest_defence", "detriment"}, PUBLIC_INTEREST | {"why_applies"}),
    ],
)
def test_a_form_asks_only_for_what_the_law_asks(
    desk: Desk, address: str, there: set[str], not_there: set[str]
) -> None:
    fields = _fields(desk.get(f"claims/add/{address}"))

    assert {"limbs", "items", "reasons_omitted"} | there <= fields
    assert ("why_applies" in fields) is ("why_applies" not in not_there)
    assert not fields & not_there


def test_an_absolute_form_says_why_no_public_interest_is_asked_for(desk: Desk) -> None:
    assert "no public interest test is made" in text_of(desk.get("claims/add/23/"))
    assert "Qualified: the public interest has to be weighed" in text_of(desk.get("claims/add/31/"))


def test_neither_confirming_nor_denying_offers_its_own_subsection_alone(desk: Desk) -> None:
    assert _limbs_offered(desk.get("claims/add/31/?ncnd=1")) == ["31(3)"]
    assert "31(3)" not in _limbs_offered(desk.get("claims/add/31/"))


# --- saving, completing, withdrawing ------------------------------------------------------------------------


def test_an_incomplete_claim_is_saved_and_says_what_is_missing(
    desk: Desk, case: FoiRequest, item: int
) -> None:
    response = desk.post("claims/add/31/", {"limbs": ["31(1)(a)", "31(1)(b)"], "items": [item]})

    claim = case.claims.get()
    assert response["Location"] == f"{desk.base}claims/{claim.pk}/"
    page = desk.get(f"claims/{claim.pk}/")
    fields = {problem["url"] for problem in page.context["missing"]}
    assert fields == {f"#div_id_{name}" for name in ("why_applies", "prejudice", "harm", *PUBLIC_INTEREST)}
    for url in fields:
        assert f'id="{url[1:]}"' in text_of(page)


def test_a_complete_claim_leads_back_to_the_case(desk: Desk, case: FoiRequest, item: int) -> None:
    response = desk.post("claims/add/31/", {**COMPLETE_31, "items": [item]})

    assert response["Location"].endswith("#claims")
    claim = case.claims.get()
    assert "The claim is complete" in text_of(desk.get(f"claims/{claim.pk}/"))
    assert (claim.prejudice, claim.neither_confirm_nor_deny) == ("would_be_likely", False)


def test_a_claim_is_changed_and_keeps_what_its_form_shows(desk: Desk, case: FoiRequest, item: int) -> None:
    desk.post("claims/add/31/", {**COMPLETE_31, "items": [item]})
    claim = case.claims.get()
    initial = desk.get(f"claims/{claim.pk}/").context["form"].initial
    assert {name: initial[name] for name in COMPLETE_31} == COMPLETE_31

    other = case.items.get(label="B").pk
    changed = {**COMPLETE_31, "limbs": ["31(1)(g)"], "purpose": ["31(2)(a)", "31(2)(b)"], "items": [other]}
    response = desk.post(f"claims/{claim.pk}/", changed)

    assert response.status_code == 302
    claim.refresh_from_db()
    assert (claim.limbs, claim.answers) == (["31(1)(g)"], {"purpose": "31(2)(a) 31(2)(b)"})
    assert desk.get(f"claims/{claim.pk}/").context["form"].initial["purpose"] == ["31(2)(a)", "31(2)(b)"]
    assert [i.label for i in claim.items.all()] == ["B"]


def test_wrong_words_for_the_test_are_remarked_on(desk: Desk, case: FoiRequest, item: int) -> None:
    desk.post(
        "claims/add/31/",
        {**COMPLETE_31, "harm": "It is more than likely that harm follows.", "items": [item]},
    )

    page = desk.get(f"claims/{case.claims.get().pk}/")
    assert not page.context["missing"]
    assert "is not the test" in text_of(page)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"limbs": []}, "Choose at least one limb"),
        ({"limbs": ["40(1)"]}, "is not a limb on this page"),
        ({"items": []}, "Choose at least one item"),
        ({"items": ["0"]}, "not part of this request"),
        ({"prejudice": "perhaps"}, "not one of the available choices"),
        ({"harm": "x" * 20_001}, "20,000"),
        ({"purpose": "31(2)(z)"}, "not one of the available choices"),
        ({"records_from": "last century"}, "enter a whole number"),
    ],
)
def test_a_bad_claim_is_explained_and_the_reasons_stay(
    desk: Desk, case: FoiRequest, item: int, change: dict[str, Any], message: str
) -> None:
    response = desk.post("claims/add/31/", {**COMPLETE_31, "items": [item], **change})

    assert response.status_code == 422
    assert message in text_of(response)
    assert COMPLETE_31["balance"] in text_of(response)
    assert not case.claims.exists()


def test_the_qualified_person_and_the_day_of_the_opinion_are_kept(
    desk: Desk, case: FoiRequest, item: int
) -> None:
    opinion = case.received_on
    data = {
        "limbs": ["36(2)(c)"],
        "items": [item],
        "qualified_person": "The chair of the authority",
        **day("opinion_on", opinion),
        "reasons_omitted": "on",
    }
    desk.post("claims/add/36/", data)

    claim = case.claims.get()
    assert claim.answers == {
        "qualified_person": "The chair of the authority",
        "opinion_on": opinion.isoformat(),
    }
    assert claim.reasons_omitted
    assert f'value="{opinion.year}"' in text_of(desk.get(f"claims/{claim.pk}/"))


def test_reasons_kept_from_before_are_shown_and_not_lost(desk: Desk, case: FoiRequest, item: int) -> None:
    desk.post("claims/add/40/?limb=40(2)%2B(3A)(a)", {"limbs": ["40(2)+(3A)(a)"], "items": [item]})
    claim = case.claims.get()
    claim.why_applies, claim.answers = "Names of staff.", {"principle": "****"}
    claim.save()
    page = desk.get(f"claims/{claim.pk}/")
    assert page.context["form"]["why_applies"].value() == "Names of staff."
    sent = {"limbs": claim.limbs, "items": [item], "why_applies": "Names of staff.", "principle": "5(1)(a)"}
    assert desk.post(f"claims/{claim.pk}/", sent).status_code == 302
    claim.refresh_from_db()
    assert (claim.why_applies, claim.answers) == ("Names of staff.", {"principle": "5(1)(a)"})


def test_statistics_are_ticked_and_stay_ticked(desk: Desk, case: FoiRequest, item: int) -> None:
    desk.post("claims/add/36/", {"limbs": ["36(2)(c)"], "items": [item], "statistics": "on"})
    claim = case.claims.get()
    assert claim.answers == {"statistics": "yes"}
    page = desk.get(f"claims/{claim.pk}/")
    assert page.context["form"]["statistics"].value() is True
    assert not {"#div_id_qualified_person", "#div_id_opinion_on"} & {
        p["url"] for p in page.context["missing"]
    }


def test_what_is_folded_away_is_unfolded_where_it_is_answered(
    desk: Desk, case: FoiRequest, item: int
) -> None:
    fold = '<details class="govuk-details" open>'
    assert fold not in text_of(desk.get("claims/add/31/"))
    desk.post("claims/add/31/", {**COMPLETE_31, "items": [item], "covers": "The file of 2024."})
    assert fold in text_of(desk.get(f"claims/{case.claims.get().pk}/"))


def test_the_bodies_of_section_23_can_be_read_where_they_must_not_be_named(desk: Desk) -> None:
    for section in ("23", "24"):
        assert "23(3)(p): a Judicial Commissioner" in text_of(desk.get(f"claims/add/{section}/"))
    assert "23(3)(a)" not in text_of(desk.get("claims/add/31/"))


@pytest.mark.parametrize(
    ("kind", "section", "is_usable"),
    [
        ("government", "35", True),
        ("national_body", "35", False),
        ("audit_body", "33", True),
        ("police_force", "33", False),
    ],
)
def test_what_can_be_claimed_follows_the_kind_of_authority(
    desk: Desk, item: int, kind: str, section: str, is_usable: bool
) -> None:
    Authority.objects.update(kind=kind)
    limb = f"{section}(1)(a)"
    page = desk.get(f"claims/add/{section}/")
    saved = desk.post(f"claims/add/{section}/", {"limbs": [limb], "items": [item]})
    assert (page.status_code, saved.status_code) == ((200, 302) if is_usable else (409, 409))


def test_items_named_in_the_address_are_ticked(desk: Desk, case: FoiRequest, item: int) -> None:
    desk.post(f"items/{item}/decide/", {"disposition": "withheld"})
    page = desk.get("claims/add/23/?limb=23(1)")
    assert not page.context["form"]["items"].value()

    followed = desk.get("claims/add/23/" + page.context["tick_refused"])
    assert followed.context["form"]["items"].value() == [item]
    assert followed.context["form"]["limbs"].value() == ["23(1)"]


def test_a_claim_is_withdrawn_after_asking(desk: Desk, case: FoiRequest, item: int) -> None:
    desk.post("claims/add/31/", {**COMPLETE_31, "items": [item]})
    claim = case.claims.get()
    assert "31(1)(a)" in text_of(desk.get(f"claims/{claim.pk}/withdraw/"))
    assert case.claims.exists()

    assert desk.post(f"claims/{claim.pk}/withdraw/", {}).status_code == 302
    assert not case.claims.exists()


def test_reasons_typed_for_a_claim_withdrawn_meanwhile_are_shown_to_copy(
    staff: Staff, desk: Desk, case: FoiRequest, item: int
) -> None:
    desk.post("claims/add/31/", {**COMPLETE_31, "items": [item]})
    claim = case.claims.get()
    Desk(staff.decision_maker, case).post(f"claims/{claim.pk}/withdraw/", {})

    response = desk.post(
        f"claims/{claim.pk}/", {**COMPLETE_31, "items": [item], "why_applies": "Better words."}
    )

    assert response.status_code == 409
    page = text_of(response)
    assert "Better words." in page
    assert COMPLETE_31["harm"] in page


def test_the_second_officer_to_save_a_claim_sees_the_first(
    staff: Staff, desk: Desk, case: FoiRequest, item: int
) -> None:
    desk.post("claims/add/31/", {**COMPLETE_31, "items": [item]})
    claim = case.claims.get()
    seen = FoiRequest.objects.get(pk=case.pk).version
    theirs = {**COMPLETE_31, "items": [item], "harm": "Their harm."}
    Desk(staff.decision_maker, case).post(f"claims/{claim.pk}/", theirs)

    response = desk.post(
        f"claims/{claim.pk}/", {**COMPLETE_31, "items": [item], "harm": "My harm."}, version=seen
    )

    assert response.status_code == 409
    assert staff.decision_maker.name in text_of(response)
    assert "My harm." in text_of(response)
    claim.refresh_from_db()
    assert claim.harm == "Their harm."


def test_a_claim_of_another_request_is_not_reached(staff: Staff, desk: Desk, item: int) -> None:
    desk.post("claims/add/31/", {**COMPLETE_31, "items": [item]})
    claim = ExemptionClaim.objects.get()
    elsewhere = Desk(staff.officer, with_items(staff)[0])

    assert elsewhere.get(f"claims/{claim.pk}/").status_code == 404
    assert elsewhere.post(f"claims/{claim.pk}/withdraw/", {}).status_code == 409
    assert elsewhere.get("claims/add/nonsense/").status_code == 404
    assert ExemptionClaim.objects.filter(pk=claim.pk).exists()
