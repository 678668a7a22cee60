"""The table of the cache (``settings.CACHES``), so that ``migrate`` alone makes a database ready."""

from django.core.management import call_command
from django.db import migrations


def maak(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(maak, migrations.RunPython.noop)]
