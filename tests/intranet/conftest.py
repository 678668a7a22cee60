"""The fixtures of ``editor_proef`` for everything below."""

from tests.intranet.editor_proef import chromium, pagina, proefhuis, venster

__all__ = ["chromium", "pagina", "proefhuis", "venster"]
