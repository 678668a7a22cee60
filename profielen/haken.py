"""What others do when an account changes: functions that run inside the verb's transaction.

profielen lies low and may not know who leans on it; so groepen (ownership, Lidmaatschappen) and
intranet.accounts (sessions) hang their functions here at start. Unlike an outlet, which hears of it later,
these are part of the change: when one fails, nothing happened.
"""

from collections.abc import Callable
from typing import Any

# f(gebruiker, oude_organisatie, door), after a change of Organisatie.
bij_wissel: list[Callable[[Any, Any, Any], None]] = []
# f(gebruiker, door), after an account was blocked or ended.
bij_vertrek: list[Callable[[Any, Any], None]] = []
