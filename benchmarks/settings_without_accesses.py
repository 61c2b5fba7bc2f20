"""The settings as they are, but nothing records what is opened: what `access_cost` compares with."""

from foitracker.settings import *  # noqa: F403
from foitracker.settings import MIDDLEWARE as ALL

MIDDLEWARE = [name for name in ALL if not name.endswith(".RecordAccesses")]
