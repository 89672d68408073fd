"""The command line `sp2k`: one group, each command living in the app whose work it does."""

import os

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sp2k", message="SP2K %(version)s")
def main():
    """SP2K: penilaian berjenjang kecamatan, dari indikator pertama sampai keputusan gubernur."""
