"""What a shell offers where a name is typed."""

import pytest
from click.shell_completion import ShellComplete

from clinicpress.cli.app import generate


def offered(*typed: str) -> list[str]:
    """Return what is offered behind the words ``typed``, for the last of them."""
    *before, last = typed
    complete = ShellComplete(generate, {}, "generate", "_GENERATE_COMPLETE")
    return [item.value for item in complete.get_completions(before, last)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (("boo",), ["booklet"]),
        (("handout", ""), ["thumb-sheet"]),
        (("handout", "thumb-sheet", "--audience", "o"), ["older-adult"]),
        (("booklet", "--audience", "general,o"), ["general,older-adult"]),
        (("booklet", "--region", ""), ["GB", "US", "neutral"]),
        (("booklet", "--format", "l"), ["large"]),
        (("booklet", "--brand", "d"), ["default"]),
        (("booklet", "--topic", ""), ["tiny"]),
        (("booklet", "--paper", "Half"), ["HalfLetter"]),
        (("booklet", "--for", "p"), ["proof", "press"]),
        (("handout", "thumb-sheet", "--exercises", "thumb-b"), ["thumb-bend"]),
        (("compare", "--publication", "b"), ["booklet"]),
        (("booklet", "--audience", "x"), []),
        (("brand", "check", "d"), ["default"]),
        (("brand", "preview", "d"), ["default"]),
        (("brand", "new", "x", "--like", "d"), ["default"]),
        (("brand", "new", "x", "--sample", "m"), ["meadow"]),
    ],
)
def test_names_are_offered(clinic, typed, names):
    assert offered(*typed) == names


def test_folders_that_are_named_are_the_ones_that_are_read(clinic):
    assert offered("booklet", "--sources", "nowhere", "--topic", "") == []
    clinic.write("sources/audiences.yaml", "general: [")
    assert offered("booklet", "--audience", "g") == []
