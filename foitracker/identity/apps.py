from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "foitracker.identity"
    default_auto_field = "django.db.models.BigAutoField"
