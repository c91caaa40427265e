"""What a value is, beside its type: metadata of ``Annotated`` that the walk (``walk.py``) reads."""

from enum import Enum, auto


class Mark(Enum):
    """The name of something that is written elsewhere, or words that reach the paper."""

    AUDIENCE = auto()
    """The name of an audience."""
    FIGURE = auto()
    """The name of a figure."""
    INLINE = auto()
    """A mapping whose keys stand beside the other keys of its record."""
    ITEMS = auto()
    """A list of names of items that are in one folder."""
    PERSON = auto()
    """The name of one of the cast."""
    PRINTED = auto()
    """Words that reach the paper."""
    PUBLICATION = auto()
    """The name of a publication."""
    REFERENCE = auto()
    """The number of a reference."""
    TIER = auto()
    """The name of a tier of the warning signs."""
    VERBATIM = auto()
    """Words in which no token is filled in, so that brackets mean nothing."""
