"""`manage.py compare_references`, run as a command would be."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

MANAGE = Path(__file__).parents[3] / "manage.py"
ASKED = (
    "1. Log Number: 1371/15\n2. Log Number:002017/16\n3. Log Number: 000698/20\n4. CRU Case No.: 001371/15\n"
)
ANSWERED = "1371/15\n2107/16\n698/18\n"


@pytest.fixture
def run(tmp_path):
    def run_on(asked, answered, *options):
        for name, content in (("asked.txt", asked), ("answered.txt", answered)):
            if content is not None:
                (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return subprocess.run(
            [sys.executable, MANAGE, "compare_references", "asked.txt", "answered.txt", *options],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run_on


def test_differences_are_printed_with_their_places(run):
    result = run(ASKED, ANSWERED)
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "Missing: 2017/16 is asked for (2nd reference, line 2, labelled 2) and not answered.",
        "Missing: 698/20 is asked for (3rd reference, line 3, labelled 3) and not answered.",
        "Unexpected: 2107/16 is answered (2nd reference, line 2) and not asked for.",
        "Unexpected: 698/18 is answered (3rd reference, line 3) and not asked for.",
        "Near: 2017/16 and 2107/16 (two digits swapped).",
        "Near: 698/20 and 698/18 (same number, another year).",
        "Duplicate: 1371/15 is asked for 2 times (1st reference, line 1, labelled 1; "
        "4th reference, line 4, labelled 4).",
    ]


def test_json(run):
    result = run(ASKED, ANSWERED, "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout) == {
        "missing": ["2017/16", "698/20"],
        "unexpected": ["2107/16", "698/18"],
        "duplicates": [{"reference": "1371/15", "asked": [1, 4], "answered": [1]}],
        "near": [
            {"missing": "2017/16", "unexpected": "2107/16", "kind": "two digits swapped"},
            {"missing": "698/20", "unexpected": "698/18", "kind": "same number, another year"},
        ],
    }


def test_the_same_references_in_other_forms_are_clean(run):
    result = run("\ufeffCRU Ref 000636/18, FOI 2253/2025", "2253/2025 and 636/18; again 636/18")
    assert result.returncode == 0
    assert result.stdout.splitlines() == [
        "Duplicate: 636/18 is answered 2 times (2nd reference, line 1; 3rd reference, line 1).",
        "The same references are asked for and answered.",
    ]


def test_nothing_to_compare_is_said(run):
    result = run("How many?", "")
    assert (result.returncode, result.stdout) == (0, "Neither file names a reference.\n")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (None, "asked.txt cannot be read: No such file"),
        (b"\xff\xfe6", "asked.txt is not UTF-8 text. Save it as plain text"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(run, asked, message):
    result = run(asked, ANSWERED, "--json")
    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert message in result.stderr
