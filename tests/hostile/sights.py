"""What a brand's folder may try on the words that must be read: one attack a row.

An attack is a style, or changes to templates. ``EXCHANGED`` is a font whose letters are exchanged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path


@dataclass(frozen=True)
class Attack:
    """What a brand's folder holds: its style, and words to replace in templates, by their name.

    ``is_set_back`` says that the last style sheet undoes it, so that it does not hide a word.
    """

    id: str
    style: str = ""
    templates: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    is_set_back: bool = False


SIGN, ACTION, GATE, STOP = ".tier .signs", ".tier .action", ".gate", ".stop"
AIMS = {"sign": SIGN, "action": ACTION, "gate": GATE, "stop": STOP}

HIDING: Mapping[str, str] = {
    "see-through": "opacity: 0",
    "nearly see-through": "opacity: .08",
    "hidden": "visibility: hidden",
    "not displayed": "display: none",
    "no height": "display: block; height: 0; overflow: hidden",
    "a slit": "display: block; max-height: 1.2mm; overflow: hidden",
    "clipped": "position: absolute; clip: rect(0, 0, 0, 0)",
    "white": "color: #fff; background: #fff",
    "no colour": "color: transparent",
    "pale": "color: rgba(0, 0, 0, .12); background: #fff",
    "dark on dark": "color: #333; background: #222",
    "tiny": "font-size: 2pt",
    "mirrored": "display: block; transform: scaleX(-1)",
    "on its head": "display: block; transform: rotate(180deg)",
    "on its side": "display: block; transform: rotate(90deg) scale(.4)",
    "shrunk": "display: block; transform: scale(.25)",
    "squeezed": "display: block; transform: scaleX(.45)",
    "slanted": "display: block; transform: skewX(55deg)",
    "moved off": "display: block; transform: translateX(-400mm)",
    "struck through": "text-decoration: line-through",
    "letters on letters": "letter-spacing: -.34em",
    "letters apart": "letter-spacing: 1.6em",
    "far left": "display: block; text-indent: -600mm",
    "beside the page": "position: absolute; left: -500mm",
    "a sliver": "display: block; width: 6mm; overflow-wrap: anywhere",
}


SET_BACK = {
    *("see-through", "nearly see-through", "hidden", "clipped", "struck through"),
    *("letters on letters", "letters apart", "far left", "moved off"),
    *("mirrored", "on its head", "on its side", "shrunk", "squeezed", "slanted"),
    *("capitals", "signs struck out"),
}
"""What the last style sheet undoes: the words are printed, and can be read."""


NOT_BACK = {"gate clipped", "stop clipped"}
"""Where it is undone, but what was lifted out of its place covers other words."""


def _hiding() -> Iterator[Attack]:
    for aim, selector in AIMS.items():
        inner = f"{selector}, {selector} *"
        for name, style in HIDING.items():
            whole = name in ("mirrored", "on its head", "on its side", "shrunk", "squeezed")
            where = selector if whole or "position" in style or "display" in style else inner
            forced = "; ".join(f"{part} !important" for part in style.split("; "))
            yield Attack(
                f"{aim} {name}",
                f"{where} {{ {forced} }}",
                is_set_back=name in SET_BACK and f"{aim} {name}" not in NOT_BACK,
            )


OVER = "position: absolute; left: 0; top: 0; width: 100%; height: 100%; background: white"
PICTURE = (
    "url('data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%2210%22 "
    "height=%2210%22%3E%3Crect width=%2210%22 height=%2210%22 fill=%22white%22/%3E%3C/svg%3E')"
)

COVERING = {
    "a white box over the signs": f".tier {{ position: relative }} .tier::after {{ content: ''; {OVER} }}",
    "a white box with words": f".tier {{ position: relative }} .tier::after {{ content: 'All of these are normal'; {OVER} }}",
    "a white box before the signs": f".tier {{ position: relative }} .tier::before {{ content: 'All of these are normal'; {OVER}; z-index: 9 }}",
    "a white picture over the signs": f".tier {{ position: relative }} .tier::after {{ content: {PICTURE}; position: absolute; left: 0; top: 0; width: 100%; height: 100% }} .tier::after {{ background: {PICTURE} }}",
    "a white box over the gate": f".gate {{ position: relative }} .gate::after {{ content: ''; {OVER} }}",
    "a white page": "body::after { content: ''; position: fixed; left: 0; top: 0; width: 100%; height: 100%; background: white }",
    "the next section over the signs": ".part-exercises { position: relative; margin-top: -40mm; background: white }",
    "the next section over the gate": ".tier { position: relative; margin-top: -22mm !important; background: white }",
    "the exercises first": "body { display: flex; flex-direction: column-reverse }",
    "behind the page": ".tier { position: relative; z-index: -1 } .part-warning-signs { background: white; position: relative; z-index: 0 } .part-warning-signs::before { content: ''; position: absolute; inset: 0; background: white }",
    "a margin over the page": "@page { @top-center { content: ''; background: white; height: 160mm; margin-bottom: -150mm; width: 100% } }",
    "a thick white frame": ".tier { border: 30mm solid white !important; margin: -29mm !important; height: 4mm }",
    "a black frame over the signs": ".tier .signs li { outline: 3mm solid black; outline-offset: -3mm }",
    "no distance of lines": ".tier, .tier *, .gate, .gate * { line-height: 0 !important }",
    "columns of a word": ".tier .groups { columns: 40 !important; column-gap: 0 !important }",
    "a sheet of two metres": "@page { size: 2100mm 2970mm }",
    "half a sheet": "@page { size: 105mm 148mm }",
    "signs on the second page": ".part-warning-signs { break-before: page }",
    "signs in the margin": ".tier { position: running(gone) }",
    "signs as a footnote": ".tier .signs { float: footnote }",
    "one line of the signs": ".tier-body { display: block; height: 2mm; overflow: hidden }",
    "capitals": ".tier, .gate { text-transform: uppercase }",
    "small letters": ".tier li, .gate p { font-variant-caps: small-caps; font-size: 7pt !important }",
    "from right to left": ".tier li { direction: rtl; unicode-bidi: bidi-override }",
    "bars of a gradient": ".tier .tier-head p::after { content: ''; display: inline-block; width: 12mm; height: .9mm; background: linear-gradient(#000, #000) }",
    "bars of the colour of words": ".tier .tier-head p::after { content: ''; display: inline-block; width: 12mm; height: .9mm; background: currentcolor }",
    "a dotted ground": ".tier li, .gate { background: repeating-linear-gradient(90deg, #000, #000 1px, #fff 1px, #fff 3px) !important }",
    "a striped ground": ".tier, .gate p { background: repeating-linear-gradient(#333, #333 1px, #fff 1px, #fff 4px) !important }",
    "what to do left out": ".tier-head { display: none }",
    "not without advice left out": ".extra { display: none }",
    "the footer's version": "@page { @bottom-left { content: 'Version 9 · Reviewed by our physiotherapists' } }",
    "no version": "@page { @bottom-left { content: none } }",
    "a white version": "@page { @bottom-left { color: white } }",
    "a tiny version": "@page { @bottom-left { font-size: 1pt } }",
}

TOKENS = {
    "white ink": ":root { --ink: #fff }",
    "white for emergencies": ":root { --emergency: #fff }",
    "paper as dark as ink": ":root { --paper: #1b2b34 }",
    "type of 2 pt": ":root { --size-body: 2pt }",
    "lines on lines": ":root { --leading: 0 }",
    "an ink that is none": ":root { --ink: transparent; --emergency: transparent }",
}

NOT = (
    "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 9'%3E"
    "%3Cpath d='M1 8V1L6 8V1M12 1h4v7h-4zM20 1h6M23 1v7' fill='none' stroke='black'/%3E%3C/svg%3E\")"
)

SAYING = {
    "not, as a picture": f".tier .signs span::before {{ content: {NOT} }}",
    "not, instead of a box": f".tier.short li::before {{ background-image: {NOT} !important }}",
    "not, beside the gate": f".gate {{ background: {NOT} no-repeat right / 9mm !important }}",
    "No, before a sign": ".tier .signs span::before { content: 'No ' }",
    "No, before each sign": ".tier .signs li::before { content: 'No ' !important }",
    "that is normal, after a sign": ".tier .signs span::after { content: ' (this is normal)' }",
    "wait a week, before what to do": ".tier .action::before { content: 'Wait a week, then: ' }",
    "only if it gets worse": ".tier .action::after { content: ' if it gets worse' }",
    "ignore these": ".tier::before { content: 'You can ignore these:' }",
    "do not, before the gate": ".gate p::before { content: 'You need not read this. ' }",
    "never, before the stop line": ".stop::before { content: 'Never mind: ' }",
    "after the stop line": ".stop::after { content: ' Or push through it.' }",
    "before the gate's title": ".gate h2::before { content: 'Skip this: ' }",
    "from an attribute": ".tier .signs span::before { content: attr(lang) 'Not: ' }",
    "by a counter": "@counter-style never { system: cyclic; symbols: 'Never'; suffix: ' ' } .tier .signs span::before { content: counter(x, never) }",
    "by a quotation": ".tier .signs span { quotes: 'No ' '' } .tier .signs span::before { content: open-quote }",
}

CARDS, STOPS, SIGNS, GATES, GATED, SHEET = (
    "required/signs.html", "required/stop.html", "parts/warning-signs.html",
    "required/gate.html", "parts/gate.html", "handout.html",
)  # fmt: skip
SECTIONS = (
    "{% for section in m.sections if not (turns and section.id == today[-1].id)"
    " and section not in under %}"
)
EACH = '{{ (sign.full if wording == "full" else sign.short)|inline }}'
DO = '<p class="action">{{ tier.action|ending_whole|inline }}</p>'

WRITING = {
    "another number": {CARDS: ("{{ tier.action|ending_whole|inline }}", "{{ tier.action|replace('your local emergency number', '0800 1234')|inline }}")},
    "no what to do": {CARDS: (DO, "")},
    "wait a week": {CARDS: (DO, '<p class="action">Wait a week. {{ tier.action|ending_whole|inline }}</p>')},
    "wait a week above": {CARDS: (DO, f"<p>Wait a week.</p>{DO}")},
    "signs backwards": {CARDS: (EACH, "{{ sign.short|reverse }}")},
    "signs without the last word": {CARDS: (EACH, "{{ sign.short.split()[:-1]|join(' ') }}")},
    "a not in a sign": {CARDS: (EACH, "{{ sign.short|replace(' ', ' not ')|inline }}")},
    "only the first sign": {CARDS: ("{%- for sign in group.signs -%}", "{%- for sign in group.signs[:1] -%}")},
    "signs in white": {CARDS: (f"<li><span>{EACH}", f'<li><span style="color: white">{EACH}')},
    "signs struck out": {CARDS: (f"<span>{EACH}</span>", f"<span><del>{EACH}</del></span>")},
    "signs under a picture": {SIGNS: ("{{ tier(", '<div style="position: relative"><img alt="x" style="position: absolute; left: 0; top: 0; width: 100%; height: 40mm" src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxyZWN0IHdpZHRoPSI5IiBoZWlnaHQ9IjkiIGZpbGw9IiNmZmYiLz48L3N2Zz4="></div>{{ tier(')},
    "a seen decoy, the signs unseen": {SIGNS: ("{{ tier(", '<div data-item="tier-{{ entry.id }}"></div><div style="opacity: 0">{{ tier(')},
    "signs after the exercises": {SHEET: (SECTIONS, "{% for section in m.sections|sort(attribute='part') %}")},
    "a decoy before, signs at the end": {SHEET: (SECTIONS, '<div data-item="tier-emergency"></div>{% for section in m.sections|sort(attribute="part") %}')},
    "the gate left out": {GATES: ("{% for id, line in notice.lines %}{{ line|inline }} {% endfor %}", "")},
    "half of the gate": {GATES: ("{% for id, line in notice.lines %}{{ line|inline }} {% endfor %}", "{{ notice.lines[0][1]|inline }}")},
    "a gate that says go": {GATES: ("<p>{% for", "<p>This does not matter: {% for")},
    "the stop line left out": {STOPS: ("{{ m.stop|ending_whole|inline }}", "")},
    "the stop line in pieces": {STOPS: ("{{ m.stop|ending_whole|inline }}", "{{ m.stop|replace(' ', ' <b></b> if you like ') }}")},
    "a sign that says calm": {CARDS: (EACH, f"{EACH} is fine")},
    "a sign that is split": {CARDS: (EACH, "{% for w in sign.short.split() %}{{ w }} almost {% endfor %}")},
    "one letter a line": {CARDS: (EACH, "{% for c in sign.short %}{{ c }}<br>{% endfor %}")},
    "no signs at all": {SIGNS: ("{% for entry in section.entries %}", "{% for entry in section.entries if false %}")},
}  # fmt: skip


BESIDE_GATE = ".part-gate + section { position: relative } .part-gate + section::before"

CLEVER = {
    "words as a picture beside the signs": f"{BESIDE_GATE} {{ content: ''; position: absolute; z-index: 5; left: 98mm; top: 10.8mm; width: 75mm; height: 5mm; background: {NOT} }}",
    "a bar over a box": f"{BESIDE_GATE} {{ content: ''; position: absolute; z-index: 5; left: 16.7mm; top: 12.6mm; width: 3.6mm; height: .5mm; background: #000 }}",
    "a picture behind the page": f"@page {{ background: {NOT} 118mm 48.6mm / 70mm no-repeat }}",
    "a picture behind the body": f"body {{ background: {NOT} 100mm 40mm / 70mm no-repeat }}",
    "the exercises first, in capitals": "body { display: flex; flex-direction: column } .part-exercises { order: -1 } .steps li { text-transform: uppercase }",
    "the gate last": "body { display: flex; flex-direction: column } .part-gate { order: 5 }",
    "words above the state": "@page { @bottom-left { content: 'Approved by all doctors of the town.\\A' 'Version 0.1, November 2026 · Not yet reviewed by a clinician' } }",
}

REWRITING = {
    "what to do, of the other tier": {
        CARDS: (
            DO,
            DO.replace(
                "{{ tier.action|ending_whole|inline }}",
                '{{ "Call your family doctor today." if tier.id == "emergency" else "Call your local emergency number now." if tier.id == "same-day" else tier.action }}',
            ),
        )
    },
    "avoid, before what to do": {CARDS: (DO, f'<p class="action"><b>Avoid:</b></p>{DO}')},
    "do not do this if, before a sign": {CARDS: (EACH, f"Do not do this if {EACH}")},
    "the clinic's name before a sign": {CARDS: (EACH, f"{{{{ brand.name }}}} {EACH}")},
    "the main message after a sign": {CARDS: (EACH, f"{EACH} {{{{ m.main_message }}}}")},
    "another number in signs": {CARDS: (EACH, f"{EACH} = 0900 123 456")},
    "not equal": {CARDS: (EACH, f"≠ {EACH}")},
    "dots, and a word": {
        CARDS: (
            f"<li><span>{EACH}",
            f"<li>{'. ' * 70}</li><li>Almost always harmless</li><li><span>{EACH}",
        )
    },
    "an image of no": {
        CARDS: (
            EACH,
            f'<img alt="x" style="height: .8em" src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxwYXRoIGQ9Ik0xIDhWMWw3IDdWMSIgc3Ryb2tlPSIjMDAwIi8+PC9zdmc+"> {EACH}',
        )
    },
    "letters of frames": {
        CARDS: (
            EACH,
            f'<span style="display: inline-block; width: 2mm; height: 3mm; border: .4mm solid black; border-bottom: none"></span> {EACH}',
        )
    },
    "the gate backwards": {
        GATES: (
            "{% for id, line in notice.lines %}{{ line|inline }} {% endfor %}",
            "{% for id, line in notice.lines|reverse %}{{ line|inline }} {% endfor %}",
        )
    },
    "advice without its meaning": {
        STOPS: (
            '<strong>{{ t("practice.leave-out") }}</strong>',
            "<strong>Best of all if:</strong>",
        )
    },
    "signs in two places": {
        CARDS: (
            "{%- for sign in group.signs -%}",
            '{%- for sign in group.signs -%}{% if not loop.first %}<li>{{ t("practice.easier") }}</li>{% endif %}',
        )
    },
}


def attacks() -> list[Attack]:
    """Return every attack."""
    return [
        *_hiding(),
        *(
            Attack(id, style, is_set_back=id in SET_BACK)
            for id, style in {**COVERING, **TOKENS, **SAYING, **CLEVER}.items()
        ),
        *(
            Attack(id, templates=templates, is_set_back=id in SET_BACK)
            for id, templates in {**WRITING, **REWRITING}.items()
        ),
        Attack("exchanged letters", font("Exchanged", 400) + font("Exchanged", 600)),
        Attack("letters of no size", font("Tiny", 400, tiny=True)),
    ]


def font(family: str, weight: int, *, tiny: bool = False) -> str:
    """Return a style that takes a font of a brand's own for one of the print's."""
    name = "tiny.ttf" if tiny else "exchanged.ttf"
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{name}") }} '
        f'html, body, p, li, span, div, h2, h3, strong {{ font-family: "{family}" !important }}'
    )


def fonts(source: Path) -> dict[str, bytes]:
    """Return the fonts that attacks use: one whose letters are exchanged, one without size."""
    from fontTools.ttLib import TTFont

    made = {}
    for name in ("exchanged.ttf", "tiny.ttf"):
        opened = TTFont(source)
        if name == "tiny.ttf":
            opened["head"].unitsPerEm = 16000
        else:
            for table in opened["cmap"].tables:
                if hasattr(table, "cmap"):
                    letters = dict(table.cmap)
                    for code in range(ord("a"), ord("z")):
                        letters[code] = table.cmap[code + 1]
                    table.cmap = letters
        written = BytesIO()
        opened.save(written)
        made[name] = written.getvalue()
    return made
