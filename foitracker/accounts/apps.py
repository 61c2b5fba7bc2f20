from django.apps import AppConfig
from django.core import checks


class AccountsConfig(AppConfig):
    name = "foitracker.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foitracker.audit.events import register
        from foitracker.mail import kinds

        from . import demonstration, events, operations, sign_in_records

        register(events.EVENTS)
        kinds.register(operations.PASSWORD_LINK)
        sign_in_records.connect()
        checks.register(
            demonstration.check_no_demonstration_account_in_production,
            checks.Tags.security,
            checks.Tags.database,
        )
