# SPDX-License-Identifier: Apache-2.0
"""Composed weak lines and their harmless look-alikes, for the verdicts of nano."""
from .generator import WeaknessGen

__all__ = ["WeaknessGen"]
