from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "foitracker.statistics"
    default_auto_field = "django.db.models.BigAutoField"
