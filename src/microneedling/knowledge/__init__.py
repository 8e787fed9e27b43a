"""
The knowledge: editions as data, and the values their rows become.

``rules`` and ``facts`` are what a row is, ``reading`` makes rows of tables, ``model`` holds an
edition, ``auditing`` refuses tables that are no edition, ``loading`` finds the
editions that ship, ``authoring`` turns the TOML that people write into what ships.
"""
