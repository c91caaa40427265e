"""The structure tree is walked in the order of reading, and pruned of what is on no page."""

from pikepdf import Array, Dictionary, Name, Pdf

from clinicpress.pdf.dialogue import print_at_full_size
from clinicpress.pdf.structure import forget, is_tagged, parts, prune
from clinicpress.pdf.trees import named


class Book:
    """A document of two pages with one table: a row on each, whose last cell is empty."""

    def __init__(self) -> None:
        self.pdf = Pdf.new()
        self.pages = [self.pdf.add_blank_page().obj for _ in range(2)]
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.pdf.Root.StructTreeRoot = self.root
        rows = [
            self.element("TR", self.element("TH", number), self.element("TD"), page=page)
            for number, page in enumerate(self.pages)
        ]
        self.root.K = self.element("Table", *rows)
        for number, page in enumerate(self.pages):
            page.StructParents = number
            page.Annots = Array([Dictionary(StructParent=number + 10)])
        numbers = [part for key in (0, 1, 10, 11) for part in (key, Array([]))]
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))

    def element(self, kind, *kids, page=None):
        made = Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"))
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        if page is not None:
            made.Pg = page
        return self.pdf.make_indirect(made)

    def read(self) -> list[str]:
        return [str(part.element.get("/S", "root")) for part in parts(self.root)]


WHOLE = ["root", "/Table", "/TR", "/TH", "/TD", "/TR", "/TH", "/TD"]


def test_parts_are_read_in_order_each_with_the_page_that_stands_above_it():
    book = Book()
    assert is_tagged(book.pdf)
    assert book.read() == WHOLE
    pages = [part.page and part.page.objgen for part in parts(book.root)]
    first, second = (page.objgen for page in book.pages)
    assert pages == [None, None, first, first, first, second, second, second]


def test_a_tree_in_a_circle_is_read_once():
    book = Book()
    book.root.K.K.append(book.root.K)
    assert book.read() == WHOLE


def test_what_is_on_a_page_that_goes_goes_with_all_that_held_it_and_empty_cells():
    book = Book()
    kept = book.pages[1].objgen
    prune(
        list(parts(book.root)),
        lambda piece, page: piece if page is None or page.objgen == kept else None,
    )
    assert book.read() == ["root", "/Table", "/TR", "/TH", "/TD"]


def test_an_empty_cell_stays_where_its_page_does():
    book = Book()
    prune(list(parts(book.root)), lambda piece, page: None if piece == 0 else piece)
    assert book.read() == ["root", "/Table", "/TR", "/TD", "/TR", "/TH", "/TD"]


def test_where_nothing_goes_the_tree_is_as_it_was():
    book = Book()
    before = book.root.K.K[0].K[0].unparse(resolved=True)
    prune(list(parts(book.root)), lambda piece, page: piece)
    assert book.root.K.K[0].K[0].unparse(resolved=True) == before
    assert book.read() == WHOLE


def test_a_page_and_its_links_are_forgotten_by_their_numbers():
    book = Book()
    forget(book.pdf, book.pages[:1])
    assert [int(key) for key in list(book.root.ParentTree.Nums)[::2]] == [1, 11]
    forget(book.pdf, [])
    assert "/ParentTree" in book.root


def test_numbers_that_are_no_tree_are_taken_out():
    book = Book()
    book.root.ParentTree = 5
    forget(book.pdf, book.pages[:1])
    assert "/ParentTree" not in book.root


def test_a_tree_of_names_is_read_as_far_as_it_is_one():
    pdf = Pdf.new()
    leaf = Dictionary(Names=Array(["a", 1, "b", 2]), Limits=Array(["a", "b"]))
    tree = pdf.make_indirect(Dictionary(Kids=Array([pdf.make_indirect(leaf)])))
    assert named(tree) == [1, 2]
    tree.Kids.append(tree)
    assert named(tree) == [1, 2]
    assert named(None) == named(Dictionary(Names=Array(["a", 1]))) == []


def test_a_print_dialogue_starts_at_full_size_and_with_one_copy():
    pdf = Pdf.new()
    pdf.Root.ViewerPreferences = Dictionary(
        NumCopies=9, Direction=Name.R2L, DisplayDocTitle=True, HideToolbar=True
    )
    print_at_full_size(pdf, "short")
    wished = pdf.Root.ViewerPreferences
    assert set(wished.keys()) == {"/Direction", "/DisplayDocTitle", "/PrintScaling", "/Duplex"}
    assert (wished.PrintScaling, wished.Duplex) == (Name("/None"), Name.DuplexFlipShortEdge)
    print_at_full_size(pdf, None)
    assert pdf.Root.ViewerPreferences.Duplex == Name.Simplex
