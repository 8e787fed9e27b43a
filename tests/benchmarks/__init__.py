"""How fast the library starts and decides, as ratios measured side by side in one run."""
