"""The page about permissions says what the rules say."""

from __future__ import annotations

from console.domain.people import ROLE_LABELS
from console.domain.permissions import PERMISSIONS
from scripts.permissions import PAGE, generated


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == generated(), "run scripts/permissions.py"


def test_every_permission_and_role_is_on_it() -> None:
    page = generated()
    for one in PERMISSIONS.values():
        assert page.count(f"| {one.label.en} · {one.label.zh} |") == 2
    for number, role in enumerate(ROLE_LABELS, 1):
        assert f"| {number} | `{role}` |" in page
