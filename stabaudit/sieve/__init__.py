"""Which stretches of which file could hold a finding at all, decided before anything is lifted.

First on bytes (`needles`), then on the syntax tree (`selection`). Both may let too much through, never too little.
Everything is derived from the rules, the dialects and the operations.
"""

from stabaudit.sieve.needles import could_hold, could_match

__all__ = ["could_hold", "could_match"]
