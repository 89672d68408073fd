"""Thousands of refusals are expected here; nobody reads a log line of each."""

import logging

import pytest


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
