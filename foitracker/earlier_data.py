"""Data of another version of the tracker: refused whole, never migrated half."""

from django.db import connections
from django.db.migrations.loader import MigrationLoader


class EarlierData(Exception):
    """The database was made by a version whose migrations this one does not have; the message says what to do."""


def check_database(alias: str = "default") -> None:
    """Raise EarlierData when the database holds migrations of our apps that this version does not know.

    Such a database can be neither used nor migrated: its tables are those of another version. Nothing is changed.
    """
    loader = MigrationLoader(connections[alias], ignore_no_migrations=True)
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    ours = [f"{app}.{name}" for app, name in unknown if app in loader.migrated_apps]
    if ours:
        raise EarlierData(
            f"This database was made by another version of the tracker (it has {ours[0]}, which this version does "
            "not), and cannot be carried over. Nothing was changed. Go back to that version, or begin with an empty "
            "database: move the data folder away (.data, or where FOITRACKER_DATA_DIR says), or name another "
            "database in DATABASE_URL."
        )
