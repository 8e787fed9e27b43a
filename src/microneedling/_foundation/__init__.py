"""
The ground floor: what all values share.

Here lie the base class of values, the checks and rules of their fields, errors, the list of public
names, and the doors upwards. It imports nothing of this package but, by its doors, what it names.
"""
