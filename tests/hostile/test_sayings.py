"""What a clinic says of the print itself, or of what is urgent on it: refused, however it is written."""

# ruff: noqa: E501 - a row is a sentence, in letters and digits of other scripts, too

from datetime import date

import pytest

from clinicpress.checks.claims import wrong_of_clinic
from clinicpress.checks.sayings import late_year, sayings
from clinicpress.checks.sources import unprintable_of_clinic
from clinicpress.errors import Place

REFUSED = [
    "Extended to 31 Dec 2099",
    "Valid to end of 2099",
    "Version 9.0, May 2099",
    "Vetted by Dr A. Smith, consultant, 3 May 2026",
    "Not to be used after 2099",
    "Clinical sign-off: Dr A. Smith",
    "Do-not-use-after 2099",
    "Dó not use after 31 Dec 2099",
    "Do not use after 3 May",
    "Valid-to-31-Dec-2099",
    "Extended to 31 Dec 2099 by our medical director, who has read and passed it.",
    "This leaflet stays in use until the end of 2099.",
    "Valid until 31 Dec 2099",
    "Good for use through MMXCIX",
    "good through ⅯⅯⅩⅭⅨ",
    "Version two, May 2099. V 9.0. v9. Edition 9",
    "V 9.0.",
    "v9",
    "Edition 9",
    "Pages 1–1. p. 1/1. This is the only page.",
    "p. 1/1",
    "This is the only page.",
    "999 is closed at night: ring 0909 879 0000",
    "Most people with these signs get better at home. Ring us on 0900 123 before 999.",
    "Ring us on 0900 123 before 999.",
    "Use freely after",
    "Use freely, also after 3 May",
    "Ends ²⁰⁹⁹",
    "Ends ٢٠٩٩",
    "Ends 2O99",
    "Ends 2 0 9 9",
    "①②: use until ②⓪⑨⑨",
    "31/12/99",
    "until 31 Dec 99",
    "V-a-l-i-d to 31 December",
    "Valld unti1 3l December",
    "Extended through 3 June",
    "Passed by the board",
    "All well? Then stay home.",
    "These signs are normal",
    "Go on through any pain:",
    "Call 111? No: 111 is closed.",
    "Ring us first, then 999",
    "Not after 2027-01-31",
    "Expires 31 December",
    "2026-2099",
    "Valid indefinitely",
    "No need to check the date below",
    "Good until 12/2099",
    "Good until 12.2099",
    "Use by twenty ninety-nine",
    "In force until the year two thousand and ninety-nine",
    "Prolonged to December",
    "Signed-off by Dr Smith",
    "Endorsed by the NHS",
    "Authorised by Dr Smith",
    "Checked and passed by Dr Smith",
    "Medically cleared",
    "Version: nine",
    "Ver. 9",
    "Ed. 9",
    "Page one of one",
    "There are no other pages",
    "999 lines are down at night",
    "Do not trouble 999",
    "Ring us, not 999",
    "Ring us before you ring 999",
    "Try us before the ambulance",
    "999? Try us first",
    "Most people with such signs get better",
    "Nobody needs an ambulance",
    "Va1id t0 3l D3cember",
    "Valid—to—31—Dec—2O99",
    "Ⅴalid until 31 Ｄec",
    "Vаlid until 31 Dec",
    "Expires: Dec 2026",
    "Expiry date 31.12.2026",
    "Not for use after June",
    "Do not use past May",
    "Stop using after 3 May",
    "The date at the foot is wrong",
    "Disregard the date",
    "Reviewer: Dr. A. Smith",
    "Clinically assured",
    "Accredited content",
    "Certified content",
    "2 0 9 9",
    "Until ’99",
    "Until 12/99",
]

PRINTED = [
    "Open Monday to Friday, 8 to 18",
    "Use the side door after 17:00",
    "Valid parking until 18:00",
    "1998 Clinic",
    "Since 1998",
    "In this house since 2011, with 14 rooms",
    "020 7946 2099",
    "0345 2050 2070",
    "(555) 010-2099",
    "+44 20 2050 2060",
    "2100 Main Street, Springfield",
    "Riverside, 2050 Oak Tree Avenue, Portland",
    "Call NHS 111 when we are closed",
    "When we are closed, call 111",
    "call NHS 111",
    "Part of the Harbour group of practices",
    "From your team at the harbour.",
    "You find us beside the old lighthouse.",
    "Ask at reception for this in large print or to listen to.",
    "We can book an interpreter for you, at no cost.",
    "Tell us what went well or wrong at riverside.example/say",
    "Mon-Fri 7 am to 7 pm, Sat 8 am to 1 pm",
    "Please ring us first if you need a lift.",
    "The car park is full at 9: use the one behind the station until 10.",
    "Follow the signs to the car park",
    "Good to see you, may we help?",
    "A warm welcome from Dr May and Dr March",
    "Use the bell after 6 pm, and do not use the lift in a fire",
    "Free parking until 31 May",
    "We moved on 1 December 2026",
    "Bring your valid passport to the desk",
    "Valid ID is needed until further checks",
    "New patients welcome",
    "Flu jabs until 31 March",
    "Ward 5, room 2045",
    "It is in Room 20, building MM",
    "Take bus 9 or 11 to the second stop",
    "Level 2, Suite 2050",
    "Registered charity 2045678",
    "Registered in England no. 02045678",
    "ISO 9001 and ISO 2030",
    "Checked in? Sit down",
    "Your first visit takes 40 minutes",
    "Feeling well looked after is what we want when you go home",
    "Fax: 01 23 20 45 67",
    "You can use it after your visit",
    "Our car-park ticket expires after 2 hours",
    "Volunteers are on the ward until 20:00",
    "We have had a valid quality mark since 2020",
    "We speak: English, Polish",
    "We are happy to help you by phone through the week",
    "Open 9 to 5, 7 days, until 20:00 in summer",
    "Appointments before 11:20 or after 15:00",
    "Bus 112 stops at the door",
    "The 999 Gallery",
    "No. 911 Harbour Street",
    "We are open on 24 and 31 December until noon",
    "Current opening times are at our website until further changes",
    "We stay in touch by post through the year",
    "Our valid car parks are on both sides",
    "Good Friday to Easter Monday we are closed",
    "Use the blue door until the works are done in June",
    "Thank you for coming to see us. We are good at hands",
    "This card opens the gate until 20:00",
    "Cards are good for one visit",
    "Our practice is run by Dr A. Page and Dr V. Nine",
    "Ask for Dr M. M. Civil",
    "Write us: PO Box 2099",
    "Ward 2050",
    "Fax 555 2050",
    "Tel. 020 2050",
    "Tel 2050",
    "Extension 2050",
    "Extn 2099, press 2",
    "VAT 2045 2050",
    "Ring 0800 2030 2040",
    "Page us on the ward phone",
    "We have passed it on to our team",
    "Bring this sheet with you each visit until you are well",
    "Copy for the patient",
    "Please return this copy after use",
    "We see you by appointment until the end of the year",
    "We are happy with any feedback",
    "Signature and date below",
]

TOO_MUCH = [
    "Closed from 24 December to 2 January 2027",
    "NHS-approved provider",
    "Reviewed by the CQC: good",
    "See page 2 for our hours",
    "Leaflet v2, form PIL-12",
    "Dr. V. 8 Harbour Street",
    "Emergency exit is on the left",
    "First edition books in the hall",
    "This leaflet is current advice from our team",
]
"""Honest sentences that are refused as well, as no program tells them from the others."""


@pytest.mark.parametrize("words", [*REFUSED, *TOO_MUCH])
def test_what_the_program_says_of_a_print_is_for_no_brand_to_say(words):
    assert wrong_of_clinic([words], Place("brand.yaml"))


@pytest.mark.parametrize("words", PRINTED)
def test_what_a_clinic_says_of_itself_is_printed(words):
    assert wrong_of_clinic([words], Place("brand.yaml")) == []


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("1998 Clinic", None), ("2026 Clinic", None), ("2027 Clinic", "2027"),
        ("Clinic, 2027 High Street", None), ("Valid to 2027 Yes Street", "2027"),
        ("35 mm", None), ("MMC Clinic", None), ("MMXXVI", None), ("MMXXVII", "MMXXVII"),
        ("1/2/26", None), ("1/2/27", "1/2/27"), ("8.30–12.30", None), ("2 May 26", None),
        ("2 May 27", "2 may 27"), ("2 May 27.30", None), ("0123 2027", None), ("31 12 2027", "2027"),
    ],
)  # fmt: skip
def test_a_year_to_come_is_found_and_no_other_number(words, year):
    assert late_year(words, 2026) == year


@pytest.mark.parametrize(
    ("name", "is_found"),
    [("Version One Clinic", False), ("Page 1 Clinic", False), ("Vetted Clinic", True)],
)
def test_a_name_holds_numbers_and_no_claim(name, is_found):
    assert bool(sayings(name, of_name=True)) == is_found


@pytest.mark.parametrize(
    ("key", "words", "is_said"),
    [
        ("hours", "Closed until 2 January {next}", True),
        ("out_of_hours", "Closed until 2 January {next}: call 01632 960000", True),
        ("hours", "Closed until 2 January {later}", False),
        ("hours", "Valid until 2 January {next}", False),
        ("languages", "English, until 2 January {next}", False),
    ],
)
def test_opening_hours_alone_name_a_day_of_next_year(clinic, key, words, is_said):
    year = date.today().year
    said = words.format(next=year + 1, later=year + 2)
    clinic.write("layouts/brands/night/brand.yaml",
                 f'name: Night\ncontacts: {{{key}: "{said}"}}\n')  # fmt: skip
    told = list(unprintable_of_clinic(clinic.folder / "layouts", "night", ()))
    assert {each.code for each in told} == (set() if is_said else {"BRAND-CONTRADICTS"})
