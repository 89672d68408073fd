"""The database itself refuses to change or remove a journal line, and to touch a chain but at its head."""

from django.db import migrations

TABLES = ("journal_line",)
SQLITE = [
    f"""CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table}
        BEGIN SELECT RAISE(ABORT, 'baris jurnal tidak dapat diubah atau dihapus'); END"""
    for table in TABLES
    for verb in ("update", "delete")
] + [
    """CREATE TRIGGER journal_chain_no_delete BEFORE DELETE ON journal_chain
        BEGIN SELECT RAISE(ABORT, 'rantai jurnal tidak dapat dihapus'); END""",
    """CREATE TRIGGER journal_chain_only_grows BEFORE UPDATE ON journal_chain
        WHEN NEW.size < OLD.size OR NEW.genesis <> OLD.genesis OR NEW.name <> OLD.name
        BEGIN SELECT RAISE(ABORT, 'rantai jurnal hanya dapat bertambah'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'baris jurnal tidak dapat diubah atau dihapus'; END $$""",
    """CREATE TRIGGER journal_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_line
        EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_chain_no_delete BEFORE DELETE ON journal_chain EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_chain_only_grows BEFORE UPDATE ON journal_chain FOR EACH ROW
        WHEN (NEW.size < OLD.size OR NEW.genesis <> OLD.genesis OR NEW.name <> OLD.name)
        EXECUTE FUNCTION journal_refuse()""",
]


def refuse_changes(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, migrations.RunPython.noop)]
