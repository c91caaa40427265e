"""Names in one file that another must hold: each that is none is told where it stands."""

AUDIENCES, TOPIC = "sources/audiences.yaml", "sources/tiny/topic.yaml"


def test_an_audience_is_like_one_that_there_is(clinic):
    clinic.change(AUDIENCES, "  for_whom: For adults over 65",
                  "  like: genral\n  for_whom: For adults over 65")  # fmt: skip
    ended = clinic.generate("booklet")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"{AUDIENCES}:10: the audience “genral” is not in audiences.yaml. "
        "Did you mean “general”? [AUDIENCE-UNKNOWN]\n"
    )
    clinic.change(AUDIENCES, "genral", "general")
    assert clinic.generate("booklet").code == 0


def test_a_required_sign_stands_in_the_tier_that_requires_it(clinic):
    """That it stands in another one, from which nobody calls an ambulance, is not enough."""
    clinic.change(TOPIC, "emergency: [T1, T2]", "emergency: [T1, T2, T3]")
    ended = clinic.generate("booklet")
    assert (ended.code, ended.out) == (1, "")
    assert "the required sign “T3” is not in the emergency tier of warning-signs.yaml" in ended.err
    assert "[SIGN-MISSING]" in ended.err
