"""The applicant's words as they came. Whoever shows what this returns checks the role and records the access."""

from requests_app.models import FoiRequest, Masking, SealedWords


def sealed_words_of(case: FoiRequest) -> list[SealedWords]:
    """Return the words of a request and of the answers to clarifications, as they came, with their maskings."""
    found = SealedWords.objects.filter(foi_request=case)
    return list(found.select_related("clarification").prefetch_related("maskings").order_by("id"))


def maskings_in_force(sealed: SealedWords) -> list[Masking]:
    """Return what is masked in the copy of sealed words, in the order it stands there."""
    return [one for one in sealed.maskings.all() if one.lifted_at is None]
