"""A product line in a package of its own, found by its entry point."""

from console.plugins import L, Line, Text, hookimpl

CONSOLE_API = 1

TIDAL = Line("tidal", L("潮汐", "Tidal"), fields=(Text(key="site", label=L("站点", "site")),))


@hookimpl
def console_lines():
    return [TIDAL]
