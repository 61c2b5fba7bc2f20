"""A statement that the database stops leads to a page that says so, and nothing half done is kept."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import include, path

from foitracker.accounts.models import User
from foitracker.accounts.roles import Role
from foitracker.pages.lists.csv_download import csv_download
from tests import factories
from tests.foitracker.test_production import production

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.services]


def slow(request: HttpRequest) -> HttpResponse:
    """Change a name, then take longer than the limit, as one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        User.objects.filter(pk=request.user.pk).update(name="Changed Halfway")
        cursor.execute("SELECT pg_sleep(5)")
    return HttpResponse("never")


def slow_list(request: HttpRequest) -> HttpResponseBase:
    def rows() -> Iterator[list[Any]]:
        for number in range(2):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.6)")
            yield [number]

    return csv_download("list.csv", ["number"], rows())


urlpatterns = [path("slow/", slow), path("slow.csv", slow_list), path("", include("foitracker.urls"))]


@pytest.fixture
def limited() -> Iterator[None]:
    """A limit given with the connection, as the settings give it to the web server's."""
    options = connection.settings_dict["OPTIONS"]
    was = dict(options)
    options["options"] = "-c statement_timeout=300 -c lock_timeout=150"
    connection.close()
    yield
    options.clear()
    options.update(was)
    connection.close()


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(factories.person(Role.OFFICER))
    return client


def limit_in_force() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_page_says_what_to_do_and_keeps_nothing_half_done(
    signed_in: Client, headers: dict[str, str]
) -> None:
    response = signed_in.post("/slow/", headers=headers)
    assert response.status_code == 503
    assert response["Retry-After"]
    page = response.content.decode()
    assert "did not finish in the time that a page may take" in page
    assert "nothing was saved" in page
    assert "back button" in page
    assert not User.objects.filter(name="Changed Halfway").exists()
    assert signed_in.get("/").status_code == 200


@pytest.mark.usefixtures("limited")
def test_who_waits_for_somebody_elses_change_is_told_so(signed_in: Client) -> None:
    case = factories.request()
    with psycopg.connect(**connection.get_connection_params() | {"options": ""}) as other:
        other.execute("SELECT 1 FROM requests_app_foirequest WHERE id = %s FOR UPDATE", [case.pk])
        response = signed_in.post(
            f"{case.get_absolute_url()}note/", {"seen_version": case.version, "text": "Asked the registry."}
        )
    assert response.status_code == 503
    assert "Somebody else is saving the same thing" in response.content.decode()
    version = case.version
    case.refresh_from_db()
    assert case.version == version


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.usefixtures("limited")
def test_a_list_that_cannot_be_begun_is_a_page_and_not_half_a_file(signed_in: Client) -> None:
    response = signed_in.get("/slow.csv")
    assert response.status_code == 503
    assert "This took too long" in response.content.decode()


@override_settings(ROOT_URLCONF=__name__, DATABASE_STATEMENT_SECONDS=1)
@pytest.mark.usefixtures("limited")
def test_a_file_that_streams_has_no_limit_and_leaves_the_connection_as_it_was(signed_in: Client) -> None:
    response = signed_in.get("/slow.csv")
    assert response.getvalue().decode("utf-8-sig").split() == ["number", "0", "1"]
    response.close()
    assert limit_in_force() == "300ms"
    begun = slow_list(HttpRequest())
    next(iter(begun))  # type: ignore[call-overload]  # it streams
    begun.close()
    assert limit_in_force() == "300ms"


def test_the_web_server_has_a_limit_and_commands_have_none() -> None:
    ask = "from django.conf import settings; print(settings.DATABASES['default'].get('OPTIONS'))"
    served = production(
        "-c", f"import foitracker.serving; {ask}", DJANGO_SETTINGS_MODULE="foitracker.settings"
    )
    assert "-c statement_timeout=20000 -c lock_timeout=10000" in served.stdout
    commanded = production(
        "-c", ask, DJANGO_SETTINGS_MODULE="foitracker.settings", DATABASE_STATEMENT_SECONDS=None
    )
    assert "statement_timeout" not in commanded.stdout
