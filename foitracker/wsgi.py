import os

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foitracker.settings")

application = get_wsgi_application()

if settings.IN_PRODUCTION:
    # Refuses to serve with a demonstration account or another error of configuration.
    call_command("check", databases=["default"])
