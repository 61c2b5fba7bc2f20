"""`manage.py find_identity`: places, words and kinds, and one clear line for what cannot be read."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

TEXT = "Dear Sir,\r\nThe plan of 636/18 please.\r\n\r\nBest,\r\nPérpetua Lowmoor\r\nT: 07700 900123\r\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "text.txt"
    file.write_bytes(TEXT.encode())
    return file


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    call_command("find_identity", *arguments, "--json")
    listed: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return listed


def test_each_is_where_the_file_has_it(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = found(capsys, str(text))
    assert [(one["kind"], one["words"]) for one in listed] == [
        ("closing_block", "Best,\r\nPérpetua Lowmoor\r\nT: 07700 900123"),
        ("name", "Pérpetua Lowmoor"),
        ("telephone", "07700 900123"),
    ]
    for one in listed:
        assert TEXT[one["start"] : one["end"]] == one["words"]  # type: ignore[misc]


def test_a_known_person_is_found_however_they_are_spelt(
    tmp_path: Path, text: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = tmp_path / "address.txt"
    address.write_text("14 Larch Close\nFernhollow\nZZ99 1AA", encoding="utf-8")
    text.write_text("perpetua lowmoor of zz991aa, p dot low at example dot org", encoding="utf-8")
    listed = found(
        capsys,
        str(text),
        "--name",
        "Perpetua Lowmoor",
        "--email",
        "p.low@example.org",
        "--address",
        str(address),
    )
    assert [one["words"] for one in listed] == ["perpetua lowmoor", "zz991aa", "p dot low at example dot org"]
    assert {one["kind"] for one in listed} == {"our_applicant"}


def test_without_json_each_is_a_line(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("find_identity", str(text))
    assert "name: Pérpetua Lowmoor" in capsys.readouterr().out
    text.write_text("The plan of 636/18 please.", encoding="utf-8")
    call_command("find_identity", str(text))
    assert capsys.readouterr().out.startswith("Nothing was found.")


def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path, text: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"Zo\xeb")
    for arguments, says in (
        ([str(tmp_path / "none.txt")], "cannot be read: No such file or directory. Give a text file."),
        ([str(tmp_path)], "cannot be read: Is a directory. Give a text file."),
        ([str(tmp_path / "latin.txt")], "is not UTF-8 text. Save it as plain text in UTF-8."),
        ([str(text), "--address", str(tmp_path / "none.txt")], "cannot be read: No such file or directory."),
        (
            [str(text), "--email", "nobody"],
            "“nobody” is not an e-mail address. Write it as name@example.org.",
        ),
    ):
        with pytest.raises(CommandError, match=says.replace(".", r"\.")) as refusal:
            call_command("find_identity", *arguments)
        assert refusal.value.returncode == 2
        assert "\n" not in str(refusal.value)
