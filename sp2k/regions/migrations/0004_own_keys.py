"""A region keeps a key of its own; the ministry's code beside it may change. Names are kept folded, to be found as typed."""

import django.db.models.deletion
from django.db import migrations, models

from sp2k.regions.folding import fold


def key_is_the_code_so_far(apps, schema_editor):
    Region = apps.get_model("regions", "Region")
    Region.objects.update(listed_code=models.F("code"))
    regions = list(Region.objects.only("code", "name"))
    for region in regions:
        region.folded = fold(region.name)[:120]
    Region.objects.bulk_update(regions, ["folded"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("regions", "0003_proposed_lists_and_former_names")]

    operations = [
        migrations.AlterField(
            "region", "code", models.CharField(max_length=13, primary_key=True, serialize=False, verbose_name="nomor tetap")
        ),
        migrations.AddField(
            "region", "listed_code", models.CharField(max_length=13, default="", verbose_name="kode menurut daftar"),
            preserve_default=False,
        ),
        migrations.AddField(
            "region", "folded", models.CharField(max_length=120, default="", verbose_name="nama untuk dicari"),
            preserve_default=False,
        ),
        migrations.RunPython(key_is_the_code_so_far, migrations.RunPython.noop),
        migrations.AddIndex("region", models.Index(fields=["listed_code"], name="regions_listed_code")),
        migrations.AddConstraint(
            "region",
            models.UniqueConstraint(
                condition=models.Q(ended_at=None), fields=["listed_code"], name="one_region_per_listed_code"
            ),
        ),
        migrations.CreateModel(
            name="FormerCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=13, verbose_name="kode")),
                ("until", models.DateTimeField(verbose_name="sampai")),
                ("basis", models.CharField(max_length=200, verbose_name="dasar")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="former_codes", to="regions.region"
                    ),
                ),
            ],
            options={"ordering": ["region", "-until"]},
        ),
        migrations.CreateModel(
            name="IdentityAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=13, verbose_name="kode pada daftar baru")),
                ("is_same", models.BooleanField(verbose_name="wilayah yang sama")),
                ("by", models.CharField(max_length=150, verbose_name="oleh")),
                ("at", models.DateTimeField(verbose_name="dijawab")),
                (
                    "proposed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="regions.proposedlist"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region",
                        verbose_name="wilayah",
                    ),
                ),
            ],
            options={
                "ordering": ["proposed", "region", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("proposed", "region", "code"), name="one_answer_per_pair")
                ],
            },
        ),
    ]
