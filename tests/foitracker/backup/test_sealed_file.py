"""The encrypted file: what was written comes back, and whatever was done to it is found."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foitracker.backup.sealed_file import PIECE, NotReadable, Sealer, opened

KEY = "a-key-of-forty-random-characters-or-more"
DATA = bytes(range(256)) * 10_000  # two pieces and a half


def sealed(data: bytes = DATA, key: str = KEY) -> bytes:
    file = io.BytesIO()
    sealer = Sealer(file, key)
    sealer.write_piece(b"about")
    sealer.write(data)
    sealer.finish()
    return file.getvalue()


def read(raw: bytes, key: str = KEY) -> bytes:
    return b"".join(opened(io.BufferedReader(io.BytesIO(raw)), key))  # type: ignore[arg-type]


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_written_comes_back(length: int) -> None:
    assert read(sealed(b"x" * length)) == b"about" + b"x" * length


def test_nothing_of_it_can_be_read_and_no_two_are_alike() -> None:
    first, second = sealed(b"canary" * 100), sealed(b"canary" * 100)
    assert b"canary" not in first
    assert first[40:] != second[40:]


def pieces(raw: bytes) -> list[bytes]:
    found, at = [], 36
    while at < len(raw):
        length = int.from_bytes(raw[at : at + 4], "big") + 4
        found.append(raw[at : at + length])
        at += length
    return found


WHOLE = sealed()


@pytest.mark.parametrize(
    ("done", "says"),
    [
        (lambda raw: raw[:-1], "ends in the middle"),
        (lambda raw: raw + b"x", "cut or altered"),
        (lambda raw: raw[:36] + b"".join(pieces(raw)[:-1]), "cut or altered: piece 3"),
        (lambda raw: raw[:36] + b"".join(pieces(raw)[1:]), "BACKUP_KEY is not the key"),
        (lambda raw: raw[:36] + b"".join([pieces(raw)[n] for n in (0, 2, 1, 3)]), "cut or altered: piece 2"),
        (
            lambda raw: raw[:36] + b"".join([pieces(raw)[n] for n in (0, 1, 1, 2, 3)]),
            "cut or altered: piece 3",
        ),
        (lambda raw: raw[:36], "ends in the middle"),
        (lambda raw: raw[:30], "not a back-up"),
        (lambda raw: b"", "not a back-up"),
        (lambda raw: b"PGDMP" + raw, "not a back-up"),
    ],
)
def test_a_cut_a_swap_and_something_else_are_told_apart(done: Callable[[bytes], bytes], says: str) -> None:
    with pytest.raises(NotReadable, match=says):
        read(done(WHOLE))


def test_another_key_is_said_to_be_another() -> None:
    with pytest.raises(NotReadable, match="BACKUP_KEY is not the key"):
        read(WHOLE, "another key of forty random characters")


SMALL = sealed(b"a few bytes")


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found(at: int, change: int) -> None:
    raw = bytearray(SMALL)
    raw[at] ^= change
    with pytest.raises(NotReadable):
        read(bytes(raw))
