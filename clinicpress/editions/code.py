"""The short code by which a sheet of paper is told from every other, and typed by hand.

Its letters are those of Crockford's base 32 (https://www.crockford.com/base32.html): none looks
like another, and what is misread as one that is left out is read as it was meant.
"""

import re

from clinicpress.files.digests import of_words

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
"""Letters of a code: 40 bits, so that of 10,000 prints two have the same once in 20,000 times."""

MEANT = str.maketrans("ILOU", "110V")
"""What letters are taken for that no code has."""


def code_of(*parts: str) -> str:
    """Return the code of what ``parts`` say, such as ``7K3M-9QX2``."""
    number = int(of_words(*parts)[:16], 16)
    letters = [LETTERS[number >> 5 * place & 31] for place in range(LENGTH)]
    return _grouped("".join(letters))


def code_in(typed: str) -> str | None:
    """Return the code that somebody typed, however they wrote it; None if it is none."""
    letters = re.sub(r"[\s-]", "", typed).upper().translate(MEANT)
    is_code = len(letters) == LENGTH and set(letters) <= set(LETTERS)
    return _grouped(letters) if is_code else None


def _grouped(letters: str) -> str:
    return f"{letters[: LENGTH // 2]}-{letters[LENGTH // 2 :]}"
