"""Fixtures of the flows' tests that the documentation's tests use as well."""

from tests.flows.conftest import district, published_home

__all__ = ["district", "published_home"]
