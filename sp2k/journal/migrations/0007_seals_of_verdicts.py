from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0006_noted_chains")]

    operations = [
        migrations.AddField("chaincheck", "seal", models.CharField(max_length=64, null=True, verbose_name="segel putusan")),
    ]
