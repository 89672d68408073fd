"""Room for a newer list: what a region was called, since when it is listed, and until when."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def listed_with_its_list(apps, schema_editor):
    Region, RegionList = apps.get_model("regions", "Region"), apps.get_model("regions", "RegionList")
    at = RegionList.objects.filter(pk=OuterRef("source")).values("imported_at")
    Region.objects.update(listed_at=Subquery(at))


class Migration(migrations.Migration):
    dependencies = [("base", "0002_rooms_for_every_role"), ("regions", "0001_initial")]

    operations = [
        migrations.AddField("region", "listed_at", models.DateTimeField(null=True, verbose_name="berlaku sejak")),
        migrations.RunPython(listed_with_its_list, migrations.RunPython.noop),
        migrations.AlterField("region", "listed_at", models.DateTimeField(verbose_name="berlaku sejak")),
        migrations.AddField(
            "region", "ended_at", models.DateTimeField(null=True, verbose_name="tidak lagi tercantum sejak")
        ),
        migrations.AddField(
            "region", "followed_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="forerunners", to="regions.region",
                verbose_name="dilanjutkan oleh",
            ),
        ),
    ]
