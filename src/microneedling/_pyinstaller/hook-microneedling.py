"""For PyInstaller: rooms are imported by their public names, and editions are read as files."""

from microneedling._foundation.public_names import PACKAGE, ROOMS
from microneedling._pyinstaller import EDITIONS

hiddenimports = [f"{PACKAGE}.{room}" for room in ROOMS]
datas = [EDITIONS]
