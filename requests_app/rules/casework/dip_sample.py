"""Which letters are in a dip sample: a draw that a seed decides, and that can be made again from it.

Each letter has a rank, the SHA-256 of the seed and its number. The letters that rank first are drawn: of each officer
the first, and then the first of all the others until the sample is full. Neither the order in which the letters are
given nor the version of Python matters, so a draw can be checked years later.
"""

from collections.abc import Mapping
from hashlib import sha256

#: What is sampled when nobody says otherwise, in per cent.
USUAL_SHARE = 10


def sample_size(population: int, *, share: int | None = None, number: int | None = None) -> int:
    """Return how many letters of so many are sampled: a share in per cent, rounded up, or a number.

    Never more than there are. Of any letters at all at least one is sampled.
    """
    if number is not None:
        return min(number, population)
    return -(-population * (USUAL_SHARE if share is None else share) // 100)


def draw(officers: Mapping[int, int], size: int, seed: str) -> list[int]:
    """Return the letters drawn, in order of their numbers; `officers` gives by letter whose answer it is.

    At least one of every officer who has a letter is drawn, also where the sample then grows beyond `size`.
    """
    ranked = sorted(officers, key=lambda letter: (sha256(f"{seed}:{letter}".encode()).digest(), letter))
    first_of_each = {officers[letter]: letter for letter in reversed(ranked)}
    drawn = set(first_of_each.values())
    for letter in ranked:
        if len(drawn) >= size:
            break
        drawn.add(letter)
    return sorted(drawn)
