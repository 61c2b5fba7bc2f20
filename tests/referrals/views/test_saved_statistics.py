"""Saved statistics: kept as they were, with their logs; counted again; placed in a letter."""

from datetime import date

import pytest
from django.urls import reverse

from foitracker.accounts.roles import Role
from foitracker.audit.models import Entry
from foitracker.statistics.models import Snapshot
from referrals.models import Referral, ReferralUnit, StatisticPlacement
from referrals.rules.force_names import normalise
from referrals.rules.vocabulary import Scope, Trigger
from requests_app.letters.facts import collect_facts
from requests_app.letters.render import render_html
from requests_app.models import FigureSet, Letter
from tests import factories
from tests.referrals import logs
from tests.referrals.views.test_statistics import lines_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.services]

YEARS = "names=Aldershire&years_ending=31/3/2025,31/3/2024,31/3/2023"
QUESTION = "How many referrals in the years ending 31 March (A. 2025, B. 2024 and C. 2023)?"


@pytest.fixture
def officer():
    return factories.person(Role.OFFICER)


@pytest.fixture
def client(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def first_log():
    ReferralUnit.objects.update_or_create(id=1, defaults={"data_complete_to": date(2025, 4, 24)})
    force = logs.force("Aldershire")
    force.names.create(name="Aldershire", normalised=normalise("Aldershire"), kind="alias")
    first = logs.log(
        "Aldershire", number=12, year=2022, received_on=date(2022, 4, 1), trigger=Trigger.MANDATORY
    )
    logs.log("Aldershire", number=900, year=2022, received_on=date(2023, 3, 31), scope=Scope.NATIONAL)
    logs.log("Aldershire", number=3, year=2023, received_on=date(2023, 4, 1))
    return first


@pytest.fixture
def saved(client, first_log):
    response = client.post(f"{reverse('referrals:statistics')}?{YEARS}", {"title": "Aldershire, three years"})
    statistic = Snapshot.objects.get()
    assert response.url == reverse("referrals:saved_statistic", args=[statistic.pk])
    return statistic


def page(name, statistic):
    return reverse(f"referrals:{name}", args=[statistic.pk])


def test_a_saved_statistic_stays_as_it_was_counted(client, saved, first_log):
    Referral.objects.filter(pk=first_log.pk).update(
        status="closed", closed_on=date(2025, 5, 1), closing="logged_in_error"
    )
    response = client.get(page("saved_statistic", saved))
    (group,) = response.context["groups"]
    assert [row.together.number for row in group.rows] == [0, 1, 2]
    listed = client.get(group.rows[2].together.url)
    assert [row.log.log_number for row in listed.context["rows"]] == ["12/22", "900/22"]
    assert [row["log number"] for row in lines_of(client.get(listed.context["file_url"]))] == [
        "12/22",
        "900/22",
    ]
    assert lines_of(client.get(page("saved_statistic_csv", saved)))[2]["together"] == "2"
    assert "cannot be counted" in text_of(response)
    entry = Entry.objects.get(event="statistic_saved")
    assert entry.subject == f"statistic/{saved.pk}"
    assert entry.detail["together"] == [0, 1, 2]
    assert "Aldershire, three years" not in str(entry.detail)


def test_every_number_of_a_saved_statistic_opens_as_many_logs(client, saved):
    for group in client.get(page("saved_statistic", saved)).context["groups"]:
        for row in group.rows:
            for cell in (*row.by_criterion, row.together, row.left_out):
                assert client.get(cell.url).context["page_obj"].paginator.count == cell.number


def test_counted_again_it_shows_what_came_and_went(client, saved, first_log):
    Referral.objects.filter(pk=first_log.pk).update(
        status="closed", closed_on=date(2025, 5, 1), closing="logged_in_error"
    )
    logs.log("Aldershire", number=50, year=2023, received_on=date(2023, 6, 1))
    response = client.post(page("run_again", saved), follow=True)
    again = Snapshot.objects.get(again_of=saved)
    assert again.definition == saved.definition
    found = {(d.period.to_on.year, d.label): d for d in response.context["differences"] if d.force}
    assert (found[2023, "Together"].before, found[2023, "Together"].after) == (2, 1)
    assert found[2023, "Together"].removed == ("12/22",)
    assert found[2024, "Together"].added == ("50/23",)
    assert "Logs that went" in text_of(response)
    assert text_of(client.get(page("saved_statistic", saved))).count("Counted again") == 1
    assert Entry.objects.filter(event="statistic_counted_again").exists()


def test_counted_again_without_a_change_says_so(client, saved):
    assert "counts the same logs" in text_of(client.post(page("run_again", saved), follow=True))


def test_the_list_holds_what_was_saved(client, saved):
    assert "Aldershire, three years" in text_of(client.get(reverse("referrals:saved_statistics")))


def test_a_title_does_not_tell_who_asked(client, first_log):
    asked = {"title": "Aldershire, for Miss Perpetua Lowmoor"}
    response = client.post(f"{reverse('referrals:statistics')}?{YEARS}", asked)
    assert response.status_code == 422
    assert "never who asked" in text_of(response)
    assert not Snapshot.objects.exists()


def test_a_statistic_needs_a_title(client, first_log):
    response = client.post(f"{reverse('referrals:statistics')}?{YEARS}", {"title": " "})
    assert response.status_code == 422
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("query", ["figure=99&counted=together", "figure=x", "figure=0&counted=shared"])
def test_a_figure_that_a_statistic_has_not_is_not_found(client, saved, query):
    assert client.get(f"{page('saved_logs', saved)}?{query}").status_code == 404


# --- placed in a letter ---------------------------------------------------------------------------


@pytest.fixture
def asked(officer):
    factories.authority()
    return factories.request_with_items("1", officer=officer, words=QUESTION)


def place_url(statistic, case, **chosen):
    query = {"reference": case.reference, "force": logs.force("Aldershire").pk, "how": "together", **chosen}
    return f"{page('place_statistic', statistic)}?" + "&".join(f"{k}={v}" for k, v in query.items())


def placed(client, statistic, case, *, labels="ABC", **more):
    """Post the form as the page shows it, and return the response."""
    item = case.items.first().pk
    rows = {f"item_{n}": item for n in range(3)} | {f"label_{n}": label for n, label in enumerate(labels)}
    case.refresh_from_db()
    return client.post(
        place_url(statistic, case, **more.pop("chosen", {})), {**rows, "seen_version": case.version, **more}
    )


def test_the_letter_prints_the_figures_under_the_questions_labels(client, saved, asked):
    shown = client.get(place_url(saved, asked))
    assert [form_label(shown, n) for n in range(3)] == ["A", "B", "C"]
    assert [figure.number for figure in shown.context["tables"][0].figures] == [0, 1, 2]
    response = placed(client, saved, asked)
    assert response.url == f"{asked.get_absolute_url()}#items"
    figures = FigureSet.objects.get().figures.all()
    assert [(f.label, f.period_from, f.period_to, f.value) for f in figures] == [
        ("A", date(2024, 4, 1), date(2025, 3, 31), 0),
        ("B", date(2023, 4, 1), date(2024, 3, 31), 1),
        ("C", date(2022, 4, 1), date(2023, 3, 31), 2),
    ]
    placement = StatisticPlacement.objects.get()
    assert (placement.statistic, placement.foi_request, placement.item_label) == (saved, asked, "1")
    assert Entry.objects.get(event="statistic_placed").detail["request"] == asked.reference
    assert asked.reference in text_of(client.get(page("saved_statistic", saved)))


def form_label(response, place):
    return (
        response.context["form"].initial.get(f"label_{place}")
        or response.context["form"].fields[f"label_{place}"].initial
    )


def test_the_letter_itself_has_labels_dates_criteria_and_caveat(client, saved, asked, officer):
    placed(client, saved, asked)
    letter = Letter(foi_request=asked, kind="disclosure", is_answer=True, answer="We hold this information.")
    html = render_html(collect_facts(letter, letter_date=None, today=date(2026, 3, 20)))
    table = html[html.index('<table class="figures"') :]
    for words in (
        "referrals logged with the Central Referral Unit (one log is counted once)",
        "1 April 2022",
        "31 March 2023",
        "Referrals of Aldershire Constabulary",
        "National cases: the request was made to forces nationally",
        "cannot be counted",
        "Every referral up to 24 April 2025 has been entered.",
    ):
        assert words in table


def test_each_criterion_apart_has_a_table_of_its_own(client, saved, asked):
    placed(client, saved, asked, chosen={"how": "apart"})
    sets = FigureSet.objects.order_by("pk")
    assert [[int(f.value) for f in one.figures.all()] for one in sets] == [[0, 1, 1], [0, 0, 1], [0, 0, 1]]
    assert all("cannot be added up" in one.caveat for one in sets)


def test_figures_there_already_make_room_when_asked_to(client, saved, asked):
    placed(client, saved, asked)
    assert "replacing" in client.get(place_url(saved, asked)).context["form"].fields
    placed(client, saved, asked)
    assert FigureSet.objects.count() == 2
    placed(client, saved, asked, replacing="on")
    assert FigureSet.objects.count() == 1


def test_what_is_typed_can_be_seen_as_printed_before_it_is_placed(client, saved, asked):
    response = placed(client, saved, asked, labels="XYZ", preview="1")
    assert [figure.label for figure in response.context["tables"][0].figures] == ["X", "Y", "Z"]
    assert not FigureSet.objects.exists()


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("nonsense", "is not a request reference"),
        ("9999/2031", "There is no request 9999/2031"),
        ("", "Enter the reference"),
    ],
)
def test_a_reference_that_means_no_request_says_so(client, saved, asked, reference, says):
    response = client.get(f"{page('place_statistic', saved)}?reference={reference}&how=together&force=1")
    assert response.status_code == 400
    assert says in text_of(response)


def test_a_request_in_any_form_of_its_reference_is_found(client, saved, asked):
    shown = client.get(place_url(saved, asked).replace(asked.reference, f"FOI {asked.number} / {asked.year}"))
    assert shown.status_code == 200


def test_a_request_without_items_has_nothing_to_answer(client, saved):
    factories.authority()
    bare = factories.request(words=QUESTION)
    assert "has no items yet" in text_of(client.get(place_url(saved, bare)))


def test_a_closed_request_is_refused_and_the_form_kept(client, saved, asked):
    type(asked).objects.filter(pk=asked.pk).update(status="awaiting_approval")
    assert "cannot be changed" in text_of(client.get(place_url(saved, asked)))
    response = placed(client, saved, asked, labels="XYZ")
    assert response.status_code == 409
    assert 'value="X"' in text_of(response)
    assert not StatisticPlacement.objects.exists()


def test_somebody_elses_change_is_shown_first(client, saved, asked):
    stale = asked.version
    placed(client, saved, asked)
    item = asked.items.first().pk
    rows = {f"item_{n}": item for n in range(3)} | {f"label_{n}": "ABC"[n] for n in range(3)}
    response = client.post(place_url(saved, asked), {**rows, "seen_version": stale})
    assert response.status_code == 409
    assert FigureSet.objects.count() == 1


def test_a_label_that_is_missing_is_asked_for_and_a_period_left_out_needs_none(client, saved, asked):
    assert placed(client, saved, asked, labels=["A", "", "C"]).status_code == 422
    assert placed(client, saved, asked, labels=["A", "", "C"], item_1="").status_code == 302
    assert [f.label for f in FigureSet.objects.get().figures.all()] == ["A", "C"]


def test_who_may_not_work_on_requests_places_nothing(client, saved, asked):
    client.force_login(factories.person(Role.CRU_ADVISER))
    assert client.get(place_url(saved, asked)).status_code == 403
