from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    """Installed outside production only: its command fills an empty database with made-up cases."""

    name = "benchmarks"
