"""What a verb refuses, in words for the person who tried."""


class Weigering(Exception):
    """A verb did not go through; ``str(fout)`` is a Dutch sentence that a page may show."""


class Botsing(Weigering):
    """Someone else changed the same text in between; ``huidig`` holds what stands there now."""

    def __init__(self, huidig):
        super().__init__("Iemand anders heeft deze tekst intussen aangepast.")
        self.huidig = huidig
