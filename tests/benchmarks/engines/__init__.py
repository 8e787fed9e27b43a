"""The same reduced decision in rule engines that a user might take instead, beside ours."""

from .beside import beside_engines

__all__ = ["beside_engines"]
