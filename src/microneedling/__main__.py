"""``python -m microneedling``."""

from microneedling.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
