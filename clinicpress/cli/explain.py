"""``generate explain``: what a rule is, why it is there, and how to mend what breaks it."""

import json
from shutil import get_terminal_size

import click

from clinicpress.cli.options import as_json


@click.command(short_help="Say what a rule is, why, and how to mend what breaks it.")
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--markdown", is_flag=True, help="Every rule, as the page docs/rules.md.")
@as_json("rule")
def explain(codes: tuple[str, ...], as_json: bool, markdown: bool) -> None:
    """Say what a rule is, why it is there, and how to mend what breaks it.

    CODE stands in brackets at the end of a message. Without one, all rules are listed.

    \b
    Examples:
      generate explain SAFE-SIGN
      generate explain
    """
    from clinicpress.authoring import rulebook

    if markdown and (codes or as_json):
        raise click.UsageError("“--markdown” is for all rules at once. Leave CODE and --json out.")
    named = rulebook.known(codes)
    if markdown:
        click.echo(rulebook.page(), nl=False)
    elif as_json:
        for each in rulebook.as_json(named):
            click.echo(json.dumps(each, ensure_ascii=False))
    elif named:
        click.echo("\n\n".join(rulebook.told(code, get_terminal_size().columns) for code in named))
    else:
        click.echo("\n".join(rulebook.listed()))


COMMANDS = (explain,)
