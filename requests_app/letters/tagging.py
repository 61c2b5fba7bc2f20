"""What PDF readers use and the printing library leaves out of the tag tree."""

from typing import Any

_SCOPES = {"/THead": "/Column", "/TBody": "/Row"}


def complete_tags(_document: Any, pdf: Any) -> None:
    """This function will give every table header its scope (PDF/UA-1 clause 7.5, ISO 32000-1 table 349).

    In a letter a header cell in the head of a table heads its column, one in the body its row. `pdf` is the
    file about to be written.
    """
    candidates: list[Any] = [entry for entry in pdf.objects if isinstance(entry, dict)]
    elements = {entry.reference: entry for entry in candidates if entry.get("Type") == "/StructElem"}
    for element in elements.values():
        if element["S"] == "/TH":
            row = elements[element["P"]]
            group = elements[row["P"]]
            element["A"]["Scope"] = _SCOPES[group["S"]]
