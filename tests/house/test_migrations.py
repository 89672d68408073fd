"""The migrations say what the models say."""

import re

import pytest
from django.core.management import call_command

from tests.house.project import SOURCE


@pytest.mark.django_db
def test_no_model_waits_for_a_migration(capsys):
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


def test_migrations_of_an_app_form_one_numbered_line():
    for folder in sorted(SOURCE.glob("*/migrations")):
        names = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
        numbers = [int(re.match(r"\d{4}", name).group()) for name in names]
        assert numbers == list(range(1, len(names) + 1)), f"{folder.parent.name}: {names}"
