"""An edition stands on the list of regions that was in force when it was opened."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_opened(apps, schema_editor):
    Edition, Region = apps.get_model("editions", "Edition"), apps.get_model("regions", "Region")
    at = Region.objects.filter(pk=OuterRef("region")).values("source__imported_at")
    Edition.objects.update(regions_at=Subquery(at))


class Migration(migrations.Migration):
    dependencies = [("editions", "0003_drafts_and_moves"), ("regions", "0003_proposed_lists_and_former_names")]

    operations = [
        migrations.AddField("edition", "regions_at", models.DateTimeField(null=True, verbose_name="daftar wilayah per")),
        migrations.RunPython(as_opened, migrations.RunPython.noop),
        migrations.AlterField("edition", "regions_at", models.DateTimeField(verbose_name="daftar wilayah per")),
    ]
