"""Forms of a case as papers: what stands in them, who signed, who was told."""

from __future__ import annotations

from typing import Any

import pytest

from console.desk import Desk
from console.desk.papers import file_name, form_pdf
from console.reports.form_paper import Reader, paper_of
from console.reports.paper import Paper
from tests.incidents import Saturday
from tests.installations import HandSet
from tests.reports.test_pdf import squeezed, text_of

WORDS = {"incident_facts": "1260块表时钟跳变", "impact": "影响采集", "known_at": "10:44"}
DEMAND = {
    "number": "RD-26-017",
    "problem": "时钟芯片低温跳变",
    "evidence": "照片、日志",
    "necessity": "内部无法解决",
    "wanted_until": "2026-04-30",
}


@pytest.fixture
def saturday(desk: Desk, now: HandSet) -> Saturday:
    saturday = Saturday(desk, now)
    saturday.recognised()
    return saturday


def paper(saturday: Saturday, form: str, lang: str = "zh") -> Paper:
    case = saturday.case
    reader = Reader(saturday.desk.directory, lang)
    return paper_of(case.forms[form], case, reader, saturday.now.at)


def block(made: Paper, title: str) -> dict[str, tuple[str, ...]]:
    [found] = [one for one in made.blocks if one.title == title]
    return {row[0]: row[1:] for row in found.rows}


def sent(saturday: Saturday) -> None:
    saturday.reach("10:47:00", "dgm")
    saturday.reach("10:48:00", "technical_support_manager")
    saturday.reach("10:49:00", "regional_manager", reached="no")
    saturday.reach("10:55:00", "regional_manager", reached="no")
    saturday.at("11:29:00")
    saturday.do("send_report", case=saturday.number, form="incident_report", **WORDS)


def test_the_one_hour_report_says_what_the_rules_ask_for(saturday: Saturday) -> None:
    sent(saturday)
    made = paper(saturday, "incident_report")
    assert (made.title, made.subtitle) == ("事故一小时报告", "F0-22 · 工单 1001 · 电力电子")
    content = block(made, "内容")
    assert content["知情时间"] == ("2026-03-14 10:44",)
    assert content["事故经过"] == ("1260块表时钟跳变",)
    assert content["对客户的影响"] == ("影响采集",)
    assert content["已采取措施"] == ("–",)
    told = block(made, "电话告知")
    assert told["副总经理"] == ("陶副总 Tao", "2026-03-14 10:47:00", "周宁 Zhou")
    assert told["区域经理"] == ("罗区域 Luo", "未告知", "10:49:00, 10:55:00")
    assert told["办事处主任"] == ("侯主任 Hou", "未告知", "–")
    case = block(made, "工单")
    assert case["第一知情人"] == ("周宁 Zhou",)
    assert case["知情时间"] == ("2026-03-14 10:44:00",)
    assert case["填写"] == ("周宁 Zhou  2026-03-14 11:29:00",)
    assert case["状态"] == ("已完成  2026-03-14 11:29:00",)


def test_it_is_read_back_from_the_pdf_in_both_languages(saturday: Saturday) -> None:
    sent(saturday)
    case = saturday.case
    for lang, parts in {
        "zh": ("事故一小时报告", "1260块表时钟跳变", "江西计量中心", "罗区域 Luo", "未告知"),
        "en": ("one-hour report", "what happened", "office director", "not reached"),
    }.items():
        made = form_pdf(saturday.desk, case, case.forms["incident_report"], saturday.now.at, lang)
        text = squeezed(text_of(made))
        for part in parts:
            assert squeezed(part) in text, part


def test_an_rnd_demand_shows_every_signature_and_what_is_still_missing(saturday: Saturday) -> None:
    number = saturday.number
    saturday.at("12:00:00")
    saturday.do("fill_form", "tan", case=number, form="rnd_demand", **DEMAND)
    made = paper(saturday, "rnd_demand")
    assert block(made, "工单")["状态"] == ("待： 中心总经理或副总签字 0/1",)
    saturday.at("12:10:00")
    saturday.do("sign_form", "gao", case=number, form="rnd_demand")
    saturday.at("12:20:00")
    saturday.do("step_form", "tan", case=number, form="rnd_demand")
    saturday.do("step_form", "tan", case=number, form="rnd_demand")
    saturday.at("13:00:00")
    saturday.do("sign_form", "ding", case=number, form="rnd_demand")
    made = paper(saturday, "rnd_demand")
    [signed] = [one for one in made.blocks if one.title == "签字与流转"]
    assert signed.heads == ("步骤", "角色", "签字人", "时间")
    assert signed.rows == (
        ("中心总经理或副总签字（任一）", "总经理", "高总 Gao", "2026-03-14 12:10:00"),
        ("中心总经理或副总签字（任一）", "副总经理", "–", "–"),
        ("送达事业部", "–", "谭工 Tan", "2026-03-14 12:20:00"),
        ("短会", "–", "谭工 Tan", "2026-03-14 12:20:00"),
        ("事业部责任人签字", "事业部研发经理", "丁研发 Ding", "2026-03-14 13:00:00"),
        ("事业部责任人签字", "事业部副总", "–", "–"),
    )
    assert block(made, "工单")["状态"] == ("待： 事业部责任人签字 1/2",)
    assert block(made, "内容")["编号"] == ("RD-26-017",)
    saturday.at("14:00:00")
    saturday.do("sign_form", "fang", case=number, form="rnd_demand")
    assert block(paper(saturday, "rnd_demand"), "工单")["状态"][0].startswith("已完成")


def test_a_form_that_is_no_report_lists_no_telephone_calls(saturday: Saturday) -> None:
    saturday.do("fill_form", "tan", case=saturday.number, form="rnd_demand", **DEMAND)
    titles = [one.title for one in paper(saturday, "rnd_demand").blocks]
    assert titles == ["内容", "工单", "签字与流转"]


@pytest.mark.parametrize(
    ("lang", "name"), [("zh", "事故一小时报告-1001.pdf"), ("en", "one-hour-report-1001.pdf")]
)
def test_a_file_is_called_after_its_form(saturday: Saturday, lang: str, name: str) -> None:
    case = saturday.case
    assert file_name(case, case.rules.forms["incident_report"], lang) == name


def test_no_label_makes_a_path(saturday: Saturday) -> None:
    from dataclasses import replace

    from console.domain.words import L

    case = saturday.case
    form: Any = replace(case.rules.forms["incident_report"], label=L("../../x/报告", "../../x\\y"))
    assert file_name(case, form, "zh") == "------x-报告-1001.pdf"
    assert "/" not in file_name(case, form, "en")
