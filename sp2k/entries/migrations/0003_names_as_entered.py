"""An entry keeps the names it entered with."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_called_now(apps, schema_editor):
    Entry, Region = apps.get_model("entries", "Entry"), apps.get_model("regions", "Region")
    region = Region.objects.filter(pk=OuterRef("region"))
    Entry.objects.update(
        name=Subquery(region.values("name")), regency_name=Subquery(region.values("parent__name"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("entries", "0002_rooms_for_every_role"), ("regions", "0003_proposed_lists_and_former_names"),
    ]

    operations = [
        migrations.AddField("entry", "name", models.CharField(default="", max_length=120, verbose_name="nama saat masuk")),
        migrations.AddField(
            "entry", "regency_name",
            models.CharField(default="", max_length=120, verbose_name="kabupaten/kota saat masuk"),
        ),
        migrations.RunPython(as_called_now, migrations.RunPython.noop),
        migrations.AlterField("entry", "name", models.CharField(max_length=120, verbose_name="nama saat masuk")),
        migrations.AlterField(
            "entry", "regency_name", models.CharField(max_length=120, verbose_name="kabupaten/kota saat masuk")
        ),
    ]
