"""The budgets of the console, each measured against a floor in the same run.

`python -m bench` runs them all; docs/performance.md says what every row means.
"""
