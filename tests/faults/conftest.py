"""What stands on stderr while a test runs."""

import io
import logging

import pytest


@pytest.fixture
def noted():
    """The text that the server would have written to stderr of its faults."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logger = logging.getLogger("sp2k.faults")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)
