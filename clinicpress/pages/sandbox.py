"""Where templates run: whatever somebody put into one, it sets words, and does nothing else.

What a template can reach is what stands in the lists of this module. Each attribute, call, filter,
test and operator goes through one of them; all that is made is bounded in size.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType
from typing import Any, NoReturn

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateSyntaxError
from jinja2.compiler import CodeGenerator, optimizeconst
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.filters import FILTERS
from jinja2.loaders import split_template_path
from jinja2.runtime import (
    BlockReference,
    LoopContext,
    Macro,
    TemplateReference,
    Undefined,
    markup_join,
    str_join,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import Namespace, pass_eval_context
from markupsafe import soft_str

from clinicpress.files.paths import is_hidden
from clinicpress.pages import slots
from clinicpress.pages.view import PLAIN, Listed, View

MOST_TEXT = 20_000_000
"""Letters of anything that a template makes; a booklet with all its drawings has three millions."""

MOST_SOURCE = 1_000_000
"""Bytes of a template's or a style's file."""

MOST_STEPS = 10_000
"""Numbers that one ``range`` counts, and entries of a list that is made by ``*`` or ``+``."""

LARGEST = 2**63
"""No number of a template is as large."""

DEEPEST = 20
"""Templates that may stand in each other by include, extends and import; ours keep to 6."""

LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem",
        "nextitem", "depth", "depth0")  # fmt: skip
LOOP_CALLS = ("cycle", "changed")
MAPPING_CALLS = ("items", "keys", "values", "get")
WORD_CALLS = ("endswith", "startswith", "removeprefix", "removesuffix", "strip", "lstrip", "rstrip",
              "split", "rsplit", "lower", "upper", "capitalize", "title", "isdigit", "count",
              "replace")  # fmt: skip
"""The attributes of what is no View: of a loop, of a mapping, of words."""

SAME_FILTERS = ("abs", "capitalize", "count", "d", "default", "e", "escape", "first", "float",
                "int", "last", "length", "list", "lower", "map", "max", "min", "reject",
                "rejectattr", "reverse", "safe", "select", "selectattr", "sort", "title", "trim",
                "truncate", "unique", "upper")  # fmt: skip
"""The filters of the template engine that are as they were."""

SAME_TESTS = ("defined", "undefined", "none", "boolean", "true", "false", "integer", "float",
              "number", "string", "odd", "even", "divisibleby", "in", "equalto", "eq", "==", "ne",
              "!=", "lt", "<", "le", "<=", "gt", ">", "ge", ">=")  # fmt: skip

CALLED = (Listed, Macro, BlockReference, LoopContext)
"""What may be called: listed functions, macros, blocks, and a loop that is ``recursive``."""


class Refused(SecurityError):
    """What a template may not do. ``hint`` is the mend."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Misfit(Refused):
    """What a slot may not hold, with the file and the line in which it stands."""

    def __init__(self, path: Path, line: int, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.path, self.line = path, line


def _too_large(what: str, most: int) -> NoReturn:
    raise Refused(f"{what} is too large", f"Keep to {most}.")


def plain(value: Any) -> Any:
    """Return what is to be printed. Raises Refused for anything but words and numbers."""
    if isinstance(value, (*PLAIN, Undefined)):
        return value
    kind = repr(value) if isinstance(value, View | Listed) else f"a {type(value).__name__.lower()}"
    raise Refused(f"{kind} is no words to print", "Name the field, or the part, that is meant.")


class _Shelf(BaseLoader):
    """Finds templates in folders; the first that holds a name wins."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return words and file of a template. Raises TemplateNotFound, TemplateSyntaxError."""
        if not isinstance(template, str):
            raise Refused(f"{template!r} is no template's name", "Write the name of its file.")
        pieces = split_template_path(template)
        if any(map(is_hidden, pieces)):
            raise TemplateNotFound(template)
        path = next((path for folder in self.folders
                     if (path := folder.joinpath(*pieces)).is_file()), None)  # fmt: skip
        if path is None:
            raise TemplateNotFound(template)
        content = path.read_bytes()
        if len(content) > MOST_SOURCE:
            _unreadable(f"it has more than {MOST_SOURCE} bytes", 1, template, path)
        try:
            return content.decode("utf-8").replace("\r\n", "\n"), str(path), lambda: True
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            _unreadable("a character is not UTF-8", line, template, path)


def _unreadable(why: str, line: int, name: str, path: Path) -> NoReturn:
    raise TemplateSyntaxError(why, line, name, str(path))


def _out_of_slot(made: Template, wrong: str, hint: str, meant: str) -> NoReturn:
    """Raise Misfit with the line that holds what is ``meant``, or the first."""
    path = Path(str(made.filename))
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    line = next((number for number, each in enumerate(lines, start=1) if meant in each), 1)
    raise Misfit(path, line, f"the slot {wrong}", hint)


class _Writer(CodeGenerator):
    """Writes templates as code in which ``~``, too, is bounded."""

    @optimizeconst
    def visit_Concat(self, node: Any, frame: Any) -> None:
        """Write a joining of words."""
        escaped = frame.eval_ctx.autoescape
        if frame.eval_ctx.volatile:
            escaped = "context.eval_ctx.autoescape"
        self.write(f"environment.joined({escaped}, ")
        for arg in node.nodes:
            self.visit(arg, frame)
            self.write(", ")
        self.write(")")


class _Counted(Template):
    """A template that counts in how many others it stands."""

    @classmethod
    def _from_namespace(cls, environment: Any, namespace: Any, globals: Any) -> Template:
        made = super()._from_namespace(environment, namespace, globals)
        root = environment.in_frame(made, made.root_render_func)
        made.root_render_func = environment.counted(root)
        return made


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of all templates. ``filters`` are further ones, ``folders`` hold the files.

    Escaped is what is set into any template but a style. ``own`` are the templates of the layouts:
    what fills a slot from elsewhere is looked at, and framed.
    """

    code_generator_class = _Writer
    template_class = _Counted
    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(
        self,
        folders: Sequence[Path],
        filters: Mapping[str, Callable[..., Any]],
        own: Path | None = None,
    ) -> None:
        super().__init__(
            loader=_Shelf(folders),
            autoescape=lambda name: name is None or not name.endswith(".css"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=plain,
            cache_size=-1,
        )
        self.filters = {
            **{name: FILTERS[name] for name in SAME_FILTERS}, **BOUNDED_FILTERS, **filters
        }  # fmt: skip
        self.tests = {name: TESTS[name] for name in SAME_TESTS}
        self.globals = {
            "range": Listed("range", _range), "dict": Listed("dict", dict), "namespace": Namespace
        }  # fmt: skip
        self.depth = 0
        self.home, self.own = folders[0], own

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what a template reads as ``obj.attribute``, or an Undefined that says why not."""
        match obj:
            case Undefined():
                obj._fail_with_undefined_error()
            case View() | dict() if attribute in obj:
                return obj[attribute]
            case View() | dict() if attribute in MAPPING_CALLS:
                return Listed(attribute, _of_mapping(obj, attribute))
            case Listed() if attribute in obj.parts:
                return obj.parts[attribute]
            case str() if attribute in WORD_CALLS:
                return Listed(attribute, _bounded_call(obj, attribute))
            case LoopContext() if attribute in LOOP:
                return getattr(obj, attribute)
            case LoopContext() if attribute in LOOP_CALLS:
                return Listed(attribute, getattr(obj, attribute))
            case BlockReference() if attribute == "super":
                return obj.super
            case _ if (found := _named(obj, attribute)) is not None:
                return found[0]
        return self._unknown(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return what a template reads as ``obj[argument]``, or an Undefined that says why not."""
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        if isinstance(obj, View | dict | str | list | tuple):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        if isinstance(argument, str):
            return self.getattr(obj, argument)
        return self._unknown(obj, argument)

    def _unknown(self, obj: Any, name: Any) -> Undefined:
        kind = repr(obj) if isinstance(obj, View | Listed) else f"a {type(obj).__name__.lower()}"
        return self.undefined(f"{kind} gives a template no “{name}”", obj, str(name))

    def call(self, context: Any, called: Any, /, *given: Any, **named: Any) -> Any:
        """Call a function of the lists, a macro or a block. Raises Refused for all else."""
        if isinstance(called, Undefined):
            return called(*given)  # says what is not there
        if called is not Namespace and not isinstance(called, CALLED):
            raise Refused(f"a {type(called).__name__.lower()} cannot be called", TAKE_OUT)
        return context.call(called, *given, **named)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers, join or repeat words and lists. Raises Refused for all else."""
        return _reckoned(operator, left, right)

    def concat(self, parts: Iterable[str]) -> str:
        """Join what a template, a macro or a block has set, as it comes. Raises Refused."""
        size, kept = 0, []
        for part in parts:
            size += len(part)
            if size > MOST_TEXT:
                _stop(parts)
            kept.append(part)
        return "".join(kept)

    def joined(self, escaped: bool, *parts: Any) -> str:
        """Join words with ``~``."""
        if sum(len(part) for part in map(plain, parts) if isinstance(part, str)) > MOST_TEXT:
            _too_large("a text", MOST_TEXT)
        return markup_join(parts) if escaped else str_join(parts)

    def get_or_select_template(
        self, template_name_or_list: Any, parent: Any = None, globals: Any = None
    ) -> Template:
        """Return the template that an include names, or the first of several that is there."""
        name: Any = template_name_or_list
        if not isinstance(name, str | list | tuple | Undefined):
            raise Refused(f"{name!r} is no template's name", "Write the name of its file.")
        return super().get_or_select_template(template_name_or_list, parent, globals)

    def counted(self, root: Callable[..., Iterator[str]]) -> Callable[..., Iterator[str]]:
        """Return ``root``, which sets a template, so that it stands in few others and ends."""

        def set_in(*context: Any) -> Iterator[str]:
            if self.depth >= DEEPEST:
                raise Refused(f"templates stand in each other more than {DEEPEST} deep",
                              "Take the include, extends or import out.")  # fmt: skip
            self.depth += 1
            size, parts = 0, root(*context)
            try:
                for part in parts:
                    size += len(part)
                    if size > MOST_TEXT:
                        _stop(parts)
                    yield part
            finally:
                self.depth -= 1

        return set_in

    def in_frame(
        self, made: Template, root: Callable[..., Iterator[str]]
    ) -> Callable[..., Iterator[str]]:
        """Return ``root``, which sets a template, with a frame where it is a brand's slot."""
        folder, _, slot = str(made.name).removesuffix(".html").rpartition("/")
        is_own = self.own is not None and Path(str(made.filename)).is_relative_to(self.own)
        if folder != slots.FOLDER or is_own:
            return root

        def set_in(*context: Any) -> Iterator[str]:
            markup = self.concat(root(*context))
            if wrong := slots.wrong_in(markup):
                _out_of_slot(made, *wrong)
            yield slots.framed(slot, markup)

        return set_in

    def compile(
        self, source: Any, name: Any = None, filename: Any = None, *how: Any, **more: Any
    ) -> Any:
        """Turn a template into code. Raises TemplateSyntaxError.

        The same words under the same name become the same code, in whatever folder they are.
        """
        key = (source, name)
        if key not in _compiled:
            if len(_compiled) == MOST_COMPILED:
                _compiled.clear()
            try:
                _compiled[key] = super().compile(source, name, filename, *how, **more)
            except (RecursionError, MemoryError, OverflowError, SyntaxError, ValueError):
                why = "it is nested too deep, or holds a number that is too large"
                _unreadable(why, 1, name, filename)
        return _compiled[key].replace(co_filename=filename or "<template>")


MOST_COMPILED = 128
"""Templates whose code is kept: there are 73, and brands bring their own."""

_compiled: dict[tuple[str, str | None], CodeType] = {}


TAKE_OUT = "Take it out: templates call what docs/for-clinics lists, and nothing else."


def _stop(parts: Any) -> NoReturn:
    """Raise Refused in the line of the template that is at work, or else here."""
    refused = Refused(f"what is printed has more than {MOST_TEXT} letters", "Print less.")
    if hasattr(parts, "throw"):
        parts.throw(refused)
    raise refused


def _named(obj: Any, name: str) -> tuple[Any] | None:
    """Return what a template itself has named: in a namespace, a module, or as a block."""
    if name.startswith("_"):
        return None
    try:
        if isinstance(obj, Namespace):
            return (getattr(obj, name),)
        if isinstance(obj, TemplateModule):
            return (vars(obj)[name],)
        if isinstance(obj, TemplateReference):
            return (obj[name],)
    except (AttributeError, KeyError):
        pass
    return None


# ---------------------------------------------------------------- bounded functions


def _range(*given: int) -> tuple[int, ...]:
    numbers = range(*given)
    if len(numbers) > MOST_STEPS:
        _too_large(f"a range of {len(numbers)} numbers", MOST_STEPS)
    return tuple(numbers)


def _reckoned(sign: str, left: Any, right: Any) -> Any:
    if isinstance(left, int | float) and isinstance(right, int | float):
        if sign == "**" and (abs(left) > MOST_STEPS or abs(right) > 64):
            _too_large("a power", LARGEST)
        return _bounded_number(OPERATORS[sign](left, right))
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return OPERATORS[sign](left, right)  # which says what is undefined
    if sign == "+":
        _check_size(left, len(left) + len(right))
    elif sign == "*":
        words, times = (right, left) if isinstance(left, int) else (left, right)
        _check_size(words, len(words) * times)
    else:
        raise Refused(f"“{sign}” stands between what are no numbers", "Reckon with numbers.")
    return OPERATORS[sign](left, right)


OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "//": operator.floordiv, "**": operator.pow, "%": operator.mod,
}  # fmt: skip


def _bounded_number(number: Any) -> Any:
    if isinstance(number, complex) or abs(number) > LARGEST:
        _too_large("a number", LARGEST)
    return number


def _check_size(value: Any, size: int) -> None:
    most = MOST_TEXT if isinstance(value, str) else MOST_STEPS
    if size > most:
        _too_large("a text" if isinstance(value, str) else "a list", most)


def _of_mapping(mapping: Mapping[str, Any], name: str) -> Callable[..., Any]:
    if name == "get":
        return mapping.get
    return lambda: tuple(getattr(mapping, name)())


def _bounded_call(words: str, name: str) -> Callable[..., Any]:
    """Return a method of words; what it makes is no larger than a text may be."""
    if name != "replace":
        return getattr(words, name)  # type: ignore[no-any-return]

    def replace(old: str, new: str, *count: int) -> str:
        _check_replaced(words, old, new)
        return words.replace(old, new, *count)

    return replace


def _check_replaced(words: str, old: str, new: str) -> None:
    _check_size(words, len(words) + words.count(old) * len(new))


@pass_eval_context
def _replace(how: Any, words: str, old: str, new: str, count: int | None = None) -> str:
    _check_replaced(str(plain(words)), str(old), str(new))
    return FILTERS["replace"](how, words, old, new, count)  # type: ignore[no-any-return]


@pass_eval_context
def _join(how: Any, values: Iterable[Any], between: str = "") -> str:
    items = [plain(value) for value in values]
    _check_size("", sum(len(str(item)) + len(str(between)) for item in items))
    return FILTERS["join"](how, items, between)  # type: ignore[no-any-return]


def _round(number: float, digits: int = 0, way: str = "common") -> float:
    if not 0 <= digits <= 9:
        _too_large(f"a precision of {digits} digits", 9)
    return FILTERS["round"](number, digits, way)  # type: ignore[no-any-return]


def _sum(numbers: Iterable[float], start: float = 0) -> float:
    total = start
    for number in numbers:
        total = _reckoned("+", total, number)
    return total


BOUNDED_FILTERS: Mapping[str, Callable[..., Any]] = {
    "join": _join, "replace": _replace, "round": _round, "sum": _sum,
    "string": lambda value: soft_str(plain(value)),
}  # fmt: skip
