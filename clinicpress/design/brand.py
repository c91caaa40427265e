"""A clinic's brand: its ``brand.yaml`` is read, and what is wrong with it told with its line.

One that is like another states differences only.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from clinicpress.design.brandfile import CONTACTS, MEANINGS, PAPER, TEXTS, Brand, Colours
from clinicpress.design.contrast import TEXT, contrast
from clinicpress.design.fonts import FontFamily, OwnFamily, wrong_with_own
from clinicpress.design.hues import is_dull, is_near, passing, turned
from clinicpress.design.palette import palette
from clinicpress.design.pictures import check_picture, has_words
from clinicpress.design.strays import strays
from clinicpress.errors import Place, Problem, Problems, Unfit, meant_by, nearest, shown, unknown
from clinicpress.files.documents import parse
from clinicpress.files.paths import is_hidden
from clinicpress.files.records import Record, read_record

EMERGENCY = "emergency-number"


def brand_ids(layouts: Path) -> list[str]:
    """Return the names of the brands of ``layouts``."""
    return [name for name in brand_folders(layouts) if _brand_file(layouts, name).exists()]


def _brand_file(layouts: Path, brand: str) -> Path:
    return layouts / "brands" / brand / "brand.yaml"


def brand_folders(layouts: Path) -> list[str]:
    """Return the names that a brand may be asked for by, whether or not it lacks its file."""
    found = (path for path in layouts.glob("brands/*") if not path.name.startswith((".", "__")))
    return sorted(path.name for path in found if path.is_dir())


def read_brand(
    layouts: Path,
    brand: str,
    words: Collection[str] | None = None,
    regions: Collection[str] | None = None,
) -> Brand:
    """Return the brand ``brand`` of ``layouts``, with what it takes from those that it is like.

    Raises UnknownName if there is none, Problems if a file of it is wrong, a colour too faint, or
    its logo missing, no image or outside the brand's folder. ``words`` are the tokens that a
    brand may give its own words to, ``regions`` those that it may choose; None checks neither.
    """
    whole: Brand | None = None
    folders: list[Path] = []
    for path, own in reversed(stated(layouts, brand)):
        folders.insert(0, path.parent)
        problems = [
            *_left_over(own, whole, path), *_name(own, path), *_words(own, path, words),
            *_phone(own, path), *_unfilled(own, path),
            *_unknown(path, "region", "REGION-UNKNOWN", own.region, regions),
            *_unknown(path, "language", "LANGUAGE-UNKNOWN", own.language, _languages(layouts)),
        ]  # fmt: skip
        whole = own if whole is None else _over(own, whole)
        problems += [
            *(list(_faint(whole, path)) or _unmeant(whole, path)),
            *_logo(whole, folders),
            *_paper(whole, folders),
            *_fonts(whole, folders),
        ]
        if problems:
            raise Problems(problems)
    assert whole is not None
    return whole


def lineage(layouts: Path, brand: str) -> tuple[str, ...]:
    """Return the names of a brand and of those that it is like, the nearest first.

    Raises UnknownName or Problems.
    """
    return tuple(path.parent.name for path, _ in stated(layouts, brand))


def stated(layouts: Path, brand: str) -> tuple[tuple[Path, Brand], ...]:
    """Return what each file of a brand states, its own first, then that of the one it is like.

    Raises UnknownName if there is no such brand; Problems if a file is wrong, holds what is no
    brand's, or is like what is none, or like itself.
    """
    known = brand_folders(layouts)
    if brand not in known:
        raise unknown("brand", brand, known)
    found: dict[str, tuple[Path, Brand]] = {}
    following: str | None = brand
    while following is not None:
        path = _brand_file(layouts, following)
        if problems := list(strays(path.parent)):
            raise Problems(problems)
        own: Brand | None = read_record(path, Brand, problems)
        if problems or own is None:
            raise Problems(problems)
        found[following] = path, own.with_phone()
        if wrong := _wrong_like(own.like, found, known):
            raise Problems([Problem(parse(path).place(("like",)), "BRAND-LIKE", *wrong)])
        following = own.like
    return tuple(found.values())


def stated_in(folders: Iterable[Path], key: str) -> Place:
    """Return where a key of a brand is written; ``folders`` are its own and those it is like."""
    files = [folder / "brand.yaml" for folder in folders]
    home = next((file for file in files if key in (parse(file).data or {})), files[0])
    return parse(home).place((key,))


def _wrong_like(
    like: str | None, found: Iterable[str], known: Collection[str]
) -> tuple[str, str] | None:
    """Return what is wrong with what a brand is like, and the mend, if anything."""
    if like is None:
        return None
    if like not in known:
        return f"there is no brand “{like}” to be like", nearest(like, known)
    if like in (names := list(found)):
        circle = " → ".join([*names[names.index(like) :], like])
        return f"the brand is like itself: {circle}", "Take one “like” of these out."
    return None


def _over(own: Brand, base: Brand) -> Brand:
    """Return ``base`` with what ``own`` states; colours, contacts and words one by one."""
    said = {name: getattr(own, name) for name in own.model_fields_set}
    contacts = _stated_of(own.contacts)
    if own.phone and base.contacts.phone:
        contacts["phone"] = own.contacts.phone or own.phone
    said["colours"] = base.colours.model_copy(update=_stated_of(own.colours))
    said["contacts"] = base.contacts.model_copy(update=contacts)
    said["words"] = {**base.words, **own.words}
    return base.model_copy(update=said)


def _stated_of(own: Record) -> dict[str, Any]:
    """Return what is written of a part of a brand, by its keys."""
    return {name: getattr(own, name) for name in own.model_fields_set}


def _languages(layouts: Path) -> list[str]:
    return [file.stem for file in layouts.glob("strings/*.po")]


NAMELESS = "Add it, or “like: OTHER” to take it and all else from another brand."
"""The mend of a second site that states no more than what differs."""


def _name(own: Brand, path: Path) -> Iterator[Problem]:
    if not own.name and own.like is None:
        wrong = "the key “name” is missing"
        yield Problem(parse(path).place(), "KEY-MISSING", wrong, NAMELESS)


def _left_over(own: Brand, base: Brand | None, path: Path) -> Iterator[Problem]:
    """Yield a Problem if a telephone number of its own stands beside inherited lines with another.

    Whoever holds the print would not know which of the two to call.
    """
    said = {own.phone, own.contacts.phone} - {None}
    if len(set(map(_digits, map(str, said)))) > 1:
        yield Problem(
            parse(path).place(("phone",)), "BRAND-CONTACT",
            f"“phone” is {own.phone}, and “contacts › phone” is {own.contacts.phone}",
            "Write the number once, in “contacts”.",
        )  # fmt: skip
    if base is None or not own.phone or own.phone == base.phone:
        return
    number = _digits(base.phone or "")
    for line in () if "contact" in own.model_fields_set else base.contact:
        if number and number in _digits(line):
            yield Problem(
                parse(path).place(("phone",)), "BRAND-CONTACT",
                f"the line “{line}” is that of “{own.like}”, with another number than this one",
                "Write the lines of “contact” here, too.",
            )  # fmt: skip


def _digits(words: str) -> str:
    return "".join(filter(str.isdigit, words))


MOST_LETTERS = 40
"""Of what a brand puts in the place of a token: a name or a number within a sign or an action."""

NAME_ONLY = "Write a name or a number alone: it stands within sentences that must be read."


def _more_than_a_name(said: str) -> str | None:
    """Return why words are more than a name or a number, if they are."""
    if len(said) > MOST_LETTERS:
        return f"have {len(said)} letters, and {MOST_LETTERS} are the most"
    if mark := next((mark for mark in said if mark in ",;:!?"), None):
        return f"hold “{mark}”"
    return None


def _phone(own: Brand, path: Path) -> Iterator[Problem]:
    if too_much := _more_than_a_name(own.phone or ""):
        said = too_much.replace("have", "has").replace("hold", "holds")
        where = ("phone",) if "phone" in parse(path).data else ("contacts", "phone")
        place = parse(path).place(where)
        yield Problem(place, "BRAND-WORDS", f"the phone number {said}", NAME_ONLY)


def _unfilled(own: Brand, path: Path) -> Iterator[Problem]:
    """Yield a Problem for each text that holds a token: nothing fills it in there."""
    for key in (*TEXTS, *CONTACTS):
        of = own.contacts if key in CONTACTS else own
        if "[[" in (getattr(of, key) or ""):
            where = ("contacts", key) if key in CONTACTS else (key,)
            wrong = f"the words of “{key}” hold a token"
            yield Problem(
                parse(path).place(where), "TOKEN-MISPLACED", wrong, "Write the words themselves."
            )


def _words(brand: Brand, path: Path, known: Collection[str] | None) -> Iterator[Problem]:
    for token, said in brand.words.items():
        place = parse(path).place(("words", token))
        if known is not None and token not in known:
            yield Problem(
                place,
                "TOKEN-UNKNOWN",
                f"the word “{token}” is no token of the regions",
                nearest(token, known),
            )
        if token == EMERGENCY:
            yield Problem(
                place,
                "EMERGENCY-NUMBER",
                "a brand cannot change the emergency number",
                "Choose the region whose number it is, or mend sources/regions.yaml.",
            )
        if too_much := _more_than_a_name(said):
            yield Problem(place, "BRAND-WORDS", f"the words for “{token}” {too_much}", NAME_ONLY)
        if "[[" in said:
            yield Problem(
                place,
                "TOKEN-MISPLACED",
                f"the words for “{token}” hold a token themselves",
                "Write the words themselves.",
            )


def _unknown(
    path: Path, key: str, code: str, name: str | None, known: Collection[str] | None
) -> Iterator[Problem]:
    if name is not None and known is not None and name not in known:
        yield Problem(
            parse(path).place((key,)),
            code,
            f"there is no {key} “{name}”",
            nearest(meant_by(name, known) or name, known),
        )


def _faint(brand: Brand, path: Path) -> Iterator[Problem]:
    """Yield a Problem for each colour that is too faint on white, or where text stands on a tint.

    ``soft`` is made of the ink: it is the colour of labels, which stand on the brand's tint.
    """
    shades = palette(brand.colours)
    for name in MEANINGS:
        colour = getattr(brand.colours, name)
        text, tint = (shades["soft"], "brand_tint") if name == "ink" else (colour, f"{name}_tint")
        on_white, on_tint = contrast(colour, PAPER), contrast(text, shades[tint])
        if min(on_white, on_tint) < TEXT:
            ground = "on white paper" if on_white < TEXT else "where it stands on a tint"
            ratio = on_white if on_white < TEXT else on_tint
            yield Problem(
                parse(path).place(("colours", name)),
                "COLOUR-FAINT",
                f"the colour “{name}” {colour} has a contrast of {ratio:.1f} to 1 {ground}",
                f"Choose a darker one: at least {TEXT} to 1 is needed, as "
                f"{passing(colour, colour)} has.",
            )


AS_USUAL = 25.0
"""How many degrees of hue a colour of signs is at most from the usual one."""


def _unmeant(brand: Brand, path: Path) -> Iterator[Problem]:
    """Yield a Problem for each colour that would not be taken for what it means.

    Signs for now are red, those for today amber, whoever prints them; nothing else is that red.
    """
    usual, stated = Colours(), brand.colours
    for name in ("emergency", "today"):
        own, meant = getattr(stated, name), getattr(usual, name)
        if own != meant and (turned(own, meant) > AS_USUAL or is_dull(own)):
            wrong = f"the colour “{name}” {own} is not taken for that of signs, such as {meant}"
            yield Problem(parse(path).place(("colours", name)), "COLOUR-MEANING", wrong,
                          "Take one of nearly the same hue, or leave the line out.")  # fmt: skip
    for name in ("ink", "book"):
        if is_near(getattr(stated, name), usual.emergency):
            wrong = f"the colour “{name}” {getattr(stated, name)} is near the red of emergencies"
            yield Problem(parse(path).place(("colours", name)), "COLOUR-MEANING", wrong,
                          "Take another: that red is for signs that need help now.")  # fmt: skip


MOST_BYTES_OF_PAPER = 10_000_000
"""The largest PDF that is laid under pages."""


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(5)


def _home(name: str, folders: Sequence[Path]) -> Path:
    """Return the first of ``folders`` that holds a file, else the first."""
    return next((folder for folder in folders if (folder / name).is_file()), folders[0])


HIDDEN = "is hidden, and so is not read", "Give it a name that begins with a letter."
"""What is said of a file whose name begins with a point."""


def _paper(brand: Brand, folders: Sequence[Path]) -> Iterator[Problem]:
    """Yield a Problem if the PDF of a brand's paper is no file in its folder, or too large.

    It is the one that is printed on: a brand's own stands before one of that name it would inherit.
    """
    if brand.background is None:
        return
    home = _home(brand.background, folders)
    paper = (home / brand.background).resolve()
    if not (paper.is_relative_to(home.resolve()) and paper.is_file()):
        wrong = "is no file in the brand's folder", "Copy it there and write its name only."
    elif is_hidden(brand.background):
        wrong = HIDDEN
    elif _head(paper) != b"%PDF-":
        wrong = "is no PDF", "Save it as a PDF of one page."
    elif paper.stat().st_size > MOST_BYTES_OF_PAPER:
        wrong = "is larger than 10 MB", "Save it with smaller pictures."
    else:
        return
    said = f"the background “{brand.background}” {wrong[0]}"
    yield Problem(stated_in(folders, "background"), "BACKGROUND", said, wrong[1])


def _fonts(brand: Brand, folders: Sequence[Path]) -> Iterator[Problem]:
    """Yield a Problem for each font of a clinic's own that no print may embed, or that is none."""
    if brand.fonts is None:
        return
    place, home = stated_in(folders, "fonts"), _home(brand.fonts.faces[0].file, folders)
    if brand.fonts.licence is None:
        yield Problem(
            place, "FONT-LICENCE", "nothing says under which licence prints embed these fonts",
            "Write “licence:” below “fonts”, such as “SIL Open Font License 1.1”.",
        )  # fmt: skip
    for face in brand.fonts.faces:
        if wrong := wrong_with_own(home / face.file, brand.fonts.family):
            code, said, hint = wrong
            yield Problem(place, code, f"the font “{face.file}” {said}", hint)


def own_family(brand: Brand, folders: Sequence[Path]) -> dict[str, FontFamily]:
    """Return the family of a clinic's own fonts by its id, if there is one."""
    if brand.fonts is None:
        return {}
    home = _home(brand.fonts.faces[0].file, folders)
    return {"own": OwnFamily(family=brand.fonts.family, faces=brand.fonts.faces, home=home)}


def _logo(brand: Brand, folders: Sequence[Path]) -> list[Problem]:
    """Return what is wrong with a brand's logo, which lies in the first of ``folders`` with it."""
    if brand.logo is None:
        return []

    def problem(message: str, hint: str) -> list[Problem]:
        said = f"the logo “{brand.logo}” {message}"
        return [Problem(stated_in(folders, "logo"), "LOGO", said, hint)]

    home = _home(brand.logo, folders)
    logo = (home / brand.logo).resolve()
    if "://" in brand.logo or not logo.is_relative_to(home.resolve()):
        return problem(
            "is not in the brand's folder", "Copy the file there and write its name only."
        )
    if not logo.is_file():
        return problem("does not exist", f"Put it in {shown(folders[0])}, or take the line out.")
    if is_hidden(brand.logo):
        return problem(*HIDDEN)
    content = logo.read_bytes()
    try:
        check_picture(content, logo.suffix)
    except Unfit as error:
        return problem(error.wrong, error.hint)
    if logo.suffix.lower() == ".svg" and has_words(content):
        return problem(
            "holds words that are set in a font", "Turn its text into paths, or save it as PNG."
        )
    return []
