"""Invented people who call the simulated hotline. None of them, and no number, is real."""

from __future__ import annotations

import random
from dataclasses import dataclass

_COMPANIES = (
    "云岭配电",
    "青禾医院",
    "澄江充电站",
    "海棠供电所",
    "松风物流园",
    "白鹭镇卫生院",
    "星渡机器人",
    "南屏软件园",
    "望河水厂",
    "桂湖通信",
    "远帆物业",
    "石溪变电站",
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_TITLES = ("工", "主任", "经理", "师傅", "医生", "女士", "先生", "站长")
_MOBILE_PREFIXES = ("135", "136", "138", "139", "158", "177", "186", "199")
_AREA_CODES = ("010", "020", "021", "0755", "0752", "0769", "0571", "0731", "0871", "028")
_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the number as an exchange would send it, and the name it might know."""

    number: str
    name: str
    withheld: bool = False


class Callers:
    """An endless stream of callers, some of whom have called before."""

    def __init__(self, source: random.Random) -> None:
        self._random = source
        self._known: list[Caller] = []

    def next(self) -> Caller:
        """The next caller: one in four is known, one in thirty withholds the number."""
        chance = self._random.random()
        if chance < 0.25 and self._known:
            return self._random.choice(self._known)
        if chance > 0.97:
            return Caller("anonymous", "", withheld=True)
        caller = Caller(self._number(), self._name())
        self._known.append(caller)
        del self._known[:-_REMEMBERED]
        return caller

    def _number(self) -> str:
        """A 555-style number behind a real mobile prefix or area code."""
        if self._random.random() < 0.7:
            return f"{self._random.choice(_MOBILE_PREFIXES)}555{self._random.randrange(10**5):05}"
        return f"{self._random.choice(_AREA_CODES)}555{self._random.randrange(10**5):05}"

    def _name(self) -> str:
        """Half of the callers send a name; no name means an unknown number."""
        if self._random.random() < 0.5:
            return ""
        person = self._random.choice(_SURNAMES) + self._random.choice(_TITLES)
        return f"{self._random.choice(_COMPANIES)} {person}"
