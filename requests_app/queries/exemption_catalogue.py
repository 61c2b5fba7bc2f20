"""The law's data files, read once and kept: exemptions, designated functions, notices."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from requests_app.rules.exemptions.catalogue import Catalogue
from requests_app.rules.exemptions.designated_functions import DesignatedFunction
from requests_app.rules.letters.notice_elements import RefusalElements


@lru_cache(maxsize=1)
def exemption_catalogue() -> Catalogue:
    """Return the exemptions of Part II (FOIA ss.21 to 44). Raises CatalogueError."""
    return Catalogue.parse(_read("exemptions.json")["exemptions"])


@lru_cache(maxsize=1)
def refusal_elements() -> RefusalElements:
    """Return what each kind of notice has to contain (FOIA s.17; EIR reg 14)."""
    return RefusalElements.parse(_read("refusal_elements.json")["types"])


@lru_cache(maxsize=1)
def designated_functions() -> tuple[DesignatedFunction, ...]:
    """Return the functions the duty is limited to (SI 2018/1212 art 2; FOIA s.7(5))."""
    return tuple(DesignatedFunction(**entry) for entry in _read("designated_functions.json")["functions"])


def _read(name: str) -> Any:
    return json.loads(files("requests_app.data").joinpath(name).read_text(encoding="utf-8"))
