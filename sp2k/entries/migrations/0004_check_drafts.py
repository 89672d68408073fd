"""What a verifier ticks and writes is kept while looking."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entries', '0003_names_as_entered'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checks', models.JSONField(default=dict, verbose_name='temuan')),
                ('reason', models.TextField(blank=True, verbose_name='alasan pengembalian')),
                ('updated_at', models.DateTimeField(verbose_name='disimpan')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='oleh')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_drafts', to='entries.form')),
            ],
            options={
                'ordering': ['form', 'updated_at'],
                'constraints': [models.UniqueConstraint(fields=('form', 'by'), name='one_check_draft_per_verifier')],
            },
        ),
    ]
