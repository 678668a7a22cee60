"""What a verb refuses."""


class Botsing(Exception):
    """The same Profiel was changed in between, in another tab say; ``huidig`` is what stands there now."""

    def __init__(self, huidig):
        super().__init__("Dit profiel is intussen aangepast.")
        self.huidig = huidig


class Weigering(Exception):
    """Not possible, with a sentence in Dutch for the person who tried."""
