"""What ``generate list`` prints: what can be printed, and what can be picked for one patient."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import click

from clinicpress.cli.terminal import tell_left_out
from clinicpress.content.library import Library, TopicLibrary
from clinicpress.content.model import Publication, Setting
from clinicpress.content.reader import read_library
from clinicpress.design.brand import brand_ids
from clinicpress.design.design import read_formats
from clinicpress.editions.picking import PICKED, Part, refusal, takes
from clinicpress.orders.plan import chosen_topics


def print_offers(
    sources: Path, layouts: Path, asked: Collection[str] = (), *, as_json: bool
) -> None:
    """Print every publication with its audiences, then what to pick, formats, regions, brands.

    It goes by topic, and narrows to the topics ``asked`` for. Raises Problems for one that cannot
    be read, UnknownName for a name that is none.
    """
    whole, formats = read_library(sources), read_formats(layouts)
    topics = chosen_topics(asked, whole)
    library = replace(whole, topics={id: whole.topics[id] for id in topics})
    brands = brand_ids(layouts)
    for id, broken in () if asked else whole.broken.items():
        tell_left_out(id, broken.problems)
    if as_json:
        usual = {"formats": list(formats), "regions": list(library.regions), "brands": brands}
        _print_json(library, usual)
        return
    for id, topic in library.topics.items():
        if len(whole.topics) > 1:
            click.echo(f"# {topic.topic.title.default}: --topic {id}\n")
        for name, publication in topic.publications.items():
            _print_publication(name, publication, library)
        _print_picks(topic, library)
        if len(whole.topics) > 1:
            click.echo()
    click.echo(f"\n--audience {', '.join(library.audiences)}")
    click.echo(f"--format   {', '.join(formats)}")
    click.echo(f"--setting  {', '.join(get_args(Setting))}")
    click.echo(f"--region   {', '.join(library.regions)}")
    click.echo(f"--brand    {', '.join(brands)}")
    click.echo(f"--topic    {', '.join(whole.topics)}")


def _print_json(library: Library, usual: Mapping[str, Any]) -> None:
    """Print an object for each publication; ``usual`` is what holds for all of them."""
    for id, topic in library.topics.items():
        for name, publication in topic.publications.items():
            click.echo(json.dumps({
                "topic": id, "publication": name, "kind": publication.kind,
                "title": publication.title.default, "audiences": library.readers(publication),
                **usual, "selections": list(publication.selections),
                **{part: [*_to_pick(part, publication, topic, library)] for part in PICKED},
            }))  # fmt: skip


def _print_publication(name: str, publication: Publication, library: Library) -> None:
    """Print what to type for a publication, and for each of its selections."""
    kind = publication.kind
    command = kind if name == kind else f"{kind} {name}"
    audiences = ", ".join(library.readers(publication))
    click.echo(f"generate {command:28} {publication.title.default} ({audiences})")
    for id, selection in publication.selections.items():
        parts = (part for part in PICKED if any(getattr(selection, part).values()))
        named = " ".join(f"--{part} {id}" for part in parts)
        click.echo(f"  {named:35} {selection.title.default}")


def _to_pick(
    part: Part, publication: Publication, topic: TopicLibrary, library: Library
) -> Iterator[Mapping[str, Any]]:
    """Yield each item that a handout takes: its id, its title, and for whom it is not, and why."""
    readers = [library.lineage(audience) for audience in library.readers(publication)]
    takers = [lineage for lineage in readers if takes(publication, part, lineage)]
    for id, item in getattr(topic, part).items() if publication.kind == "handout" else ():
        reasons = {lineage[0]: refusal(item, lineage) for lineage in takers}
        not_for = {audience: reason for audience, reason in reasons.items() if reason}
        if item.steps and len(not_for) < len(takers):
            yield {"id": id, "title": item.title.default, "not_for": not_for}


def _print_picks(topic: TopicLibrary, library: Library) -> None:
    """Print what can be picked from a topic, once for all handouts that take it."""
    for part in PICKED:
        titles: dict[str, str] = {}
        refused: dict[str, set[str]] = {}
        takers: list[str] = []
        for name, publication in topic.publications.items():
            found = [*_to_pick(part, publication, topic, library)]
            takers += [name] if found else []
            for one in found:
                titles[one["id"]] = one["title"]
                refused.setdefault(one["id"], set()).update(one["not_for"])
        if takers:
            click.echo(f"\n--{part}, for {', '.join(takers)}")
        for id, title in titles.items():
            not_for = ", ".join(name for name in library.audiences if name in refused[id])
            click.echo(f"  {id:20} {title}{f' (not for {not_for})' if not_for else ''}")
