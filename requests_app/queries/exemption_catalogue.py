"""The law's data files: exemptions, designated functions and notices, read once and kept; regulators."""

import json
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from requests_app.models import Authority
from requests_app.rules.casework.authority_kind import AuthorityKind
from requests_app.rules.exemptions.catalogue import Catalogue
from requests_app.rules.exemptions.catalogue_data import parse_catalogue
from requests_app.rules.exemptions.designated_functions import DesignatedFunction, Designation
from requests_app.rules.letters.notice_elements import RefusalElements


@lru_cache(maxsize=len(AuthorityKind))
def exemption_catalogue(kind: AuthorityKind = AuthorityKind.OTHER) -> Catalogue:
    """Return the exemptions of Part II (FOIA ss.21 to 44) as they are for a kind of authority. Raises CatalogueError.

    For references alone any kind will do: the limbs are the same.
    """
    return parse_catalogue(_read("exemptions.json"), kind, _read("security_bodies.json")["bodies"])


def our_catalogue() -> Catalogue:
    """Return the catalogue as it is for the authority that answers, in one query: what it can rely on, and how."""
    kind = Authority.objects.values_list("kind", flat=True).first()
    return exemption_catalogue(AuthorityKind(kind)) if kind else exemption_catalogue()


@lru_cache(maxsize=1)
def refusal_elements() -> RefusalElements:
    """Return what each kind of notice has to contain (FOIA s.17; EIR reg 14)."""
    return RefusalElements.parse(_read("refusal_elements.json")["types"])


@lru_cache(maxsize=1)
def designation() -> Designation:
    """Return the order that designates the authority, and the functions the duty is limited to (FOIA s.7(5))."""
    data = _read("designated_functions.json")
    return Designation(data["order"], tuple(DesignatedFunction(**entry) for entry in data["functions"]))


def designated_functions() -> tuple[DesignatedFunction, ...]:
    """Return the functions the duty is limited to (SI 2018/1212 art 2(1); FOIA s.7(5))."""
    return designation().functions


def shipped_regulators() -> list[dict[str, Any]]:
    """Return the regulators the software is shipped with, as columns of `Regulator`, the earliest first."""
    return [
        {
            **row,
            "from_date": date.fromisoformat(row["from_date"]),
            "address_confirmed_on": row["address_confirmed_on"]
            and date.fromisoformat(row["address_confirmed_on"]),
        }
        for row in _read("regulators.json")["regulators"]
    ]


def _read(name: str) -> Any:
    return json.loads(files("requests_app.data").joinpath(name).read_text(encoding="utf-8"))
