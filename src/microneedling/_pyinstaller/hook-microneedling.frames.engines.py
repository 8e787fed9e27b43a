"""For PyInstaller: each dataframe library has a room, which is imported when one is met."""

from microneedling.frames import engines

hiddenimports = sorted({f"{engines.__name__}.{room}" for room, _ in engines.ENGINES.values()})
