from django.apps import AppConfig
from django.core import checks


class AccountsConfig(AppConfig):
    name = "foitracker.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import demonstration, sign_in_records

        sign_in_records.connect()
        checks.register(
            demonstration.check_no_demonstration_account_in_production,
            checks.Tags.security,
            checks.Tags.database,
        )
