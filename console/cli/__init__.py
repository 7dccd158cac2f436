"""The command line: every act of the seat as a command, for people, cron and programs."""

from __future__ import annotations

from console.cli.main import main

__all__ = ["main"]
