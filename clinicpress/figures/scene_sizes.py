"""How large the things of a scene are if nothing else is said."""

from clinicpress.figures.space import Vec

SIZES: dict[str, Vec] = {
    "wall": (60, 1700, 2050),
    "doorway": (90, 1000, 2050),
    "chair": (430, 440, 900),
    "stool": (380, 380, 450),
    "wheelchair": (480, 520, 900),
    "desk": (700, 1300, 720),
    "table": (700, 1100, 740),
    "screen": (50, 540, 340),
    "mat": (1850, 650, 25),
    "bed": (2000, 950, 450),
    "pillow": (420, 560, 130),
    "step": (320, 700, 170),
    "rolled-towel": (120, 420, 120),
    "flat-towel": (420, 300, 8),
    "ball": (75, 75, 75),
    "roller": (150, 900, 150),
    "box": (300, 300, 300),
}
"""How large things are if nothing else is said, in mm: long, wide, high."""

SEAT = 450.0
"""The height of a seat, in mm."""
