"""The options that commands share, and what they mean together: a ``Request``, an ``Order``."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from clinicpress.cli.completing import offering
from clinicpress.cli.folders import places_of
from clinicpress.cli.params import DAY, FOLDER, JOBS, NAMES, each_once
from clinicpress.orders.request import Places, Request

CHOOSING = (
    "Where a NAME chooses, several with commas do, too, or “all”; it may be given repeatedly."
)

Decorator = Callable[[Any], Any]


@dataclass(frozen=True)
class Order:
    """What a command that prints is asked for: what, from and into which folders, and how.

    ``jobs`` is the most workers, ``force`` builds what is up to date, ``today`` is the day to judge
    “out of date” by, ``as_json`` says that a program reads what is said, and ``verbose`` that each
    of many files is named.
    """

    request: Request
    places: Places
    jobs: int
    force: bool
    today: date
    as_json: bool
    verbose: bool = False

    def of(self, *publications: str, kind: str = "") -> "Order":
        """Return the same for ``publications``, which are of one ``kind`` where it is named."""
        return replace(self, request=replace(self.request, publications=publications, kind=kind))


def added(command: Any, *options: Decorator) -> Any:
    """Return ``command`` with ``options``; help lists them in this order, before those it has."""
    for option in reversed(options):
        command = option(command)
    return command


def many(name: str, what: str) -> Decorator:
    """Return an option that takes names, with commas or given repeatedly."""
    return click.option(f"--{name}", f"{name}s", multiple=True, metavar="NAME", type=NAMES,
                        callback=each_once, shell_complete=offering(name), help=what)  # fmt: skip


def list_of(name: str, what: str) -> Decorator:
    """Return an option that takes names in their order, or a selection's name, once."""
    return click.option(f"--{name}", metavar="LIST", type=NAMES, callback=each_once,
                        shell_complete=offering(name), help=what)  # fmt: skip


def folder(name: str, what: str) -> Decorator:
    """Return an option that names a folder to read; a variable names it, too."""
    return click.option(f"--{name}", type=FOLDER, envvar=f"CLINICPRESS_{name.upper()}",
                        show_envvar=True, help=what)  # fmt: skip


def as_json(what: str) -> Decorator:
    """Return the option that says ``what`` a line of JSON stands for."""
    return click.option("--json", "as_json", is_flag=True, help=f"One JSON object a {what}.")


layouts_option = folder("layouts", "Folder of the design.")
output_option = click.option(
    "--output", type=FOLDER, envvar="CLINICPRESS_OUTPUT", show_envvar=True, default=Path("output"),
    help="Folder for the PDFs; default: output.",
)  # fmt: skip
today_option = click.option("--today", type=DAY, default=date.today, metavar="DATE",
                            help="Date to judge “out of date” by; default: today.")  # fmt: skip
region_option = many("region", "Country for numbers and words; default: the brand's, else neutral.")
brand_option = many("brand", "Folder below layouts/brands; default: default.")
topic_option = many("topic", "Topic; default: all.")
setting_option = many(
    "setting", "rack (picked up) or given (handed over after a check); default: rack."
)


jobs_option = click.option(
    "--jobs", type=JOBS, default=lambda: os.cpu_count() or 1, metavar="COUNT",
    help="Workers; default: one a core.",
)  # fmt: skip


fields_option = click.option(
    "--fields", is_flag=True,
    help="Let what is handed over (“--setting given”) be filled in on a screen.",
)  # fmt: skip


def folder_options(command: Any) -> Any:
    """Add the options that name what is read."""
    return added(command, layouts_option, folder("sources", "Folder of the content."))


def edition_options(command: Any, audience: str, format: str) -> Any:
    """Add the options that choose editions; ``audience`` and ``format`` are told as defaults."""
    return added(
        command,
        topic_option,
        many("audience", f"Who reads; default: {audience}."),
        many("format", f"standard, clear or large; default: {format}."),
        many("language", "Language of the print; default: the brand's, else en."),
        region_option,
        brand_option,
        many("paper", "Such as A4, A5, Letter, HalfLetter; default: the brand's or region's."),
        setting_option,
    )


def paper_options(command: Any) -> Any:
    """Add the options that say how what is printed comes onto paper."""
    return added(
        command,
        click.option("--for", "productions", multiple=True, metavar="NAME", type=NAMES,
                     callback=each_once, shell_complete=offering("for"),
                     help="proof (screen), home (office printer) or press; default: proof."),
        click.option("--grey", is_flag=True, help="Black ink alone: “--colour grey”."),
        click.option("--colour", type=click.Choice(["rgb", "grey", "cmyk", "spot"]),
                     help="Inks; cmyk and spot for press only; default: rgb."),
        click.option("--cover", type=click.Choice(["joined", "separate"]),
                     help="For press: a booklet's cover in a file of its own."),
        click.option("--flip", type=click.Choice(["short", "long"]),
                     help="For home: edge about which folded sheets are turned; default: short."),
        click.option("--paper-weight", "grammage", type=click.IntRange(40, 350), metavar="GRAMS",
                     help="For home: weight of the paper in g/m²; default: 80."),
    )  # fmt: skip


def order_options(command: Any, audience: str = "general", format: str = "standard") -> Any:
    """Add the options of every command that prints; it is called with the order they make."""

    @wraps(command)
    def ordered(**given: Any) -> Any:
        return command(order_of(given))

    running = added(
        ordered,
        output_option,
        jobs_option,
        click.option("--force", is_flag=True, help="Build even what is up to date."),
        click.option("--final", is_flag=True, help="Print only what is signed by all who must."),
        click.option("--draft", is_flag=True,
                     help="Print what is not finished; each page says that it is a draft."),
        today_option,
        click.option("--verbose", "-v", is_flag=True, help="Name each of many files."),
        as_json("file"),
    )  # fmt: skip
    return folder_options(edition_options(paper_options(running), audience, format))


def order_of(given: Mapping[str, Any]) -> Order:
    """Return what options mean together. Raises UsageError for two that exclude each other."""
    if given["final"] and given["draft"]:
        raise click.UsageError("“--final” and “--draft” exclude each other. Choose one.")
    request = request_of(given)
    places = places_of(given)
    return Order(
        request, places, given["jobs"], given["force"], given["today"], given["as_json"],
        given["verbose"],
    )  # fmt: skip


ASKED = frozenset(field.name for field in fields(Request))


def request_of(given: Mapping[str, Any]) -> Request:
    """Return what is asked for; what is not said stays the default. Raises UsageError."""
    asked = {name: value for name, value in given.items() if name in ASKED and value is not None}
    asked.setdefault("publications", given.get("names", ()))
    if given.get("grey"):
        asked["colour"] = _grey_alone(given["colour"])
    return Request(**asked)


def _grey_alone(colour: str | None) -> str:
    if colour not in (None, "grey"):
        raise click.UsageError(f"“--grey” and “--colour {colour}” exclude each other. Choose one.")
    return "grey"
