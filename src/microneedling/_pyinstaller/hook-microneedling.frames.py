"""For PyInstaller: where tables are decided, those of an edition become frames, too."""

hiddenimports = ["microneedling.frames.table_frames"]
