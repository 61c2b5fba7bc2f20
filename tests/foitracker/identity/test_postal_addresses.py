"""Addresses of people are found as they are written; roads, places and offices in a request are left alone."""

import pytest

from foitracker.identity.contact_details import find_postcodes
from foitracker.identity.postal_addresses import find_lines_above, find_streets, is_named_place


def streets(text: str) -> list[str]:
    return [text[start:end] for start, end in find_streets(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at 14 Marine Parade, Fleetwood", "14 Marine Parade, Fleetwood"),
        ("at 14 Marine Parade, Fleetwood FY7 6ZZ", "14 Marine Parade, Fleetwood"),
        ("at 3 Castle Square.", "3 Castle Square"),
        ("at 12 The Green, Fernhollow", "12 The Green, Fernhollow"),
        ("at 9 Harbour View\nFernhollow", "9 Harbour View"),
        ("at 7 St Botolph's Approach, ", "7 St Botolph's Approach"),
        ("at 2 Bank Esplanade, Larkspur on Sea", "2 Bank Esplanade, Larkspur on Sea"),
        ("at 14-16 Orchard Mews", "14-16 Orchard Mews"),
        ("at 8 Larch St., Fernhollow", "8 Larch St., Fernhollow"),
        ("at 3 Ffordd Bangor", "3 Ffordd Bangor"),
        ("at Flat 6, Marine Court, Fernhollow", "Flat 6, Marine Court, Fernhollow"),
        ("at Rose Cottage, Mill Lane, Fernhollow", "Rose Cottage, Mill Lane, Fernhollow"),
        ("I live in Orchard Mews and", "Orchard Mews"),
        ("PO Box 481, Fernhollow", "PO Box 481, Fernhollow"),
    ],
)
def test_an_address_is_found_with_its_town(text: str, found: str) -> None:
    assert streets(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "burglaries in Castle Square, Marine Parade and The Green",
        "officers at 20 Hyde Park protests",
        "in the 30 mph zone of Harebell Way",
        "3 Larkspur Police Stations, Fernhollow",
        "in 2023 Marine Parade was closed",
        "s.12 Larkspur View, 24 hours in Custody Court",
        "I live in hope. I live in the county.",
    ],
)
def test_a_place_is_no_address(text: str) -> None:
    assert streets(text) == []


def lines_above(text: str) -> list[str]:
    return [text[start:end] for start, end in find_lines_above(text, list(find_postcodes(text)))]


def test_the_lines_above_a_postcode_belong_to_it() -> None:
    assert lines_above("Write to\n> Rose Cottage\n> Mill Lane\n> Fernhollow ZZ4 7QT\nthank you") == [
        "Rose Cottage\n> Mill Lane\n> Fernhollow ZZ4 7QT"
    ]
    assert lines_above("Please write\nto ZZ4 7QT") == []
    assert lines_above("Larkspur Police\nZZ4 7QT") == []
    assert lines_above("How many?\nZZ4 7QT") == []


def test_a_street_or_house_is_known_without_its_number() -> None:
    assert is_named_place("Marine Parade")
    assert is_named_place("Heol y Bont")
    assert not is_named_place("Perpetua Lowmoor")
