"""What every test stands on: a data folder of its own, so that no test touches the data of this checkout."""

import pytest
from django.test import override_settings


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory):
    """The folder that holds what the tests store; files are named by content, so sharing it is safe."""
    folder = tmp_path_factory.mktemp("data")
    with override_settings(DATA_DIR=folder, BLOB_DIR=folder / "berkas"):
        yield folder
