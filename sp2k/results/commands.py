"""`sp2k tally`: a count from two files, without a database."""

import sys
from pathlib import Path

import click

from sp2k.results.files import count_file, read_rules_file, write_all
from sp2k.results.workbook.writing import MOST_MARKS, n_marks, workbook_of
from sp2k.tally.count import Count
from sp2k.tally.explanation import explanation_lines
from sp2k.tally.tables import SAMPLE_LINE, places_lines
from sp2k.tally.trace import trace_lines


@click.command()
@click.argument("rules", metavar="RULES.yaml", type=click.Path(path_type=Path))
@click.argument("sheets", metavar="SHEETS", type=click.Path(path_type=Path))
@click.option("--out", "folder", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder hasil.")
@click.option("--no-xlsx", is_flag=True, help="Jangan tulis hitung.xlsx.")
def tally(rules: Path, sheets: Path, folder: Path, no_xlsx: bool):
    """Hitung tempat dari berkas aturan dan berkas lembar (CSV atau XLSX).

    Menulis ke dalam DIR: places.csv (tempat setiap peserta), jejak.csv (setiap langkah dari nilai ke tempat),
    penjelasan.md (hal yang sama dalam kalimat), dan hitung.xlsx (lembar kerja dengan rumus hidup).

    Seri di batas kuota bukan kesalahan berkas: semuanya tetap ditulis, mereka yang seri ditandai "seri di batas"
    dan tidak diloloskan, ringkasan mengatakannya, dan kode keluar tetap 0. Kode keluar 2 berarti masukan salah dan
    tidak ada yang ditulis.
    """
    stage = read_rules_file(rules)
    with click.progressbar(
        length=_size_of(sheets), label=f"Membaca {sheets.name}", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        result = count_file(stage, sheets, progress=bar.update)
    tables = {
        "places.csv": places_lines(result), "jejak.csv": trace_lines(result), "penjelasan.md": explanation_lines(result)
    }  # fmt: skip
    is_too_large = n_marks(result) > MOST_MARKS
    if not (no_xlsx or is_too_large):
        tables["hitung.xlsx"] = workbook_of(result)
    write_all(folder, tables)
    click.echo(summary(result))
    if is_too_large and not no_xlsx:
        click.echo(f"hitung.xlsx tidak ditulis: {n_marks(result)} nilai, lebih dari {MOST_MARKS}.")
    click.echo(f"Ditulis ke {folder}: {', '.join(tables)}")


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def summary(result: Count) -> str:
    """Return what was counted in a few Indonesian lines; a tie across a cut stands last and in capitals."""
    rules = result.rules
    lines = [SAMPLE_LINE.strip()] if rules.is_sample else []
    unplaced = len(result.results) - result.n_placed
    entries = f"{len(result.results)} peserta, {result.n_placed} mendapat tempat"
    if unplaced:
        entries += f", {unplaced} tanpa tempat (alasannya di kolom keterangan)"
    lines += [f"{rules.name} ({rules.edition}): {entries}.", f"{result.n_sheets} lembar dihitung."]
    if rules.quota is not None:
        lines.append(f"{result.n_through} lolos.")
    if result.cut_ties:
        lines.append(f"PERHATIAN, BELUM DIPUTUS SIAPA YANG LOLOS. {result.why_through_is_undecided}")
    return "\n".join(lines)
