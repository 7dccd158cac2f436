"""A customer whose data is to be erased, and everything that is written down of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from console.desk import Who
from tests.installations import OPENING

LIN, CONSOLE = Who("lin", "s1"), Who("console")
NUMBER = "13955501953"
E164 = "+8613955501953"
PEOPLE = ("许小禾", "许工", "南昌公交场站", "湾里路", "充电桩冒烟", "门卫老许", "放学前修好")
"""What of the customer is written down in words."""

SPELLED = ("13955501953", "139 5550 1953", "139-5550-1953")


def told(step: Any, number: str = NUMBER, call: str = "x1") -> int:
    """The life of a case that ends with its customer content."""
    step("ring", number=number, call=call, name="许小禾 CNAM")
    step("answer", call=call)
    opening = {
        **OPENING,
        "contact_name": "许小禾",
        "honorific": "许工",
        "employer": "南昌公交场站",
        "contact_phone": number,
        "contact_addr": "湾里路",
        "reason": "充电桩冒烟",
    }
    case = step("open", call=call, **opening).case
    step("end_call", call=call)
    step("classify", case=case, category="technical", division="charging_pile")
    step("assign", case=case, to="he", tracker="tan")
    step("record", case=case, because="更正", need="放学前修好")
    step("note", case=case, text=f"门卫老许 {number}")
    step("contact", Who("he"), case=case, text="许工已接听")
    step("resolve", Who("he"), case=case, text="换了模块，许工在场")
    step("confirm", case=case, who="许工", satisfied="yes")
    step("close", case=case, reason="门卫老许已知")
    return int(case)


def everything(directory: Path) -> str:
    """Every byte of the data directory, as far as it is text."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    return "\n".join(path.read_bytes().decode("utf-8", "ignore") for path in files)
