"""A process that does in the house what it is told: one line of JSON in, what was printed out."""

import contextlib
import io
import json
import os
import sys
import traceback


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
    import django

    django.setup()
    uit = sys.stdout
    sys.stdout = sys.stderr
    for regel in sys.stdin:
        gezegd, fout = io.StringIO(), ""
        try:
            with contextlib.redirect_stdout(gezegd):
                exec(json.loads(regel), {})
        except Exception:
            fout = traceback.format_exc()
        print(json.dumps([gezegd.getvalue(), fout]), file=uit, flush=True)


if __name__ == "__main__":
    main()
