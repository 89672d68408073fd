"""What every test stands on: a data folder of its own, so that no test touches the data of this checkout."""

import pytest
from django.test import override_settings

from sp2k.demo.load import load_demonstration
from sp2k.editions.models import Edition


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory):
    """The folder that holds what the tests store; files are named by content, so sharing it is safe."""
    folder = tmp_path_factory.mktemp("data")
    with override_settings(DATA_DIR=folder, BLOB_DIR=folder / "berkas"):
        yield folder


@pytest.fixture(scope="session")
def demonstration(data_folder, django_db_setup, django_db_blocker):
    """The whole demonstration, loaded once; a test changes it in its own transaction, which is rolled back."""
    with django_db_blocker.unblock():
        load_demonstration()
        yield


@pytest.fixture
def jatim_2022(demonstration, db) -> Edition:
    """East Java 2022 as published."""
    return Edition.objects.select_related("region").get(code="jatim-2022")


@pytest.fixture
def jatim_2023(demonstration, db) -> Edition:
    """East Java 2023 in mid-course: the second morning of the presentations."""
    return Edition.objects.select_related("region").get(code="jatim-2023")


def pytest_collection_modifyitems(items):
    """Tests on the loaded demonstration come last: until then every test finds an empty database."""
    items.sort(key=lambda item: "demonstration" in getattr(item, "fixturenames", ()))
