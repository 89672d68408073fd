"""A line of version 2 commits to the act it tells of: its number and both nonces stay in the private record.

The columns are nullable, since lines of version 1 have none; so SQLite adds them without building the table anew, which
would drop the triggers that refuse changes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_no_replacement")]
    operations = [
        migrations.AddField("line", "op_id", models.UUIDField(null=True, verbose_name="nomor tindakan")),
        migrations.AddField(
            "line", "device_nonce", models.CharField(max_length=64, null=True, verbose_name="garam perangkat")
        ),
        migrations.AddField(
            "line", "server_nonce", models.CharField(max_length=64, null=True, verbose_name="garam server")
        ),
    ]
