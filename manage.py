#!/usr/bin/env python
"""Administrative commands. Without DATABASE_URL or REDIS_URL they use the embedded services."""

import os
import sys

from django.core.management import execute_from_command_line

from foitracker import embedded

# Commands that read no data: they must work where no service can be started, for instance in an image build.
WITHOUT_SERVICES = {
    "help",
    "version",
    "check",
    "collectstatic",
    "findstatic",
    "makemigrations",
    "sqlmigrate",
    "startapp",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foitracker.settings")
    os.environ.setdefault("FOITRACKER_MODE", "local")
    arguments = sys.argv[1:]
    asks_for_help = not arguments or {"-h", "--help", "--version"} & set(arguments)
    if not asks_for_help and (arguments[0] not in WITHOUT_SERVICES or "--database" in arguments):
        try:
            embedded.use(two_roles=True)
        except embedded.EmbeddedServiceError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
