"""
Hand-outs: a leaflet for the patient, and a sheet for the talk before it.

Made of what a professional chose, in the patient texts of the edition; the frame around them is
ours. A hand-out shows itself as text, as a web page and as a PDF.
"""

from microneedling.display.handouts.consents import consent
from microneedling.display.handouts.hand_out import HandOut
from microneedling.display.handouts.leaflets import leaflet
from microneedling.display.handouts.parts import Section, Sentence

__all__ = ["HandOut", "Section", "Sentence", "consent", "leaflet"]
