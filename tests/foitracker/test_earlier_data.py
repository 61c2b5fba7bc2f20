"""The database of another version is refused before anything in it is touched."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from foitracker.earlier_data import EarlierData, check_database

pytestmark = pytest.mark.django_db


def test_a_database_of_this_version_is_taken() -> None:
    check_database()


def test_one_that_has_migrations_we_do_not_know_is_refused_with_what_to_do() -> None:
    MigrationRecorder(connection).record_applied("requests_app", "0010_issue_hold")
    with pytest.raises(EarlierData, match=r"requests_app\.0010_issue_hold.*move the data folder away"):
        check_database()
    before = connection.introspection.table_names()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("migrate", interactive=False, verbosity=0)
    assert connection.introspection.table_names() == before


def test_what_another_project_keeps_in_the_same_database_is_not_ours_to_judge() -> None:
    MigrationRecorder(connection).record_applied("somebody_elses_app", "0007_anything")
    check_database()
