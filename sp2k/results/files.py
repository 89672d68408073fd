"""Reading a stage's rules and sheets from files, and writing a count's tables: all of them or none."""

import codecs
import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sp2k.base.exactyaml import YamlError, load
from sp2k.base.refusals import BadInput
from sp2k.base.typed import spelled_cell
from sp2k.results.workbook.marks import MarkRows
from sp2k.tally.count import Count, count
from sp2k.tally.sheets import Mark, MarkError, MarkLines
from sp2k.tally.stage_rules import RulesError, StageRules, read_stage_rules

XLSX = ".xlsx"
_REASONS = {
    errno.EACCES: "izin ditolak",
    errno.EPERM: "izin ditolak",
    errno.EROFS: "hanya dapat dibaca",
    errno.ENOSPC: "ruang penyimpanan penuh",
    errno.ENOTDIR: "di tempat itu ada berkas, bukan folder",
    errno.EEXIST: "di tempat itu ada berkas, bukan folder",
    errno.EISDIR: "di tempat berkas itu ada folder",
}


def read_rules_file(path: Path) -> StageRules:
    """Read a rules file; BadInput with a sentence that names the file and the place in it."""
    try:
        return read_stage_rules(load(path.read_text("utf-8-sig"), name=path.name))
    except OSError as error:
        raise _unreadable(path, error) from None
    except UnicodeDecodeError:
        raise _not_utf8(path) from None
    except YamlError as error:
        raise BadInput(str(error)) from None
    except RulesError as error:
        raise BadInput(f"{path.name}, {error.place}: {error.sentence}") from None


def count_file(rules: StageRules, path: Path, *, progress=None) -> Count:
    """Count a sheets file: XLSX if its name says so, else CSV, read as a stream.

    Parameters
    ----------
    progress : function of an int, optional
        Told from time to time how many more bytes have been read.

    Raises
    ------
    BadInput
        With a sentence that names the file and, where one line is at fault, the line.
    """
    try:
        if path.suffix.lower() == XLSX:
            return _counted(rules, path, rows := MarkRows(path), rows)
        with path.open(encoding=_encoding_of(path), newline="") as file:
            lines = MarkLines(file)
            marks = _told(lines, file.fileno(), progress) if progress else lines
            return _counted(rules, path, lines, map(_spelled, marks))
    except OSError as error:
        raise _unreadable(path, error) from None
    except UnicodeDecodeError:
        raise _not_utf8(path) from None


def _counted(rules: StageRules, path: Path, source: MarkLines | MarkRows, marks: Iterable[Mark]) -> Count:
    try:
        return count(rules, marks)
    except MarkError as error:
        where = f" baris {source.line}" if error.is_about_line else ""
        raise BadInput(f"{path.name}{where}: {error.sentence}") from None


def _encoding_of(path: Path) -> str:
    """UTF-8, or UTF-16 where the file begins with its mark, as a spreadsheet's "Unicode text" does."""
    with path.open("rb") as file:
        return "utf-16" if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _spelled(mark: Mark) -> Mark:
    """A mark without blanks and signs that cannot be seen: a code that looks like another is the other."""
    return mark if "".join(mark).isascii() else tuple(map(spelled_cell, mark))


def _told(lines: MarkLines, handle: int, progress) -> Iterator[Mark]:
    told = 0
    for n, mark in enumerate(lines):
        if n % 20_000 == 0:
            read = os.lseek(handle, 0, os.SEEK_CUR)
            progress(read - told)
            told = read
        yield mark


def write_all(folder: Path, tables: Mapping[str, Iterable[str] | bytes]) -> None:
    """Write files (name to lines, or to bytes) into a folder; when anything fails, what stood there before stands there still.

    Raises
    ------
    BadInput
        When the folder cannot be made or written.
    """
    written: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in tables.items():
            written[folder / name] = _write_aside(folder, name, content)
        _put_in_place(written)
    except OSError as error:
        raise BadInput(f"{folder} tidak dapat ditulisi: {_reason(error)}. Pilihlah folder lain.") from None
    finally:
        for aside in written.values():
            aside.unlink(missing_ok=True)


def _write_aside(folder: Path, name: str, content: Iterable[str] | bytes) -> Path:
    aside = folder / f".{name}.{os.getpid()}"
    try:
        with aside.open("wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                file.writelines(line.encode() for line in content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside


def _put_in_place(written: Mapping[Path, Path]) -> None:
    """Rename the new files into place; should one fail, put back what the others had replaced."""
    before = {path: aside.with_name(f"{aside.name}.lama") for path, aside in written.items() if path.exists()}
    replaced: list[Path] = []
    try:
        for path, copy in before.items():
            shutil.copy2(path, copy)
        for path, aside in written.items():
            os.replace(aside, path)
            replaced.append(path)
    except OSError:
        for path in replaced:
            os.replace(before[path], path) if path in before else path.unlink()
        raise
    finally:
        for copy in before.values():
            copy.unlink(missing_ok=True)


def _unreadable(path: Path, error: OSError) -> BadInput:
    if isinstance(error, FileNotFoundError):
        return BadInput(f"berkas {path} tidak ada. Periksalah nama dan foldernya.")
    if isinstance(error, IsADirectoryError):
        return BadInput(f"{path} adalah folder, bukan berkas.")
    return BadInput(f"berkas {path} tidak dapat dibaca: {_reason(error)}.")


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno, f"sistem berkas menolak ({error.strerror})")


def _not_utf8(path: Path) -> BadInput:
    return BadInput(
        f"{path.name} bukan teks UTF-8{_first_foreign(path)}. Simpanlah lagi sebagai CSV UTF-8 atau YAML UTF-8."
    )


def _first_foreign(path: Path) -> str:
    """Say on which line the first byte stands that is no UTF-8."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return f": baris {number} memuat tanda yang tidak pasti bacaannya"
    return ""
