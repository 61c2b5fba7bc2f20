"""What production refuses, and what it is installed from."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.db import connection

from foitracker.accounts.demonstration import create_demonstration_accounts
from foitracker.accounts.models import User
from foitracker.queues import Queue
from foitracker.run import TASK_STATEMENT_SECONDS, worker_options
from foitracker.settings import DEMONSTRATION_PSEUDONYM_KEY, DEMONSTRATION_SECRET_KEY
from tests.foitracker.audit.test_running_role import role, url_as

__all__ = ["role"]  # a fixture

ROOT = Path(__file__).resolve().parent.parent.parent

GIVEN = {
    "FOITRACKER_MODE": "production",
    "SECRET_KEY": "a-long-and-secret-text-of-the-installation-0123456789",
    "REFERRAL_PSEUDONYM_KEYS": f"{'the-first-key-':x<40},{'the-second-key-':y<40}",
    "AUDIT_KEYS": f"{'a-key-of-the-trail-':z<40}",
    "ALLOWED_HOSTS": "foi.example.org",
    "DATABASE_URL": "postgresql:///nowhere",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "PUBLIC_URL": "https://foi.example.org",
    "EMAIL_URL": "smtp+tls://foi:secret@mail.example.org:587",
}


def production(*arguments: str, **changed: str | None) -> "subprocess.CompletedProcess[str]":
    """Run Python as production does; a variable changed to None is unset."""
    variables = {**os.environ, **GIVEN, **changed}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={name: value for name, value in variables.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("name", sorted(GIVEN.keys() - {"FOITRACKER_MODE"}))
def test_nothing_secret_has_a_default(name: str) -> None:
    run = production("-c", "import foitracker.settings", **{name: None})
    assert run.returncode == 1
    assert f"{name} must be set in production" in run.stderr


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"SECRET_KEY": DEMONSTRATION_SECRET_KEY}, "SECRET_KEY is the public demonstration key"),
        (
            {"REFERRAL_PSEUDONYM_KEYS": f"{'mine-':x<40},{DEMONSTRATION_PSEUDONYM_KEY}"},
            "REFERRAL_PSEUDONYM_KEYS has the public demonstration key",
        ),
        (
            {"REFERRAL_PSEUDONYM_KEYS": f"{'mine-':x<40},short"},
            "REFERRAL_PSEUDONYM_KEYS: key 2 has 5 characters; it needs at least 32",
        ),
        ({"REFERRAL_PSEUDONYM_KEYS": f"{'mine-':x<40},"}, "REFERRAL_PSEUDONYM_KEYS: key 2 has 0 characters"),
        (
            {"REFERRAL_PSEUDONYM_KEYS": f"{'mine-':x<40}, {'mine-':x<40}"},
            "REFERRAL_PSEUDONYM_KEYS: key 2 is the same as an earlier one",
        ),
        ({"BOUNCE_MAILBOX_URL": "imap://foi:a-pass-word@mail.example.org/INBOX"}, "unencrypted"),
        *(
            (
                {"BOUNCE_MAILBOX_URL": address},
                "BOUNCE_MAILBOX_URL must look like imap+ssl://user:password@host",
            )
            for address in (
                "pop3://foi:a-pass-word@mail.example.org",
                "imap+ssl://foi@mail.example.org",
                "imap+ssl://foi:a-pass-word@",
                "imap+ssl://foi:a-pass-word@mail.example.org:port",
                "a-pass-word",
            )
        ),
        ({"DEBUG": "on"}, "DEBUG shows personal data"),
        ({"MONITORING_TOKEN": "short"}, "MONITORING_TOKEN has 5 characters; it needs at least 32"),
        ({"FOITRACKER_MODE": "prod"}, "it must be production, local or test"),
    ],
)
def test_settings_that_are_refused(changed: dict[str, str], says: str) -> None:
    run = production("-c", "import foitracker.settings", **changed)
    assert run.returncode == 1
    assert says in run.stderr
    assert "a-pass-word" not in run.stderr
    for secret in changed.get("REFERRAL_PSEUDONYM_KEYS", "").split(","):
        assert len(secret) < 32 or secret not in run.stderr


def test_the_mailbox_of_bounces_is_taken_as_it_is_given_and_needs_none() -> None:
    address = "imap+ssl://foi@example.org:a%2Fb@mail.example.org/Bounces"
    show = ("-c", "from foitracker import settings; print(repr(settings.BOUNCE_MAILBOX_URL))")
    assert production(*show, BOUNCE_MAILBOX_URL=address).stdout == f"{address!r}\n"
    assert production(*show, BOUNCE_MAILBOX_URL=None).stdout == "''\n"


def test_production_is_what_runs_when_nothing_is_said() -> None:
    run = production(
        "-c", "from foitracker import settings; print(settings.SESSION_COOKIE_SECURE)", FOITRACKER_MODE=None
    )
    assert run.stdout == "True\n"


def test_djangos_own_deployment_checks_find_nothing() -> None:
    run = production(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", DJANGO_ALLOW_ASYNC_UNSAFE=None
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.slow
@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_the_web_server_does_not_start_with_a_demonstration_account(role: str) -> None:
    given = url_as(role)
    start = ("-c", "import foitracker.wsgi; print('serving')")
    assert "serving" in production(*start, DATABASE_URL=given).stdout
    create_demonstration_accounts()
    run = production(*start, DATABASE_URL=given)
    assert run.returncode == 1
    assert "demonstration account" in run.stderr
    User.objects.update(is_active=False)
    assert "serving" in production(*start, DATABASE_URL=given).stdout


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_the_web_server_does_not_start_under_the_owner_of_the_tables(role: str) -> None:
    database = connection.settings_dict["NAME"]
    owner = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    start = ("-c", "import foitracker.wsgi; print('serving')")
    run = production(*start, DATABASE_URL=owner)
    assert run.returncode == 1
    assert "could change the audit trail" in run.stderr
    assert "serving" in production(*start, DATABASE_URL=url_as(role)).stdout


def test_the_owner_is_known_to_the_migration_alone() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    knowing = {
        name for name, service in services.items() if "MIGRATION_DATABASE_URL" in service["environment"]
    }
    assert knowing == {"migrate"}
    owner, runs = (
        re.findall(r"//(\w+):", services["migrate"]["environment"][name])[0]
        for name in ("MIGRATION_DATABASE_URL", "DATABASE_URL")
    )
    assert owner == services["postgres"]["environment"]["POSTGRES_USER"] != runs


@pytest.mark.slow
def test_static_files_are_collected_with_hashed_names(tmp_path: Path) -> None:
    script = (
        "import django; django.setup();"
        "from django.conf import settings; from django.core.management import call_command;"
        f"settings.STATIC_ROOT = {str(tmp_path)!r};"
        "call_command('collectstatic', interactive=False, verbosity=0, ignore_patterns=['scss'])"
    )
    run = production("-c", script, DJANGO_SETTINGS_MODULE="foitracker.settings")
    assert run.returncode == 0, run.stderr
    assert list(tmp_path.glob("build/css/app.*.css"))
    assert not (tmp_path / "scss").exists()


def test_docker_compose_file_follows_the_specification() -> None:
    run = subprocess.run(
        [
            Path(sys.executable).parent / "check-jsonschema",
            "--builtin-schema",
            "vendor.compose-spec",
            "docker-compose.yml",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout


WORKERS = [f"worker-{queue}" for queue in Queue]


def test_web_workers_and_beat_run_one_image_and_say_how_they_are() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    ours = [services[name] for name in ("web", *WORKERS, "beat")]
    assert len({service["image"] for service in ours}) == 1
    assert all("healthcheck" in services[name] for name in (*WORKERS, "beat", "postgres", "redis"))
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()  # web's
    for service in ours:
        required = {name for name in GIVEN if name != "FOITRACKER_MODE"}
        assert required <= service["environment"].keys()


def test_every_queue_has_a_worker_that_does_what_make_runs_does() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    assert {name for name in services if name.startswith("worker")} == set(WORKERS)
    for queue, name in zip(Queue, WORKERS, strict=True):
        assert services[name]["environment"]["QUEUE"] == queue
        started = services[name]["command"][-1].replace("$$QUEUE", queue)
        asked = services[name]["healthcheck"]["test"][-1].replace("$$QUEUE", queue)
        assert " ".join(worker_options(queue)) in started
        assert f"{queue}@$$HOSTNAME" in asked
        assert int(services[name]["environment"]["DATABASE_STATEMENT_SECONDS"]) == TASK_STATEMENT_SECONDS


def test_no_secret_is_written_in_the_compose_file() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    for name in (
        "SECRET_KEY",
        "REFERRAL_PSEUDONYM_KEYS",
        "POSTGRES_PASSWORD",
        "RUNNING_DATABASE_PASSWORD",
        "REDIS_PASSWORD",
        "EMAIL_URL",
    ):
        assert f"${{{name}:?" in text, f"{name} has to come from the environment"


def test_the_image_takes_files_that_exist_and_are_not_ignored() -> None:
    wanted = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for path in " ".join(wanted).split():
        assert (ROOT / path).exists(), path
        assert path in allowed, path


@pytest.mark.parametrize("lock", ["requirements/run.txt", "requirements/dev.txt", "requirements/node.txt"])
def test_python_locks_have_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^[a-z].*?(?=^[a-z]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert pins
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_the_front_end_lock_has_no_registry_in_it() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
