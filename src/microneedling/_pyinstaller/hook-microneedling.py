"""For PyInstaller: rooms are imported by their public names; editions and catalogues are files."""

from microneedling._foundation.public_names import PACKAGE, ROOMS
from microneedling._pyinstaller import CATALOGUES, EDITIONS

hiddenimports = [f"{PACKAGE}.{room}" for room in ROOMS]
datas = [EDITIONS, CATALOGUES]
