import django.core.serializers.json
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField(help_text="When the database wrote it.")),
                (
                    "at",
                    models.DateTimeField(
                        help_text="When the act happened; earlier than recorded_at for a late entry."
                    ),
                ),
                ("kind", models.CharField(choices=[("act", "Act"), ("look", "Look")], max_length=4)),
                ("act", models.SlugField(db_index=False, max_length=60)),
                (
                    "subject",
                    models.CharField(
                        blank=True, help_text="What it was about, such as 2253/2025.", max_length=100
                    ),
                ),
                (
                    "detail",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        help_text="Facts. Never who the applicant is.",
                    ),
                ),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        help_text="Nobody: the system acted by itself, or the person is unknown.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "ordering": ["-sequence"],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_head")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="head",
            trigger=pgtrigger.compiler.Trigger(
                name="head_moves_by_one",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.sequence <> OLD.sequence + 1)",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="559a999131b41423f471ae38074b5d2d6fca0e01",
                    operation="UPDATE",
                    pgid="pgtrigger_head_moves_by_one_1f33f",
                    table="audit_head",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="head",
            trigger=pgtrigger.compiler.Trigger(
                name="head_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="eac37da06c034919add6a56434a3d481986dd9be",
                    operation="DELETE",
                    pgid="pgtrigger_head_stays_b0ade",
                    table="audit_head",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="head",
            trigger=pgtrigger.compiler.Trigger(
                name="head_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate table %', TG_TABLE_NAME;",
                    hash="e0057ad170b1be913133f127804a2d8fb9a363ce",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_head_never_emptied_ca2b8",
                    table="audit_head",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["subject", "sequence"], name="entry_subject_idx"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["actor", "sequence"], name="entry_actor_idx"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["act", "sequence"], name="entry_act_idx"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["recorded_at"], name="entry_recorded_at_idx"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["act", "look"])), name="entry_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__regex", "^[a-z][a-z0-9_]*$")), name="entry_act_is_slug"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("sequence__gte", 1)), name="entry_sequence_positive"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="entry_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="77a36a6359cf9485348899afec195f5e20fddbaa",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_entry_append_only_04ad0",
                    table="audit_entry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="entry_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot truncate table %', TG_TABLE_NAME;",
                    hash="312916a3f7c6cd22f4f67b6d6fdb584b9421b309",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_entry_never_emptied_52377",
                    table="audit_entry",
                    when="BEFORE",
                ),
            ),
        ),
    ]
