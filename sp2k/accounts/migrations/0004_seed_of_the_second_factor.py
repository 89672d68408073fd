from django.db import migrations, models


def take_off_what_was_kept_plain(apps, schema_editor):
    """A secret kept as it is cannot become a seed that gives the same codes: such a factor is set anew by its owner."""
    users = apps.get_model("accounts", "User").objects.exclude(totp_seed="")
    users.update(totp_seed="", totp_confirmed_at=None, totp_last_step=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_second_factor_rules")]

    operations = [
        migrations.RenameField("user", "totp_secret", "totp_seed"),
        migrations.AlterField(
            "user", "totp_seed", models.CharField("benih kunci faktor kedua", max_length=64, blank=True)
        ),
        migrations.RunPython(take_off_what_was_kept_plain, migrations.RunPython.noop),
    ]
