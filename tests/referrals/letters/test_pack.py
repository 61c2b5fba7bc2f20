"""The referral pack, read back from the file."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from pypdf import PdfReader

from referrals.letters.pack import pack_html, pack_name, pack_pdf
from referrals.rules.pack_facts import PackAdvice, PackFacts, PackForce, PackLetter, PackQuestion
from referrals.rules.vocabulary import Marking
from tests.foitracker.printing.test_pdf import painted, read, tag_tree

WORDING = "How many patrols were there?\n\nPlease give <b>each</b> year. Yours, **** "
OWN = PackForce(
    name="Larch Constabulary",
    role="Referred by",
    reference="LARCH/2026/77",
    form_received_on=date(2026, 3, 2),
    request_received_on=date(2026, 2, 25),
    due_on=date(2026, 3, 26),
    is_stated=False,
    wording="",
)


def force_pack(**changes: object) -> PackFacts:
    facts = PackFacts(
        unit="Central Referral Unit",
        log_number="636/26",
        subject="Patrols",
        prepared_for="Larch Constabulary",
        is_national=True,
        received_on=date(2026, 3, 2),
        wording=WORDING,
        criteria=("Covert tactics", "National round robins"),
        forces=(OWN,),
        advice=(
            PackAdvice(
                number=1,
                given_on=date(2026, 3, 6),
                marking=Marking.OFFICIAL_SENSITIVE,
                exemptions=("31(1)(a)", "40(2)+(3A)(a)"),
                text="Weigh the public interest.\n\n" * 60,
                national_log="12/26",
                told_on=date(2026, 3, 9),
                uptake="Adopted in part",
            ),
        ),
        letters=(PackLetter(date(2026, 3, 10), "Received", "We shall refuse in part."),),
        question=None,
        as_at=datetime(2026, 3, 27, 9, 30, tzinfo=UTC),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]


def lead_pack() -> PackFacts:
    alder = replace(OWN, name="Alder", reference="", wording="How many patrols did Alder make?", due_on=None)
    return force_pack(
        prepared_for="Invented portfolio (Staff officer)",
        forces=(alder, replace(OWN, name="Larch", reference="")),
        advice=(),
        letters=(),
        question=PackQuestion("Would this harm?", date(2026, 3, 4), date(2026, 3, 11), None, ""),
    )


def words_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return read(pack_pdf(force_pack()))


def test_a_forces_pack_holds_its_dates_the_wording_the_criteria_the_advice_and_the_letters(
    pdf: PdfReader,
) -> None:
    words = words_of(pdf)
    for said in (
        "CRU log 636/26",
        "Prepared for Larch Constabulary",
        "Your reference LARCH/2026/77",
        "You received it 25 February 2026",
        "26 March 2026, 20 working days after receipt (FOIA s.10(1))",
        "As at 27 March 2026, 09:30",
        "How many patrols were there?",
        "<b>each</b>",
        "Covert tactics",
        "National: the request was made to forces across the country",
        "Advice of 6 March 2026 on the national log 12/26",
        "Told to you on 9 March 2026. Exemptions suggested: 31(1)(a), 40(2)+(3A)(a).",
        "adopted in part",
        "10 March 2026: received",
        "We shall refuse in part.",
    ):
        assert said in words


def test_the_highest_marking_stands_above_and_below_every_page(pdf: PdfReader) -> None:
    count = len(pdf.pages)
    assert count > 2
    for number, page in enumerate(pdf.pages, start=1):
        words = " ".join(page.extract_text().split())
        assert words.count("OFFICIAL-SENSITIVE") >= 2
        assert f"Page {number} of {count}" in words
        assert "CRU log 636/26" in words
        assert "As at 27 March 2026, 09:30" in words
    unmarked = words_of(read(pack_pdf(lead_pack())))
    assert "OFFICIAL" in unmarked
    assert "SENSITIVE" not in unmarked


def test_a_leads_pack_names_the_forces_briefly_and_asks_the_question() -> None:
    words = words_of(read(pack_pdf(lead_pack())))
    for said in (
        "What we ask of you Asked on 4 March 2026. Please reply by 11 March 2026",
        "Would this harm?",
        "As asked of Alder How many patrols did Alder make?",
        "Larch Referred by 25 February 2026 26 March 2026",
        "Alder Referred by 25 February 2026 Not known",
        "No advice has been given yet.",
    ):
        assert said in words
    assert "LARCH/2026/77" not in words


def test_what_is_not_there_is_said() -> None:
    bare = replace(OWN, reference="", form_received_on=None, request_received_on=None, due_on=None)
    words = words_of(
        read(pack_pdf(force_pack(forces=(bare,), criteria=(), advice=(), letters=(), is_national=False)))
    )
    for said in (
        "Your reference Not recorded",
        "Your time limit Not known here",
        "Your form None received",
        "No mandatory criterion has been found to apply.",
        "No advice has been told to you yet.",
    ):
        assert said in words
    assert "National" not in words
    assert "No wording is recorded" in words_of(read(pack_pdf(force_pack(wording=""))))
    stated = words_of(read(pack_pdf(force_pack(forces=(replace(OWN, is_stated=True),)))))
    assert "26 March 2026, as you have told us" in stated


def test_the_same_facts_give_the_same_bytes() -> None:
    assert pack_pdf(force_pack()) == pack_pdf(force_pack())
    assert pack_html(force_pack()) != pack_html(force_pack(log_number="637/26"))


@pytest.mark.parametrize("facts", [force_pack(), lead_pack()], ids=["force", "lead"])
def test_it_is_accessible(facts: PackFacts) -> None:
    pdf = read(pack_pdf(facts))
    assert pdf.metadata
    assert pdf.metadata.title == "Referral pack: CRU log 636/26"
    assert pdf.root_object["/Lang"] == "en-GB"
    assert 'pdfuaid:part="1"' in pdf.root_object["/Metadata"].get_object().get_data().decode()
    assert all(tag for page in pdf.pages for _, tag, _ in painted(page, pdf))
    tags = tag_tree(pdf)
    headers = [element for kind, _, element in tags if kind == "/TH"]
    assert headers
    assert all(element["/A"]["/Scope"] in {"/Row", "/Column"} for element in headers)
    levels = [int(kind[2]) for kind, _, _ in tags if kind[:2] == "/H" and kind[2:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_file_name_tells_the_number_alone() -> None:
    assert pack_name(force_pack()) == "cru-636-26-pack.pdf"


def test_advice_that_another_took_the_place_of_says_so() -> None:
    (advice,) = force_pack().advice
    old, new = replace(advice, text="Withhold.", is_replaced=True), replace(advice, text="Disclose.")
    words = words_of(read(pack_pdf(force_pack(advice=(old, new)))))
    assert words.count("A later advice took its place.") == 1
    assert words.index("A later advice took its place.") < words.index("Withhold.") < words.index("Disclose.")
