"""The fixtures that authors get."""

from __future__ import annotations

from console.plugins.testing import check_plugin, simulate

__all__ = ["check_plugin", "simulate"]
