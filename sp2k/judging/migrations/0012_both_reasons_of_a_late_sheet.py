"""Who proposed a late sheet and who refused it each had one place for a reason: now each has its own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def move_proposals(apps, schema_editor):
    """The reason of a sheet that was not refused is its proposal's; of one that was, the proposal's was overwritten."""
    rows = apps.get_model("judging", "LateSheet").objects.exclude(decision="ditolak")
    rows.update(proposal_reason=models.F("decision_reason"))
    rows.update(decision_reason="")


def move_back(apps, schema_editor):
    rows = apps.get_model("judging", "LateSheet").objects.exclude(decision="ditolak")
    rows.update(decision_reason=models.F("proposal_reason"))


class Migration(migrations.Migration):

    dependencies = [
        ('judging', '0011_who_voided_and_drafts_given_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='latesheet',
            name='proposal_reason',
            field=models.TextField(blank=True, default='', verbose_name='alasan usul'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='latesheet',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='diputus oleh'),
        ),
        migrations.RunPython(move_proposals, move_back),
    ]
