"""What a process keeps is bounded, and the oldest goes first."""

from clinicpress.files.shelf import Shelf


def test_what_is_kept_is_found_by_what_it_was_made_of():
    shelf = Shelf[str, int](2)
    shelf.add("one", 1)
    assert (shelf.get("one"), shelf.get("two")) == (1, None)
    shelf.clear()
    assert shelf.get("one") is None


def test_the_oldest_goes_where_there_are_too_many():
    shelf = Shelf[str, str](2)
    for key in "abac":
        shelf.add(key, key.upper())
    assert list(shelf) == ["a", "c"]


def test_the_oldest_go_where_there_is_no_room():
    shelf = Shelf[str, bytes](10, len)
    for key in "abc":
        shelf.add(key, b"12345")
    assert list(shelf) == ["b", "c"]
    shelf.add("c", b"1234567890")
    assert list(shelf) == ["c"]
    shelf.add("c", b"1")
    shelf.add("d", b"123456789")
    assert list(shelf) == ["c", "d"]
    shelf.add("large", bytes(99))
    assert list(shelf) == []
    shelf.add("a", b"1234567890")
    assert list(shelf) == ["a"]
    shelf.clear()
    shelf.add("b", b"1234567890")
    assert list(shelf) == ["b"]
