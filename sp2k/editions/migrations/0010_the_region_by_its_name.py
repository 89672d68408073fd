from django.db import migrations, models


def as_it_stands(apps, _editor):
    """What an edition that was decided calls its region is what the region was called then."""
    former = apps.get_model("regions", "FormerName").objects
    decided = dict(apps.get_model("results", "Decision").objects.values_list("edition", "at"))
    for edition in apps.get_model("editions", "Edition").objects.select_related("region"):
        at = decided.get(edition.pk) or edition.published_at
        was = former.filter(region=edition.region, until__gt=at).order_by("until").first() if at else None
        edition.region_name = was.name if was else edition.region.name
        edition.save(update_fields=["region_name"])


class Migration(migrations.Migration):

    dependencies = [
        ('editions', '0009_editions_called_alike'),
        ('regions', '0003_proposed_lists_and_former_names'),
        ('results', '0004_ties_ruled'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='region_name',
            field=models.CharField(default='', max_length=120, verbose_name='nama wilayah'),
            preserve_default=False,
        ),
        migrations.RunPython(as_it_stands, migrations.RunPython.noop),
    ]
