"""What reviewers decided about an edition holds for it through mended slips of the pen."""

from dataclasses import replace
from types import SimpleNamespace

from clinicpress.editions.state import SignOffs

SIGNED, MENDED, AGAIN = ("a" * 64, "b" * 64, "c" * 64)


def mend(old, new):
    return SimpleNamespace(wordings={old: new}, seal=f"{old}{new}")


REJECTED = SignOffs((), (), "1.0", 1, ((SIGNED, "rejected"),))


def test_what_was_rejected_stays_so_where_a_slip_was_mended():
    pieces = {"thumb-bend": AGAIN}
    twice = replace(REJECTED, mends=(mend(SIGNED, MENDED), mend(MENDED, AGAIN)))
    assert twice.refused(pieces) == {"thumb-bend": "rejected"}
    assert replace(REJECTED, mends=twice.mends[:1]).refused(pieces) == {}


def test_a_mended_slip_lets_a_print_be_made_anew_where_it_may_say_otherwise():
    mends = (mend(SIGNED, MENDED),)
    assert replace(REJECTED, mends=mends).seals != REJECTED.seals
    assert replace(REJECTED, rejected=(), mends=mends).seals == ()
