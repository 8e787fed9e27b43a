"""Tests of the library; `tests.space` holds the laws and `tests.benchmarks` the clocks."""
