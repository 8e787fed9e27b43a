"""Whole tables: how fast every engine decides them, in how much memory, and how that grows."""

from .all import PARTS, tables

__all__ = ["PARTS", "tables"]
