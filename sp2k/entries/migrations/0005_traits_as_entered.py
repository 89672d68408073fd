"""An entry keeps what it was when it entered: in a kabupaten or a kota, with desa or without (decision 0023)."""

from django.db import migrations, models


def as_of_its_regency(apps, schema_editor):
    Entry = apps.get_model("entries", "Entry")
    for kind, traits in (("kabupaten", ["ada_desa", "kabupaten"]), ("kota", ["kota"])):
        Entry.objects.filter(region__parent__level=kind).update(traits=traits)


class Migration(migrations.Migration):
    dependencies = [("entries", "0004_check_drafts")]

    operations = [
        migrations.AddField("entry", "traits", models.JSONField(default=list, verbose_name="sifat saat masuk")),
        migrations.RunPython(as_of_its_regency, migrations.RunPython.noop),
    ]
