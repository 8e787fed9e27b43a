"""
The knowledge: editions as data, the values their rows become, and what compares them.

``rules``, ``facts`` and ``reference`` are what a row is, ``reading`` makes rows of tables,
``edition_tables`` is an edition's tables and ``knowledge`` what it can be asked, ``auditing``
refuses tables that are no edition, ``loading`` finds those that ship, ``authoring`` makes them of
TOML.
It imports values and the ground floor.
"""
