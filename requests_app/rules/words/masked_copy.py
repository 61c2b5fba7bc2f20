"""The copy of the applicant's words in which what tells who asks is masked, and what is made from that copy."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import takewhile
from operator import itemgetter

#: Where something is masked: from a place in the words as they came, up to another.
Stretch = tuple[int, int]

MASK = "****"
_MASKS = re.compile(r"\*{4}")
_SPACE = re.compile(r"\s+")


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return the stretches in order, those that touch or overlap made one."""
    found: list[Stretch] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def masked_copy(words: str, stretches: Iterable[Stretch]) -> str:
    """Return `words` with `****` in place of every stretch."""
    parts, place = [], 0
    for start, end in joined(stretches):
        parts += [words[place:start], MASK]
        place = end
    return "".join([*parts, words[place:]])


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern that finds any of `phrases` whole, however it is spaced and whatever its capitals.

    None when nothing is to be found.
    """
    written = {_SPACE.sub(" ", phrase).strip() for phrase in phrases}
    ways = [
        r"\s+".join(map(re.escape, phrase.split()))
        for phrase in sorted(written, key=len, reverse=True)
        if phrase
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE) if ways else None


def places_of(phrases: Iterable[str], words: str) -> list[Stretch]:
    """Return where any of `phrases` stands in `words`."""
    pattern = phrase_pattern(phrases)
    return [match.span() for match in pattern.finditer(words)] if pattern else []


def with_phrases_masked(text: str, phrases: Iterable[str]) -> str:
    """Return `text` with `****` in place of every one of `phrases`."""
    return masked_copy(text, places_of(phrases, text))


def copied_again(fragment: str, words: str, before: Sequence[Stretch], after: Sequence[Stretch]) -> str:
    """Return a fragment of the masked copy, such as an item, as it reads with the maskings `after` instead.

    `words` are the words as they came; `before` the maskings that the fragment was copied under. A fragment that has
    been rewritten since, so that it is no longer found in the copy, stays as it is. Spaces do not count.
    """
    masks = joined(before)
    still = joined(after)
    bare, origins = _without_space(words, masks)
    wanted = _SPACE.sub("", fragment)
    at = bare.find(wanted) if wanted else -1
    if at < 0:
        return fragment
    inside = [masks[origin] for origin in _mask_numbers(origins[at : at + len(wanted)])]
    if len(inside) != len(_MASKS.findall(fragment)):
        return fragment
    shown = iter(_SPACE.sub(" ", _reads_now(words, mask, still)) for mask in inside)
    return _MASKS.sub(lambda _: next(shown), fragment)


def _without_space(words: str, masks: Sequence[Stretch]) -> tuple[str, list[int]]:
    """The masked copy without spaces, and for each character the number of its mask; -1 outside of masks."""
    characters: list[str] = []
    origins: list[int] = []
    place = 0
    for number, (start, end) in enumerate([*masks, (len(words), len(words))]):
        plain = _SPACE.sub("", words[place:start])
        characters.append(plain)
        origins += [-1] * len(plain)
        if number < len(masks):
            characters.append(MASK)
            origins += [number] * len(MASK)
        place = end
    return "".join(characters), origins


def _mask_numbers(origins: Sequence[int]) -> list[int]:
    return list(dict.fromkeys(number for number in origins if number >= 0))


def _reads_now(words: str, stretch: Stretch, still: Sequence[Stretch]) -> str:
    """What of a stretch is to be read under the maskings `still`, which are in order and apart."""
    start, end = stretch
    first = bisect_right(still, start, key=itemgetter(1))
    overlapping = takewhile(lambda one: one[0] < end, (still[at] for at in range(first, len(still))))
    inside = [(max(start, one), min(end, other)) for one, other in overlapping]
    return masked_copy(words[start:end], [(one - start, other - start) for one, other in inside])
