"""Triggers by which PostgreSQL itself keeps rows from being changed or removed."""

import pgtrigger


def append_only(table: str) -> list[pgtrigger.Trigger]:
    """Return triggers for a model's Meta: rows of `table` (a short name) are written once and stay."""
    return [
        pgtrigger.Protect(name=f"{table}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        never_emptied(table),
    ]


def never_emptied(table: str) -> pgtrigger.Trigger:
    """Return a trigger that refuses TRUNCATE, which fires no row trigger."""
    return pgtrigger.Trigger(
        name=f"{table}_never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate table %', TG_TABLE_NAME;",
    )
