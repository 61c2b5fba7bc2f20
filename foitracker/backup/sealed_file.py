"""A stream in pieces, each encrypted and numbered, so that a wrong key, a cut, a swap or a changed byte is found.

The file is a mark, a salt and pieces. A piece is its length and AES-256-GCM of at most a mebibyte; its nonce is its
number and whether it is the last (the STREAM construction), so no piece can be left out, moved or put at the end. The
key of a file is made of BACKUP_KEY and the salt (HKDF-SHA256).
"""

import os
import struct
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_MARK = b"foitracker backup 1\n"
_SALT = 16
_TAG = 16
PIECE = 1024 * 1024


class NotReadable(Exception):
    """The file is no back-up, was altered or cut, or was made with another key; the message says which."""


class Sealer:
    """Writes one encrypted file, piece by piece. `finish` has to be called: without it the file counts as cut."""

    def __init__(self, file: IO[bytes], key: str) -> None:
        salt = os.urandom(_SALT)
        self._file, self._cipher, self._number = file, _cipher(key, salt), 0
        self._waiting = b""
        file.write(_MARK + salt)

    def write(self, data: bytes) -> None:
        """Add bytes; a whole piece is written as soon as more is known to follow."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(self._waiting[:PIECE], is_last=False)
            self._waiting = self._waiting[PIECE:]

    def write_piece(self, data: bytes) -> None:
        """Write a short beginning as a piece of its own."""
        self._put(data, is_last=False)

    def finish(self) -> None:
        """Write the last piece."""
        self._put(self._waiting, is_last=True)

    def _put(self, data: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, is_last=is_last), data, None)
        self._file.write(struct.pack(">I", len(sealed)) + sealed)
        self._number += 1


def opened(file: IO[bytes], key: str) -> Iterator[bytes]:
    """Yield the pieces of an encrypted file, each checked. Raises NotReadable."""
    start = file.read(len(_MARK) + _SALT)
    if len(start) < len(_MARK) + _SALT or not start.startswith(_MARK):
        raise NotReadable("It is not a back-up of this tracker.")
    cipher, number, is_last = _cipher(key, start[len(_MARK) :]), 0, False
    while not is_last:
        sealed = _next_piece(file)
        is_last = not file.peek(1)[:1]  # type: ignore[attr-defined]
        try:
            yield cipher.decrypt(_nonce(number, is_last=is_last), sealed, None)
        except InvalidTag:
            raise NotReadable(
                "BACKUP_KEY is not the key it was made with, or its beginning was altered."
                if number == 0
                else f"It was cut or altered: piece {number + 1} is not what was written."
            ) from None
        number += 1


def _next_piece(file: IO[bytes]) -> bytes:
    head = file.read(4)
    length = struct.unpack(">I", head)[0] if len(head) == 4 else 0
    sealed = file.read(length) if _TAG <= length <= PIECE + _TAG else b""
    if not sealed or len(sealed) < length:
        raise NotReadable("It was cut or altered: it ends in the middle of a piece.")
    return sealed


def _cipher(key: str, salt: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"foitracker backup").derive(key.encode())
    return AESGCM(derived)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return struct.pack(">QI", number, int(is_last))
