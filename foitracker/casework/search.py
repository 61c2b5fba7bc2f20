"""How the words of cases are searched: without accents and apostrophes, so that “O’Brien” and “OBrien” are one word."""

from django.db import models

_ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŶŴàáâãäåçèéêëìíîïñòóôõöùúûüýÿŷŵ"
_PLAIN = "AAAAAACEEEEIIIINOOOOOUUUUYYWaaaaaaceeeeiiiinooooouuuuyyyw"
_APOSTROPHES = "'’‘ʼ`´"
_TABLE = str.maketrans(_ACCENTED, _PLAIN, _APOSTROPHES)


class SearchedText(models.Func):
    """A column as it is searched. PostgreSQL's `translate` may stand in a generated column; `unaccent` may not."""

    function = "translate"
    output_field = models.TextField()

    def __init__(self, column: str) -> None:
        super().__init__(column, models.Value(_ACCENTED + _APOSTROPHES), models.Value(_PLAIN))


def searched_text(text: str) -> str:
    """Return what somebody looks for as columns are searched: the same letters replaced, the same left out."""
    return text.translate(_TABLE)
