"""The ground floor: checks, errors, pickles, and that nothing gets around the constructors."""
