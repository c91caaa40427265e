"""The pictures of the guide to brands: small, made from samples, each with words of its own."""

import re

import pytest
from PIL import Image, ImageChops

from tests.conftest import ROOT
from tools import pictures

PAGE = (ROOT / "docs/for-clinics/branding.md").read_text("utf-8")
MOST_BYTES = 60_000


def test_each_is_shown_once_and_says_in_words_what_it_shows():
    shown = re.findall(r"^!\[([^\]]+)\]\(pictures/(\w+)\.png\)$", PAGE, re.MULTILINE)
    made = sorted(each.__name__ for each in pictures.PICTURES)
    assert sorted(name for _, name in shown) == made
    assert sorted(path.stem for path in pictures.FOLDER.iterdir()) == made
    assert all(len(words) > 30 for words, _ in shown)


@pytest.mark.parametrize("name", [each.__name__ for each in pictures.PICTURES])
def test_each_is_small(name):
    path = pictures.FOLDER / f"{name}.png"
    assert path.stat().st_size < MOST_BYTES
    with Image.open(path) as picture:
        assert picture.width <= 1000


@pytest.mark.some(0)
@pytest.mark.slow
def test_they_are_those_of_the_samples_as_these_are_now(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "PICTURES", (pictures.covers,))
    pictures.make(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        kept = Image.open(pictures.FOLDER / path.name).convert("RGB")
        apart = ImageChops.difference(Image.open(path).convert("RGB"), kept)
        assert apart.getbbox() is None, f"{path.name}: make pictures"
