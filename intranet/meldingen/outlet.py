"""What happened, told to who should hear it."""


def handle(event):
    """Nothing yet."""
