"""Why a socket was closed. 4xxx is ours to give meaning; the others are the protocol's own."""

NO_TEXT = 1003
TOO_LARGE = 1009
TRY_AGAIN = 1013
NOT_UNDERSTOOD = 4400
LOGGED_OUT = 4401
NOT_FOUND = 4404
TOO_MUCH = 4429
