from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "requests_app"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "FOI requests"

    def ready(self) -> None:
        """Give the ground floor, which knows no request, the words of the trail and the dates that it moves."""
        from foitracker.working_days import followers
        from requests_app.queries.due_dates import effect_of, moved_by_changes, requests_behind
        from requests_app.templatetags.timeline_tags import add_words

        add_words()
        followers.register(
            followers.Followers(
                behind=requests_behind,
                effect_of=effect_of,
                moved_by=moved_by_changes,
                recompute_task="requests_app.tasks.recompute_due_dates",
            )
        )
