"""For PyInstaller: a program that makes no frames takes no dataframe library with it."""

excludedimports = ["microneedling.frames"]
