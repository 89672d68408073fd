"""Reads the reference cases: data and numbers as they stand in the files, never typed again."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
REFS = Path(__file__).parent / "refs"
# Cases whose licence forbids a copy lie beside the checkout.
OUTSIDE = Path(os.environ.get("SP2K_REFS") or ROOT.parent / "shared" / "refs")


def numbers(name: str, folder: Path = REFS) -> dict:
    """Read the reference numbers of a case."""
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


def rows(name: str, folder: Path = REFS) -> list[dict[str, str]]:
    """Read a CSV as one dictionary a line."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str, columns: list[str] | None = None, folder: Path = REFS) -> np.ndarray:
    """Read columns of a CSV (all by default) as numbers; NA and empty are NaN."""
    lines = rows(name, folder)
    wanted = columns or list(lines[0])
    return np.array([[float("nan") if line[c] in ("NA", "") else float(line[c]) for c in wanted] for line in lines])


def codes(lines: list[dict[str, str]], column: str) -> np.ndarray:
    """Number the labels of a column in order of first appearance."""
    seen = {}
    return np.array([seen.setdefault(line[column], len(seen)) for line in lines])


def outside(name: str) -> Path:
    """Return the folder of a case that may not be copied, or skip the test with the reason."""
    if not (OUTSIDE / f"{name}.json").exists():
        pytest.skip(f"{name} tidak boleh disalin dan tidak ada di folder SP2K_REFS atau ../shared/refs")
    return OUTSIDE
