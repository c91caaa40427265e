"""Bad input: each mistake is told in one sentence with its place and its mend, and prints nothing.

A message is compared whole, so that a change of its words is a decision.
"""

# ruff: noqa: E501 - a message stands here in as few lines as it can
import errno
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from zlib import crc32

import pypdfium2
import pytest

from clinicpress.content.reader import read_library
from clinicpress.design.design import open_design
from clinicpress.editions.edition import Edition
from clinicpress.editions.selection import select
from clinicpress.errors import EnvironmentFault
from clinicpress.orders.request import Places, Request
from clinicpress.pages.compose import compose
from clinicpress.runs.run import produce
from tests.conftest import LIES_HERE, NOWHERE, ROOT, environment, undrawn

TOPIC = "sources/tiny/"
BEND = TOPIC + "exercises/thumb-bend.yaml"
PRESS = TOPIC + "exercises/thumb-press.yaml"
RUB = TOPIC + "techniques/thumb-rub.yaml"
SIGNS = TOPIC + "warning-signs.yaml"
PUBLICATIONS = TOPIC + "publications/"
SHEET, BOOKLET = PUBLICATIONS + "thumb-sheet.yaml", PUBLICATIONS + "booklet.yaml"
HAND = f"{TOPIC}figures/hands/hand.yaml"
AUDIENCES = "sources/audiences.yaml"
REGIONS = "sources/regions.yaml"
BRAND = "layouts/brands/night/brand.yaml"
STYLE = "layouts/brands/night/styles/brand.css"

STEPS = "steps:\n  bend: Bend your thumb.\n  straighten: Straighten it again."
DOSE = "dose:\n  sets: 1\n  repetitions: 3-5\n  times_a_day: 2"
SIGN_1 = """\
        T1:
          symptoms: [thumb cut off]
          full: Is your thumb cut off?
          short: Thumb cut off
"""


def refuses(clinic, message, *, code=1, asked=("handout", "thumb-sheet")):
    """Assert that the command ends with ``message``, exactly, and prints nothing."""
    ended = clinic.generate(*asked)
    assert ended.err == message + "\n"
    assert (ended.code, ended.out) == (code, "")
    assert clinic.files() == []


def selecting(start):
    """Return the words to replace, and what gives the sheet one selection, “start”, in line 15."""
    line = "chosen_message: These were chosen for you."
    return line, f"{line}\nselections:\n  start: {start}"


# What is wrong, the file, the words that stand there, what the test puts in their place (None for
# the first: the whole file), and the message.
MISTAKES = [
    # ---- YAML itself
    ("a quotation mark that the next text closes", BEND, "title: Thumb bend\npurpose: Keeps your",
     'title: "Thumb bend\npurpose: "Keeps" your',
     f"{BEND}:2: a quotation mark is opened here and never closed. Close it with the same mark. "
     "[YAML-SYNTAX]"),
    ("an apostrophe that closes what is not", BEND, "title: Thumb bend\npurpose: Keeps your",
     "title: 'Thumb bend\npurpose: Keeps and doesn't hurt your",
     f"{BEND}:2: a quotation mark is opened here and never closed. Close it with the same mark. "
     "[YAML-SYNTAX]"),
    ("a quotation mark that another text closes", BEND,
     "title: Thumb bend\npurpose: Keeps your thumb moving.",
     'title: "Thumb bend\npurpose: Keeps your thumb moving."',
     f"{BEND}:2: a quotation mark is opened here and never closed. Close it with the same mark. "
     "[YAML-SYNTAX]"),
    ("a quotation mark that is never closed", BEND, "title: Thumb bend", 'title: "Thumb bend',
     f"{BEND}:2: a quotation mark is opened here and never closed. Close it with the same mark. "
     "[YAML-SYNTAX]"),
    ("an apostrophe in a text that begins with one", BEND, "title: Thumb bend", "title: 'It's a bend'",
     f"{BEND}:2: an apostrophe ends the text that another began. Put the text in quotation marks of "
     'the other kind: ". [YAML-SYNTAX]'),
    ("bold words at the beginning of a text", BEND, "title: Thumb bend", "title: **Thumb** bend",
     f"{BEND}:2: the text begins with “*”, which YAML keeps for itself. Put the text in quotation "
     "marks. [YAML-SYNTAX]"),
    ("a tab", BEND, "  bend: Bend", "\tbend: Bend",
     f"{BEND}:8: the line begins with a tab. Indent it with spaces. [YAML-SYNTAX]"),
    ("a tab before a later key", BEND, "  straighten: S", "\tstraighten: S",
     f"{BEND}:9: the line begins with a tab. Indent it with spaces. [YAML-SYNTAX]"),
    ("a tab before a key of the file", BEND, "title: Thumb bend", "\ttitle: Thumb bend",
     f"{BEND}:2: the line begins with a tab. Indent it with spaces. [YAML-SYNTAX]"),
    ("a line that is indented wrongly", BEND, "  straighten: S", " straighten: S",
     f"{BEND}:9: the line does not fit those above it. Indent it like its neighbours, and put text "
     "that begins with a quotation mark in quotation marks as a whole. [YAML-SYNTAX]"),
    ("a colon in text", BEND, "title: Thumb bend", "title: Thumb: bend",
     f"{BEND}:2: a colon stands where none can. Put text that holds “: ” in quotation marks, or "
     "indent it like its neighbours. [YAML-SYNTAX]"),
    ("a bracket that is not closed", BEND, "evidence: [S1]", "evidence: [S1",
     f"{BEND}:19: a bracket that is opened here or above is not closed. Close it. Put text that "
     "holds brackets, commas, “: ” or “#” in quotation marks. [YAML-SYNTAX]"),
    ("a text that begins with a sign of YAML's", BEND, "bend: Bend your thumb.", "bend: @home",
     f"{BEND}:8: the text begins with “@”, which YAML keeps for itself. Put the text in quotation "
     "marks. [YAML-SYNTAX]"),
    ("a text that begins with a star", BEND, "bend: Bend your thumb.", "bend: *gently",
     f"{BEND}:8: the text begins with “*”, which YAML keeps for itself. Put the text in quotation "
     "marks. [YAML-SYNTAX]"),
    ("two documents in a file", BEND, "title: Thumb", "---\ntitle: Thumb",
     f"{BEND}:2: a second document begins here. Take the line “---” out. [YAML-SYNTAX]"),
    ("an alias in itself", BEND, STEPS, "steps: &all\n  bend: *all",
     f"{BEND}:7: an alias refers to what it stands in. Write the value out. [YAML-LOOP]"),
    ("a file that is not UTF-8", BEND, None, b"id: thumb-bend\ntitle: caf\xe9\n",
     f"{BEND}:2: a character is not UTF-8. Save the file as UTF-8. [YAML-SYNTAX]"),
    ("a character that nobody sees", BEND, None, b"id: thumb-bend\ntitle: Th\x00umb\n",
     f"{BEND}:2: a character that cannot be seen or printed stands here. Type the line again. "
     "[YAML-SYNTAX]"),
    ("an empty file", BEND, None, "# nothing yet\n",
     f"{BEND}: the file is empty. Write it, or remove it. [EMPTY]"),
    ("brackets in brackets in brackets", BEND, None, "[" * 5000 + "]" * 5000,
     f"{BEND}: the file is nested too deep. Take some levels out. [YAML-SYNTAX]"),
    ("aliases that stand for millions", BEND, None,
     "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
     + "".join(f"{k}: &{k} [{', '.join(['*' + j] * 10)}]\n" for j, k in zip("abcdef", "bcdefg", strict=True)),
     f"{BEND}: the file is nested too deep. Take some levels out. [YAML-SYNTAX]"),
    # ---- keys
    ("a key twice", BEND, "title: Thumb bend", "title: Thumb bend\ntitle: Other",
     f"{BEND}:3: the key “title” is here twice (first on line 2). Keep one of the two. "
     "[YAML-DUPLICATE-KEY]"),
    ("a step twice", BEND, "  straighten: S", "  bend: S",
     f"{BEND}:9: the key “bend” is here twice (first on line 8). Keep one of the two. "
     "[YAML-DUPLICATE-KEY]"),
    ("an unknown key", BEND, "easier: Do", "esier: Do",
     f"{BEND}:16: the key “esier” is not known here. Did you mean “easier”? [KEY-UNKNOWN]"),
    ("an unknown key that is like no other", BEND, "  times_a_day: 2", "  xyz: 2",
     f"{BEND}:13: the key “dose › xyz” is not known here. Known: days_a_week, each_way, "
     "every_hours, hold_seconds, minutes, per_side, repetitions, seconds, sets, spots, "
     "times_a_day, weeks. [KEY-UNKNOWN]"),
    ("how often said twice", BEND, "  times_a_day: 2", "  times_a_day: 2\n  every_hours: 2",
     f"{BEND}:10: “dose” says both “times_a_day” and “every_hours”. Keep the one that the source "
     "gives. [VALUE]"),
    ("a key with a hyphen", BEND, "  times_a_day: 2", "  times-a-day: 2",
     f"{BEND}:13: the key “dose › times-a-day” is not known here. Write “times_a_day”: keys have "
     "underscores, and names have hyphens. [KEY-UNKNOWN]"),
    ("an unknown tier", SIGNS, "appointment:\n", "appointments:\n",
     f"{SIGNS}:32: the key “appointments” is not known here. Did you mean “appointment”? "
     "[KEY-UNKNOWN]"),
    ("a word where numbers belong", HAND, "{right_arm: {raise: 60}}", "{right_arm: {palm: down}}",
     f"{HAND}:9: “moments › lift › pose › right_arm › palm” is “down”, but 3 numbers belong here. "
     "Write them in square brackets: [0, 0, -1]. [TYPE]"),
    ("a key that is needed and misspelt", BEND, "purpose: Keeps", "purpouse: Keeps",
     f"{BEND}:3: the key “purpouse” is not known here. Did you mean “purpose”? [KEY-UNKNOWN]"),
    ("a missing key", BEND, "purpose: Keeps your thumb moving.\n", "",
     f"{BEND}:1: the key “purpose” is missing. Add it. [KEY-MISSING]"),
    ("a missing key inside another", SIGNS, "          short: Thumb cut off\n", "",
     f"{SIGNS}:10: the key “emergency › groups › hand › signs › T1 › short” is missing. Add it. "
     "[KEY-MISSING]"),
    ("other words for some, and none for the rest", BEND, "  default: Sit with your hand on a table.\n", "",
     f"{BEND}:4: the key “position › default” is missing. Add it. [KEY-MISSING]"),
    ("a key that is no name", BEND, "  bend: Bend", "  bend it: Bend",
     f"{BEND}:8: the key “steps › bend it” cannot be used as a name. Use letters, digits and single "
     "hyphens only. [NAME]"),
    ("a key that is no word", BEND, "  bend: Bend", "  [a, b]: Bend",
     f"{BEND}:8: a key is not a plain word. Write a plain word before the colon. [YAML-KEY]"),
    ("a reference that is no number", TOPIC + "references.yaml", "S1:", "Thumbs:",
     f"{TOPIC}references.yaml:1: the key “Thumbs” is no reference number. Write S and a number, "
     "such as S8. [NAME]"),
    ("a version that vouches", TOPIC + "topic.yaml", 'version: "0.1"', 'version: "1.0 vetted by NHS"',
     f"{TOPIC}topic.yaml:6: “version” is “1.0 vetted by NHS”, which is no version. Write numbers with dots, "
     "such as 1.2, 2026.11 or 1.2-beta. [VALUE]"),
    ("a version that says until when", TOPIC + "topic.yaml", 'version: "0.1"', 'version: "2.0–2099"',
     f"{TOPIC}topic.yaml:6: “version” is “2.0–2099”, which is no version. Write numbers with dots, "
     "such as 1.2, 2026.11 or 1.2-beta. [VALUE]"),
    ("a version that is a range", TOPIC + "topic.yaml", 'version: "0.1"', 'version: "2.0-2099"',
     f"{TOPIC}topic.yaml:6: “version” is “2.0-2099”, which is no version. Write numbers with dots, "
     "such as 1.2, 2026.11 or 1.2-beta. [VALUE]"),
    ("a version in words", TOPIC + "topic.yaml", 'version: "0.1"', 'version: "Thumbs up"',
     f"{TOPIC}topic.yaml:6: “version” is “Thumbs up”, which is no version. Write numbers with dots, "
     "such as 1.2, 2026.11 or 1.2-beta. [VALUE]"),
    # ---- types
    ("no where a number belongs", BEND, "sets: 1", "sets: no",
     f"{BEND}:11: “dose › sets” is “no”, which is no whole number. Write one such as 5, or a range "
     "such as 8-10. [VALUE]"),
    ("a time where a number belongs", BEND, "repetitions: 3-5", "repetitions: 1:30",
     f"{BEND}:12: “dose › repetitions” is “1:30”, which is no whole number. Write one such as 5, or "
     "a range such as 8-10. [VALUE]"),
    ("a list where a range belongs", BEND, "repetitions: 3-5", "repetitions: [3, 5]",
     f"{BEND}:12: “dose › repetitions” is no whole number. Write one such as 5, or a range such as "
     "8-10. [VALUE]"),
    ("a range backwards", BEND, "repetitions: 3-5", "repetitions: 5-3",
     f"{BEND}:12: “dose › repetitions” is “5-3”, which has its larger number first. Write 3-5. "
     "[VALUE]"),
    ("a list where words belong", BEND, "title: Thumb bend", "title: [Thumb, bend]",
     f"{BEND}:2: “title” is a list, but words belong here. Write words; put them in quotation marks "
     "if they begin with [ or {. [TYPE]"),
    ("lines where words belong", AUDIENCES, "name: Older adults", "name: {en: Older adults}",
     f"{AUDIENCES}:9: “older-adult › name” is a block of “name: text” lines, but words belong here. "
     "Put it in quotation marks if it holds “: ” or begins with {. [TYPE]"),
    ("notes about a word that there is not", REGIONS, "  notes:\n", "  notes_about: {chemist: [islands]}\n  notes:\n",
     f"{REGIONS}:2: “GB” has notes about “chemist”, but no word for it. Correct the name. [VALUE]"),
    ("a note that there is not", REGIONS, "  notes:\n", "  notes_about: {urgent-line: [hills]}\n  notes:\n",
     f"{REGIONS}:2: “GB” has no note “hills”. Correct the name in `notes_about`. [VALUE]"),
    ("lines where a list belongs", BEND, "evidence: [S1]", "evidence: {S1: yes}",
     f"{BEND}:19: “evidence” is a block of “name: text” lines, but a list belongs here. Write it in "
     "square brackets, with commas between: [one, two]. [TYPE]"),
    ("words where a list belongs", BEND, "evidence: [S1]", "evidence: S1",
     f"{BEND}:19: “evidence” is “S1”, but a list belongs here. Write it in square brackets, with "
     "commas between: [one, two]. [TYPE]"),
    ("a list where lines belong", BEND, STEPS, "steps: [Bend it., Straighten it.]",
     f"{BEND}:7: “steps” is a list, but “name: text” lines belong here. Give each entry a line and "
     "a name of its own. [TYPE]"),
    ("words where lines belong", BEND, DOSE, "dose: a lot",
     f"{BEND}:10: “dose” is “a lot”, but “name: text” lines belong here. Give each entry a line and "
     "a name of its own. [TYPE]"),
    ("a list for a file", BEND, None, "- thumb-bend\n",
     f"{BEND}:1: the file is a list, but “name: text” lines belong here. Give each entry a line and "
     "a name of its own. [TYPE]"),
    ("a word where a size belongs", AUDIENCES, "smallest_type: 14", "smallest_type: big",
     f"{AUDIENCES}:12: “older-adult › smallest_type” is “big”, but a number belongs here. Write it "
     "in digits, such as 9.5. [TYPE]"),
    ("a number that is too large", AUDIENCES, "exercise_limit: 3", "exercise_limit: 99",
     f"{AUDIENCES}:13: “older-adult › exercise_limit” is “99”, which is too much. Keep to 12 or "
     "less. [VALUE]"),
    ("a number that is too small", AUDIENCES, "exercise_limit: 3", "exercise_limit: 0",
     f"{AUDIENCES}:13: “older-adult › exercise_limit” is “0”, which is too little. Make it 1 or "
     "more. [VALUE]"),
    ("no size of type", AUDIENCES, "  smallest_type: 14\n", "",
     f"{AUDIENCES}:8: “older-adult” lacks “smallest_type”. Add it, or say which audience it is "
     "`like`. [VALUE]"),
    ("perhaps", TOPIC + "causes/strain.yaml", "summary:", "serious: perhaps\nsummary:",
     f"{TOPIC}causes/strain.yaml:3: “serious” is “perhaps”, but true or false belongs here. Write "
     "true or false. [TYPE]"),
    ("a date that is none", TOPIC + "topic.yaml", "date: 2026-11-22", "date: 22 November",
     f"{TOPIC}topic.yaml:7: “date” is “22 November”, but a date belongs here. Write it as "
     "year-month-day, such as 2026-11-30. [TYPE]"),
    ("a choice that is none", RUB, "given_by: yourself", "given_by: partners",
     f"{RUB}:3: “given_by” is “partners”, which is not one of the choices. Did you mean “partner”? "
     "[VALUE]"),
    ("a part that is none", SHEET, "- part: message", "- part: massage",
     f"{SHEET}:8: “sections › entry 1 › part” is “massage”, which is not one "
     "of the choices. Did you mean “message”? [VALUE]"),
    # ---- nothing, too little, too much
    ("an empty step", BEND, "bend: Bend your thumb.", "bend:",
     f"{BEND}:8: “steps › bend” is empty. Write it, or take the key out. [EMPTY]"),
    ("a step of blanks", BEND, "bend: Bend your thumb.", 'bend: "  "',
     f"{BEND}:8: “steps › bend” is empty. Write it, or take the key out. [EMPTY]"),
    ("a step that a comment hides", BEND, "bend: Bend your thumb.", "bend: #1 is to bend.",
     f"{BEND}:8: “steps › bend” is empty. Put text that begins with “#” in quotation marks: YAML "
     "leaves the rest of the line out. [EMPTY]"),
    ("no steps", BEND, STEPS, "steps: {}",
     f"{BEND}:7: “steps” is empty. Write it, or take the key out. [EMPTY]"),
    ("an empty dose", BEND, "repetitions: 3-5", "repetitions:",
     f"{BEND}:12: “dose › repetitions” is empty. Write it, or take the key out. [EMPTY]"),
    ("more steps than seven", BEND, "  bend: Bend", "".join(f"  b{n}: Bend\n" for n in range(6)) + "  bend: Bend",
     f"{BEND}:7: “steps” has 8 entries, and 7 are the most. Take some out, or join two. [LENGTH]"),
    ("no repetitions", BEND, "repetitions: 3-5", "repetitions: 0",
     f"{BEND}:12: “dose › repetitions” is “0”, which is not between 1 and 40. Correct the number. "
     "[VALUE]"),
    ("500 repetitions", BEND, "repetitions: 3-5", "repetitions: 500",
     f"{BEND}:12: “dose › repetitions” is “500”, which is not between 1 and 40. Correct the number. "
     "[VALUE]"),
    ("a professional's steps", RUB, "given_by: yourself", "given_by: professional",
     f"{RUB}:1: the file has steps, but a professional gives it. Take the steps out, or correct "
     "“given_by”. [VALUE]"),
    ("one's own technique without steps", RUB, "steps:\n  rub: Rub slowly round and round.\n", "",
     f"{RUB}:1: the file lacks a position, steps or a dose. Add them, or write “given_by: "
     "professional”. [VALUE]"),
    ("no number to call", REGIONS, "    urgent-line: your nurse line\n", "",
     f"{REGIONS}:16: “US › words” lacks “urgent-line”, which every print shows. Add it. [VALUE]"),
    # ---- names
    ("an id that is no name", BEND, "id: thumb-bend", "id: Thumb bend",
     f"{BEND}:1: “id” is “Thumb bend”, which cannot be used as a name. Use letters, digits and "
     "single hyphens only. [NAME]"),
    ("an id twice", RUB, "id: thumb-rub", "id: thumb-bend",
     f"{RUB}:1: the id “thumb-bend” is already used in {BEND}:1. Give one of the two, and its file, "
     "another name. [ID-DUPLICATE]"),
    ("an id that is not its file's name", PRESS, "id: thumb-press", "id: thumb-push",
     f"{PRESS}:1: the id “thumb-push” differs from the file's name. Call the file "
     "“thumb-push.yaml”, or the item “thumb-press”. [ID-FILE]"),
    ("a publication that is not called as its file", SHEET, "id: thumb-sheet", "id: sheet",
     f"{SHEET}:1: the id “sheet” differs from the file's name. Call the file “sheet.yaml”, or the "
     "publication “thumb-sheet”. [ID-FILE]"),
    ("an order of publications that do not exist", TOPIC + "topic.yaml", "id: tiny", "id: tiny\npublications: [thumb-sheat]",
     f"{TOPIC}topic.yaml:3: there is no “thumb-sheat” in the folder publications. Did you mean "
     "“thumb-sheet”? [ITEM-UNKNOWN]"),
    ("a sign twice", SIGNS, "        T4:", "        T3:",
     f"{SIGNS}:40: the sign “T3” is already used in {SIGNS}:27. Give one of the two another id. "
     "[ID-DUPLICATE]"),
    ("a topic in another's folder", TOPIC + "topic.yaml", "id: tiny", "id: teeny",
     f"{TOPIC}topic.yaml:2: the topic's id is “teeny”, but its folder is “tiny”. Make the two the "
     "same. [TOPIC-ID]"),
    ("a reference that does not exist", BEND, "evidence: [S1]", "evidence: [S1, S2]",
     f"{BEND}:19: the reference “S2” is not in references.yaml. Add it there with its title, "
     "address and status, or correct the number. [REFERENCE-UNKNOWN]"),
    ("a reference that none could be", BEND, "evidence: [S1]", "evidence: [a book]",
     f"{BEND}:19: “evidence › entry 1” is “a book”, which is no reference number. Write S and a "
     "number, such as S8. [VALUE]"),
    ("a region's reference that does not exist", REGIONS, "  paper: Letter", "  paper: Letter\n  evidence: [S9]",
     f"{REGIONS}:15: the reference “S9” is not in the references.yaml that all topics share. Add it to the file of that name beside this one, or correct "
     "the number. [REFERENCE-UNKNOWN]"),
    ("a token that does not exist", BEND, "Bend your thumb.", "Call [[emergency-numbr]].",
     f"{BEND}:8: the token “[[emergency-numbr]]” is in no region's words. Did you mean "
     "“emergency-number”? [TOKEN-UNKNOWN]"),
    ("a token in a region's words", REGIONS, "your nurse line", '"[[family-doctor]]"',
     f"{REGIONS}:18: the token “[[family-doctor]]” cannot stand in this file. Write the words "
     "themselves. [TOKEN-MISPLACED]"),
    ("an audience that does not exist", PRESS, "  older-adult: It", "  older-adlt: It",
     f"{PRESS}:11: the audience “older-adlt” is not in audiences.yaml. Did you mean “older-adult”? "
     "[AUDIENCE-UNKNOWN]"),
    ("words for an audience that does not exist", BEND, "  older-adult: Sit", "  young-adult: Sit",
     f"{BEND}:6: the audience “young-adult” is not in audiences.yaml. Did you mean “older-adult”? "
     "[AUDIENCE-UNKNOWN]"),
    ("words under the key variants", BEND, "  older-adult: Sit", "  variants: Sit",
     f"{BEND}:6: the audience “variants” is not in audiences.yaml. Known: clinician, general, "
     "older-adult. [AUDIENCE-UNKNOWN]"),
    ("variants as a list by audience", BEND, "  older-adult: Sit with your whole arm on a table.",
     "  variants: {older-adult: Sit.}",
     f"{BEND}:6: “position › variants” is a block of “name: text” lines, but words belong here. "
     "Put it in quotation marks if it holds “: ” or begins with {. [TYPE]"),
    ("a choice for an audience that does not exist", SHEET, "older-adult: [thumb-bend]",
     "nobody: [thumb-bend]",
     f"{SHEET}:11: the audience “nobody” is not in audiences.yaml. Known: clinician, general, "
     "older-adult. [AUDIENCE-UNKNOWN]"),
    ("an item that does not exist", SHEET, "[thumb-bend, thumb-press]", "[thumb-bend, thumb-pres]",
     f"{SHEET}:11: there is no “thumb-pres” in the folder exercises. Did you mean "
     "“thumb-press”? [ITEM-UNKNOWN]"),
    ("an item twice", SHEET, "[thumb-bend, thumb-press]", "[thumb-bend, thumb-press, thumb-bend]",
     f"{SHEET}:11: the list names “thumb-bend” 2 times. Leave it there once. [ITEM-TWICE]"),
    ("a list of nothing", SHEET, "older-adult: [thumb-bend]", "older-adult: []",
     f"{SHEET}:11: the list names nothing. List at least one, or take the key out. "
     "[ITEM-NONE]"),
    ("a clinicians' section for all", SHEET, "- part: gate", "- part: gate\n  - part: record",
     f"{SHEET}:1: in “thumb-sheet”, the section “record” is for clinicians and would reach "
     "“general”. Say with `for` which clinical audience gets it. [SAFE-CLINICAL]"),
    ("items where none are taken", SHEET, "- part: gate", "- {part: gate, items: [thumb-bend]}",
     f"{SHEET}:9: a section “gate” takes no items. Take the key out. [ITEM-UNKNOWN]"),
    ("an order for an audience that does not exist", TOPIC + "audiences.yaml", None, "older-adlt:\n  first: {exercises: [thumb-bend]}\n  because: Why\n",
     f"{TOPIC}audiences.yaml:1: the audience “older-adlt” is not in audiences.yaml. Did you mean "
     "“older-adult”? [AUDIENCE-UNKNOWN]"),
    ("an order of items that do not exist", TOPIC + "audiences.yaml", None, "older-adult:\n  first:\n    exercises: [thumb-bent]\n  because: Why\n",
     f"{TOPIC}audiences.yaml:3: there is no “thumb-bent” in the folder exercises. Did you mean "
     "“thumb-bend”? [ITEM-UNKNOWN]"),
    ("a selection that names nothing", SHEET, *selecting("{title: A start}"),
     f"{SHEET}:15: “selections › start” names no exercise and no technique. "
     "List at least one. [VALUE]"),
    ("a selection for an audience that does not exist", SHEET,
     *selecting("{title: A start, exercises: {default: [thumb-bend], older-adlt: [thumb-bend]}}"),
     f"{SHEET}:15: the audience “older-adlt” is not in audiences.yaml. Did you mean "
     "“older-adult”? [AUDIENCE-UNKNOWN]"),
    ("a selection of what is not for its reader", SHEET, *selecting("{title: A start, exercises: [thumb-press]}"),
     f"{SHEET}:15: the selection “start” cannot be picked for “older-adult”. “thumb-press” is "
     "not for “older-adult”: It loads the joint too much. Leave it out. [SELECTION]"),
    ("a selection with nothing for a reader", SHEET,
     *selecting("{title: A start, exercises: {default: [thumb-bend], older-adult: []}}"),
     f"{SHEET}:15: the list names nothing. List at least one, or take the key "
     "out. [ITEM-NONE]"),
    ("a selection without a default", SHEET, *selecting("{title: A start, exercises: {older-adult: [thumb-bend]}}"),
     f"{SHEET}:15: the selection “start” names no exercises for “general”. "
     "List some for this audience, too. [SELECTION]"),
    ("a required sign that does not exist", SIGNS, SIGN_1, "",
     f"{TOPIC}topic.yaml:10: the required sign “T1” is not in the emergency tier of "
     "warning-signs.yaml. Put it back. A sign is only retired by a clinician, here and there. "
     "[SIGN-MISSING]"),
]  # fmt: skip


@pytest.mark.few(24)
@pytest.mark.parametrize(
    ("path", "old", "new", "message"), [case[1:] for case in MISTAKES], ids=[c[0] for c in MISTAKES]
)
def test_mistake_in_the_sources_is_told_whole(clinic, path, old, new, message):
    if old is None:
        clinic.write(path, new)
    else:
        clinic.change(path, old, new)
    refuses(clinic, message)


def test_a_token_must_have_words_in_every_region(clinic):
    clinic.change(BEND, "Bend your thumb.", "Ask [[chemist]].")
    clinic.change(REGIONS, '"911"', '"911"\n    chemist: the drugstore')
    refuses(
        clinic,
        f"{BEND}:8: the token “[[chemist]]” has no words in the region “GB”. Add them in "
        "regions.yaml. [TOKEN-UNKNOWN]",
    )


def test_a_tier_that_a_section_takes_must_exist(clinic):
    text = (clinic.folder / SIGNS).read_text()
    clinic.write(SIGNS, text[: text.index("appointment:\n")])
    refuses(
        clinic,
        f"{BOOKLET}:10: the tier “appointment” is not in warning-signs.yaml. Known: emergency, "
        "same-day. Or take it out, and a section that had no other. [TIER-UNKNOWN]",
    )


def test_one_file_of_all_publications_is_told_to_be_split(clinic):
    shutil.rmtree(clinic.folder / PUBLICATIONS)
    clinic.write(TOPIC + "publications.yaml", "booklet:\n  kind: booklet\n")
    refuses(
        clinic,
        f"{TOPIC}publications.yaml: each publication has a file of its own now. Write each block of "
        "it to publications/NAME.yaml, two spaces to the left, with “id: NAME” above, list the "
        "names under “publications” in topic.yaml in their order, and delete this file. "
        "[PUBLICATIONS-MOVED]",
    )


def test_a_topic_without_publications(clinic):
    for path in (SHEET, BOOKLET):
        (clinic.folder / path).unlink()
    refuses(
        clinic,
        f"{TOPIC}publications: it holds no publication. Add a file with one; “generate init DIR” "
        "makes a complete example. [FILE-MISSING]",
    )


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (TOPIC + "cautions.yaml",
         f"{TOPIC}cautions.yaml: the file is missing. Add it; “generate init DIR” makes a complete "
         "example. [FILE-MISSING]"),
        (TOPIC + "topic.yaml",
         f"{TOPIC}topic.yaml: the file is missing. Add it; “generate init DIR” makes a complete "
         "example. [FILE-MISSING]"),
        (REGIONS,
         f"{REGIONS}: the file is missing. Add it; “generate init DIR” makes a complete example. "
         "[FILE-MISSING]"),
        (AUDIENCES,
         f"{AUDIENCES}: the file is missing. Add it; “generate init DIR” makes a complete example. "
         "[FILE-MISSING]"),
        ("layouts/formats.yaml",
         "layouts/formats.yaml: the file is missing. Add it; “generate init DIR” makes a complete "
         "example. [FILE-MISSING]"),
    ],
)  # fmt: skip
def test_missing_file(clinic, path, message):
    (clinic.folder / path).unlink()
    refuses(clinic, message)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("excercises/thumb-turn.yaml",
         "sources/tiny/excercises: nothing reads this folder. Did you mean “exercises”? "
         "[FOLDER-UNKNOWN]"),
        ("caution.yaml",
         "sources/tiny/caution.yaml: nothing reads this file. Did you mean “cautions.yaml”? "
         "[FILE-UNKNOWN]"),
        ("exercises/thumb-turn.yml",
         "sources/tiny/exercises/thumb-turn.yml: nothing reads a file that ends in .yml. Let its "
         "name end in .yaml. [FILE-UNKNOWN]"),
    ],
)  # fmt: skip
def test_file_that_nothing_would_read(clinic, path, message):
    clinic.write(TOPIC + path, "id: thumb-turn\n")
    refuses(clinic, message)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("region.yaml",
         "sources/region.yaml: nothing reads this file. Did you mean “regions.yaml”? "
         "[FILE-UNKNOWN]"),
        ("regions.yml",
         "sources/regions.yml: nothing reads a file that ends in .yml. Let its name end in .yaml. "
         "[FILE-UNKNOWN]"),
    ],
)  # fmt: skip
def test_file_of_no_topic_that_nothing_would_read(clinic, path, message):
    clinic.write(f"sources/{path}", "id: toe-bend\n")
    refuses(clinic, message)


@pytest.mark.parametrize("path", [".git/a.yaml", "pictures/thumb.png"])
def test_folder_that_is_no_topic_is_let_be(clinic, path):
    clinic.write(f"sources/{path}", "not for a topic\n")
    assert clinic.generate("list").code == 0


def test_sources_without_a_topic(clinic):
    shutil.rmtree(clinic.folder / TOPIC)
    refuses(
        clinic,
        "sources: it holds no topic. Add a folder with one; “generate init DIR” makes a complete "
        "example. [TOPIC-NONE]",
    )


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (["layouts"], "This folder holds no layouts: the program's own are used.\n"),
        (["sources", "layouts"],
         "This folder holds no sources and no layouts: the program's own are used.\n"),
    ],
)  # fmt: skip
def test_content_that_is_not_of_this_folder_is_told(clinic, missing, told):
    for name in missing:
        shutil.rmtree(clinic.folder / name)
    ended = clinic.generate("list", "--json")
    assert (ended.code, ended.err) == (0, told)
    assert ended.out.startswith("{")
    named = clinic.generate("list", "--sources", ROOT / "sources", "--layouts", ROOT / "layouts")
    assert (named.code, named.err) == (0, "")


def test_all_problems_of_all_files_are_told_in_one_run_in_order(clinic):
    clinic.change(RUB, "rub: Rub slowly", 'rub: "Rub slowly')
    clinic.change(BEND, "repetitions: 3-5", "repetitions: 500")
    clinic.change(BEND, "[S1]", "[S2]")
    clinic.change(PRESS, "older-adult:", "older-adlt:")
    refuses(
        clinic,
        f"{BEND}:12: “dose › repetitions” is “500”, which is not between 1 and 40. Correct the "
        "number. [VALUE]\n"
        f"{BEND}:19: the reference “S2” is not in references.yaml. Add it there with its title, "
        "address and status, or correct the number. [REFERENCE-UNKNOWN]\n"
        f"{PRESS}:11: the audience “older-adlt” is not in audiences.yaml. Did you mean "
        "“older-adult”? [AUDIENCE-UNKNOWN]\n"
        f"{RUB}:7: a quotation mark is opened here and never closed. Close it with the same mark. "
        "[YAML-SYNTAX]\n"
        "4 problems. Nothing that has one was printed.",
    )


def test_one_mistake_is_told_once(clinic):
    """What another file says of a thing that cannot be read is not held against it."""
    clinic.change(BEND, "title: Thumb bend", 'title: "Thumb bend')
    clinic.change(TOPIC + "references.yaml", "status: seen", "status: read")
    refuses(
        clinic,
        f"{BEND}:2: a quotation mark is opened here and never closed. Close it with the same mark. "
        "[YAML-SYNTAX]\n"
        f"{TOPIC}references.yaml:5: “S1 › status” is “read”, which is not one of the choices. "
        "Known: copy, memory, part, seen. [VALUE]\n"
        "2 problems. Nothing that has one was printed.",
    )


def test_process_ends_without_a_traceback(clinic):
    clinic.change(BEND, "sets: 1", "sets: no")
    process = clinic.started("booklet")
    out, err = process.communicate()
    assert (process.returncode, out) == (1, "")
    assert err == (
        f"{BEND}:11: “dose › sets” is “no”, which is no whole number. Write one such as 5, or a "
        "range such as 8-10. [VALUE]\nTo read more: generate explain VALUE\n"
    )
    assert "Traceback" not in err
    assert clinic.files() == []


# ---------------------------------------------------------------- text that looks like code

ODD = "Press <b>hard</b> & {{ 7 * 7 }} {% raw %} <script>x</script> &amp; [[ok"
BRAND_ODD = "Dr <i>Who</i> & {{ 7 * 7 }}"


def test_tags_and_braces_are_printed_as_they_are_written(clinic):
    clinic.change(BEND, "bend: Bend your thumb.", f'bend: "{ODD}"')
    clinic.change(SHEET, "title: Move your thumb", 'title: "Move <b>it</b> {{ now }}"')
    clinic.change("layouts/brands/default/brand.yaml", "name: Your clinic", f'name: "{BRAND_ODD}"')

    edition = Edition("tiny", "thumb-sheet", "general", "standard", "en", "GB", "default", "A4")
    manuscript = select(read_library(Path("sources")), edition)
    design = open_design(
        Path("layouts"), brand="default", format="standard", language="en", paper="A4"
    )
    html = compose(manuscript, design, undrawn)
    assert (
        "Press &lt;b&gt;hard&lt;/b&gt; &amp; {{ 7 * 7 }} {% raw %} "
        "&lt;script&gt;x&lt;/script&gt; &amp;amp; [[ok"
    ) in html
    assert "Dr &lt;i&gt;Who&lt;/i&gt; &amp; {{ 7 * 7 }}" in html

    ended = clinic.generate("handout", "thumb-sheet", "--region", "GB")
    assert ended.code == 0, ended.err
    words = text_of(clinic.folder / ended.out.strip())
    assert "".join(ODD.split()) in "".join(words.split())
    assert BRAND_ODD in words
    assert words.count("Move <b>it</b> {{ now }}") == 2  # the heading, and the foot of the page


def text_of(pdf: Path) -> str:
    """Return all words of a PDF with single blanks between them."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


# ---------------------------------------------------------------- brands

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def png(*, sound: bool = True) -> bytes:
    """Return a PNG of one white pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = crc32(kind + body) if sound or kind != b"IDAT" else 0
        return len(body).to_bytes(4) + kind + body + check.to_bytes(4)

    header = (1).to_bytes(4) + (1).to_bytes(4) + bytes([8, 2, 0, 0, 0])
    pixel = bytes.fromhex("789c63f8ffff3f0005fe02fe")
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def refuses_brand(clinic, message):
    refuses(clinic, message, asked=("handout", "thumb-sheet", "--brand", "night"))


BRANDS = [
    ("an unknown key", "name: Night\nlogoo: a.svg\n",
     ":2: the key “logoo” is not known here. Did you mean “logo”? [KEY-UNKNOWN]"),
    ("an unknown colour", 'name: Night\ncolours: {brnd: "#000000"}\n',
     ":2: the key “colours › brnd” is not known here. Did you mean “brand”? [KEY-UNKNOWN]"),
    ("no name", "phone: 1 23\n", ":1: the key “name” is missing. Add it, or “like: OTHER” to take it and all else from another "
     "brand. [KEY-MISSING]"),
    ("nothing", "", ": the file is empty. Write it, or remove it. [EMPTY]"),
    ("a logo that is missing", "name: Night\nlogo: moon.svg\n",
     ":2: the logo “moon.svg” does not exist. Put it in layouts/brands/night, or take the line out. "
     "[LOGO]"),
    ("a logo in another folder", "name: Night\nlogo: ../default/sun.svg\n",
     ":2: the logo “../default/sun.svg” is not in the brand's folder. Copy the file there and write "
     "its name only. [LOGO]"),
    ("a logo on the network", "name: Night\nlogo: https://example.org/sun.svg\n",
     ":2: the logo “https://example.org/sun.svg” is not in the brand's folder. Copy the file there "
     "and write its name only. [LOGO]"),
    ("a logo that is no image", "name: Night\nlogo: brand.yaml\n",
     ":2: the logo “brand.yaml” is no image that can be printed. Save it as SVG, PNG or JPEG. "
     "[LOGO]"),
    ("a colour that is none", "name: Night\ncolours: {brand: teal}\n",
     ":2: “colours › brand” is “teal”, which is no colour. Write it as #rrggbb in quotation marks, "
     "such as \"#0f5c6e\". [VALUE]"),
    ("a colour without quotation marks", "name: Night\ncolours:\n  brand: #0f5c6e\n",
     ":3: “colours › brand” is empty. Put text that begins with “#” in quotation marks: YAML leaves "
     "the rest of the line out. [EMPTY]"),
    ("a colour that is too faint", 'name: Night\ncolours: {today: "#aaccee"}\n',
     ":2: the colour “today” #aaccee has a contrast of 1.7 to 1 on white paper. Choose a darker one: "
     "at least 4.5 to 1 is needed, as #43617f has. [COLOUR-FAINT]"),
    ("a region that does not exist", "name: Night\nregion: UK\n",
     ":2: there is no region “UK”. Known: GB, US, neutral. [REGION-UNKNOWN]"),
    ("a language that does not exist", "name: Night\nlanguage: xx\n",
     ":2: there is no language “xx”. Known: en. [LANGUAGE-UNKNOWN]"),
    ("a word that no region has", "name: Night\nwords: {doctor: our doctor}\n",
     ":2: the word “doctor” is no token of the regions. Did you mean “family-doctor”? "
     "[TOKEN-UNKNOWN]"),
    ("a token in a word", 'name: Night\nwords: {family-doctor: "[[urgent-line]]"}\n',
     ":2: the words for “family-doctor” hold a token themselves. Write the words themselves. "
     "[TOKEN-MISPLACED]"),
    ("paper that is none", "name: Night\npaper: A5\n",
     ":2: “paper” is “A5”, which is not one of the choices. Known: A4, Letter. [VALUE]"),
    ("a contact line with a colon", "name: Night\ncontact:\n  - Telephone: 0123 456 789\n",
     ":3: “contact › entry 1” is a block of “name: text” lines, but words belong here. Put it in "
     "quotation marks if it holds “: ” or begins with {. [TYPE]"),
    ("one contact line", "name: Night\ncontact: 1 High Street\n",
     ":2: “contact” is “1 High Street”, but a list belongs here. Write it in square brackets, with "
     "commas between: [one, two]. [TYPE]"),
    ("seven contact lines", "name: Night\ncontact: [a, b, c, d, e, f, g]\n",
     ":2: “contact” has 7 entries, and 6 are the most. Take some out, or join two. [LENGTH]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("brand", "message"), [case[1:] for case in BRANDS], ids=[c[0] for c in BRANDS]
)
def test_mistake_in_a_brand(clinic, brand, message):
    clinic.write("layouts/brands/default/sun.svg", SVG)
    clinic.write(BRAND, brand)
    refuses_brand(clinic, BRAND + message)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.png", png()[:-20]),
        ("damaged.png", png(sound=False)),
        ("broken.jpg", b"\xff\xd8\xff\xe0" + b"x" * 200),
        ("broken.svg", SVG[:-6].encode()),
        ("page.svg", b"<html/>"),
        ("really-a-png.jpg", png()),
        ("logo.gif", b"GIF89a" + b"x" * 200),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_broken_logo(clinic, name, content):
    clinic.write(BRAND, f"name: Night\nlogo: {name}\n")
    clinic.write(f"layouts/brands/night/{name}", content)
    refuses_brand(
        clinic,
        f"{BRAND}:2: the logo “{name}” is no image that can be printed. Save it as SVG, PNG or "
        "JPEG. [LOGO]",
    )


@pytest.mark.parametrize(
    ("name", "content"), [("moon.svg", SVG), ("moon.png", png())], ids=["svg", "png"]
)
def test_sound_logo_is_printed(clinic, name, content):
    clinic.write(BRAND, f"name: Night\nlogo: {name}\n")
    clinic.write(f"layouts/brands/night/{name}", content)
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.code == 0, ended.err


def test_brand_without_its_file(clinic):
    (clinic.folder / "layouts/brands/default/brand.yaml").unlink()
    clinic.write("layouts/brands/default/logo.svg", SVG)
    refuses(
        clinic,
        "layouts/brands/default/brand.yaml: the file is missing. Add it; “generate init DIR” makes a "
        "complete example. [FILE-MISSING]",
    )


def test_logo_that_leads_out_of_its_folder(clinic):
    clinic.write("sun.svg", SVG)
    clinic.write(BRAND, "name: Night\nlogo: sun.svg\n")
    (clinic.folder / "layouts/brands/night/sun.svg").symlink_to(clinic.folder / "sun.svg")
    refuses_brand(
        clinic,
        "layouts/brands/night/sun.svg: this is a link, and no link in a brand is followed. Put the "
        "file itself here. [LINK]",
    )


@pytest.mark.parametrize("brand", ["../default", "../../../secret", "/etc", ".."])
def test_brand_name_that_leads_elsewhere(clinic, brand):
    clinic.write("secret/brand.yaml", "name: Secret\n")
    ended = clinic.generate("booklet", "--brand", brand)
    hint = "Did you mean “default”?" if brand == "../default" else "Known: default."
    assert ended.err == f"There is no brand “{brand}”. {hint}\n"
    assert (ended.code, ended.out, clinic.files()) == (2, "", [])


STYLES = [
    ("an import from the network", '@import url("https://example.org/a.css");',
     "this imports “https://example.org/a.css”, but no style may import another. Copy the rules "
     "that you need into this file. [STYLE-IMPORT]"),
    ("an import from outside", "@import '../../../../secret.css';",
     "this imports “../../../../secret.css”, but no style may import another. Copy the rules that "
     "you need into this file. [STYLE-IMPORT]"),
    ("an image on the network", "h1 { background: url(https://example.org/a.png) }",
     "“https://example.org/a.png” is on the network. Copy the file into the brand's folder and "
     "write its name only. [LAYOUT-OUTSIDE]"),
    ("an image on the network, without a scheme", "h1 { background: url(//example.org/a.png) }",
     "“//example.org/a.png” is on the network. Copy the file into the brand's folder and write its "
     "name only. [LAYOUT-OUTSIDE]"),
    ("an image outside", 'h1 { background: url("../../../secret.png") }',
     "“../../../secret.png” is outside the layouts. Copy the file into the brand's folder and write "
     "its name only. [LAYOUT-OUTSIDE]"),
    ("a file of the machine", "h1 { background: url(file:///etc/hostname) }",
     "“file:///etc/hostname” is outside the layouts. Copy the file into the brand's folder and write "
     "its name only. [LAYOUT-OUTSIDE]"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "message"), [case[1:] for case in STYLES], ids=[c[0] for c in STYLES]
)
def test_style_that_looks_elsewhere_is_refused(clinic, style, message):
    clinic.write(BRAND, "name: Night\n")
    clinic.write(STYLE, f"h2 {{ color: black }}\n{style}\n")
    refuses_brand(clinic, f"{STYLE}:2: {message}")


def test_style_may_use_a_file_of_its_brand(clinic):
    clinic.write(BRAND, "name: Night\n")
    clinic.write("layouts/brands/night/moon.svg", SVG)
    clinic.write(STYLE, "h1 { background: url(moon.svg) }")
    ended = clinic.generate("handout", "thumb-sheet", "--brand", "night")
    assert ended.code == 0, ended.err


# ---------------------------------------------------------------- folders and disks


@pytest.mark.parametrize(
    ("option", "missing"), [("--sources", "audiences.yaml"), ("--layouts", "formats.yaml")]
)
@pytest.mark.parametrize("command", ["booklet", "list"])
def test_folder_that_is_none(clinic, command, option, missing):
    refuses(
        clinic,
        f"nowhere holds no {missing}, so it is no folder of {option[2:]}. Name one with {option}, "
        "or make one with “generate init DIR”.",
        code=3,
        asked=(command, option, "nowhere"),
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("command", ["list", "check"])
def test_what_is_said_goes_to_a_full_disk(clinic, command):
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "clinicpress", command], cwd=clinic.folder, env=environment(),
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    said = LIES_HERE.sub("", ended.stderr)
    assert said == (
        "What was found cannot be written: the disk is full. Free some space or choose another "
        "folder.\n"
    )
    assert ended.returncode == 3


@pytest.mark.parametrize("command", ["list", "check"])
def test_who_reads_the_first_line_only_is_no_fault(clinic, command):
    process = clinic.started(command)
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == ("", 0)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--jobs", "0"], "'--jobs': “0” is no number from 1 to 64."),
        (["--jobs", "two"], "'--jobs': “two” is no number from 1 to 64."),
        (["--today", "tomorrow"],
         "'--today': “tomorrow” is no date. Write it as year-month-day, such as 2026-11-30."),
        (["--audience", ","], "'--audience': it names nothing. Write names with commas between."),
    ],
)  # fmt: skip
def test_value_that_an_option_cannot_take(clinic, options, told):
    ended = clinic.generate("booklet", *options)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[-1] == f"Error: Invalid value for {told}"


def test_output_below_a_file(clinic):
    clinic.write("made", "a file, not a folder")
    ended = clinic.generate("handout", "thumb-sheet", "--output", "made/here")
    assert ended.err == (
        "made/here/default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf cannot be written: a "
        "file stands where its folder should be. Choose another folder with "
        "--output; what was there is untouched.\n"
    )
    assert (ended.code, ended.out) == (3, "")
    assert (clinic.folder / "made").read_text() == "a file, not a folder"


@pytest.mark.parametrize(
    ("fault", "reason", "way_out"),
    [
        (errno.ENOSPC, "the disk is full", "Free some space or choose another folder"),
        (errno.EACCES, "you may not write there", "Choose another folder"),
        pytest.param(
            errno.EROFS,
            "its drive or share is read-only",
            "Choose another folder",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            errno.EIO, "input/output error", "Choose another folder", marks=pytest.mark.slow
        ),
    ],
)
def test_disk_that_fails_leaves_the_old_file_whole(clinic, monkeypatch, fault, reason, way_out):
    made = clinic.folder / clinic.generate("handout", "thumb-sheet").out.strip()
    before, files = made.read_bytes(), clinic.files()
    clinic.change(BEND, "title: Thumb bend", "title: Bend your thumb")

    def fail(descriptor):
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr("clinicpress.files.output.os.fsync", fail)
    ended = clinic.generate("handout", "thumb-sheet")
    assert ended.err == (
        "output/default/tiny/tiny_thumb-sheet_general_standard_en-neutral_A4.pdf cannot be written: "
        f"{reason}. {way_out} with --output; what was there is untouched.\n"
    )
    assert (ended.code, ended.out) == (3, "")
    assert made.read_bytes() == before
    assert clinic.files() == files


def test_disk_that_fails_ends_the_workers(clinic, monkeypatch):
    def fail(output, path, content):
        raise EnvironmentFault("the disk is full")

    monkeypatch.setattr("clinicpress.runs.run.write_below", fail)
    request = Request(("all",), formats=("all",))
    places = Places(Path("sources"), Path("layouts"), Path("output"))
    with pytest.raises(EnvironmentFault) as raised:
        produce(request, places, jobs=2, force=False, today=date(2026, 11, 22), report=print)
    assert multiprocessing.active_children() == []
    assert raised.traceback  # it was still alive, and with it the frames that began the workers


# ---------------------------------------------------------------- Ctrl-C, and two at once


def group_is_gone(group: int, seconds: float = 10) -> bool:
    """Return whether every process of the group has ended, within a time that is ample."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def is_whole(pdf: Path) -> bool:
    content = pdf.read_bytes()
    return content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")


@pytest.mark.slow
def test_interrupt_leaves_no_half_file_and_no_worker(clinic):
    process = clinic.started("all", "--jobs", "2", "--region", "all", start_new_session=True)
    while not list(clinic.folder.glob("output/**/*.pdf")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert err == "\nStopped. Files that were finished are whole; nothing else was written.\n"
    assert out == ""
    assert group_is_gone(process.pid)
    assert [name for name in clinic.files() if ".part-" in name] == []
    pdfs = list(clinic.folder.glob("output/**/*.pdf"))
    assert 1 <= len(pdfs) < 36  # it was stopped in the middle: 12 files for each of 3 regions
    assert [pdf.name for pdf in pdfs if not is_whole(pdf)] == []


@pytest.mark.slow
def test_two_builds_at_once_in_one_folder(clinic):
    asked = ("handout", "thumb-sheet", "--format", "all", "--jobs", "1", "--json")
    processes = [clinic.started(*asked) for _ in range(2)]
    ended = [(*process.communicate(), process.returncode) for process in processes]
    assert [(NOWHERE.sub("", err), code) for _, err, code in ended] == [("", 0), ("", 0)]
    assert [len(out.splitlines()) for out, _, _ in ended] == [3, 3]
    pdfs = list(clinic.folder.glob("output/**/*.pdf"))
    assert len(pdfs) == 3
    assert [pdf.name for pdf in pdfs if not is_whole(pdf)] == []
    assert [name for name in clinic.files() if ".part-" in name] == []
