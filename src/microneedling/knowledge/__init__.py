"""
The knowledge: editions as data, and the values their rows become.

``rules``, ``facts`` and ``lookups`` are what a row is, the ``reading_`` modules make rows of
tables, ``held`` is an edition's tables and ``model`` what it can be asked, ``auditing`` refuses
tables that are no edition, ``loading`` finds the editions that ship, ``authoring`` turns the TOML
that people write into what ships.
"""
