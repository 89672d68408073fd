"""A line cannot be written over another one, nor a head moved without a new line.

SQLite's INSERT OR REPLACE removes the row in its way without asking a trigger BEFORE DELETE, so the refusal stands
before the INSERT. PostgreSQL knows no such INSERT; its uniqueness refuses, and an upsert is an UPDATE.
"""

from django.db import migrations

GROWS = "NEW.size <= OLD.size OR NEW.genesis <> OLD.genesis OR NEW.name <> OLD.name OR NEW.zone <> OLD.zone"
SQLITE = [
    """CREATE TRIGGER journal_line_no_replace BEFORE INSERT ON journal_line
        WHEN EXISTS (SELECT 1 FROM journal_line WHERE id = NEW.id)
          OR EXISTS (SELECT 1 FROM journal_line WHERE chain_id = NEW.chain_id AND seq = NEW.seq)
          OR EXISTS (SELECT 1 FROM journal_line WHERE chain_id = NEW.chain_id AND hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, 'baris jurnal tidak dapat diubah atau dihapus'); END""",
    """CREATE TRIGGER journal_chain_no_replace BEFORE INSERT ON journal_chain
        WHEN EXISTS (SELECT 1 FROM journal_chain WHERE name = NEW.name)
        BEGIN SELECT RAISE(ABORT, 'rantai jurnal tidak dapat dihapus'); END""",
    "DROP TRIGGER journal_chain_only_grows",
    f"""CREATE TRIGGER journal_chain_only_grows BEFORE UPDATE ON journal_chain WHEN {GROWS}
        BEGIN SELECT RAISE(ABORT, 'rantai jurnal hanya dapat bertambah'); END""",
]
POSTGRESQL = [
    "DROP TRIGGER journal_chain_only_grows ON journal_chain",
    f"""CREATE TRIGGER journal_chain_only_grows BEFORE UPDATE ON journal_chain FOR EACH ROW
        WHEN ({GROWS}) EXECUTE FUNCTION journal_refuse()""",
]


def refuse_replacement(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]
    operations = [migrations.RunPython(refuse_replacement, migrations.RunPython.noop)]
