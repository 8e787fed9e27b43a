"""
Values as pictures: SVG, drawn by a few shapes of our own.

Each picture says the same in words, for whoever does not see it, and stands by itself: no script,
no style sheet, no font and nothing else is fetched.
"""

from microneedling.display.pictures.comparison import comparison
from microneedling.display.pictures.course import care, schedule, treatment
from microneedling.display.pictures.effects import effects
from microneedling.display.pictures.protocols import answer, protocols
from microneedling.display.pictures.skin import skin

__all__ = [
    "answer",
    "care",
    "comparison",
    "effects",
    "protocols",
    "schedule",
    "skin",
    "treatment",
]
