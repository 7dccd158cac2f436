"""Who there is at the medical-records software house, where work can go, and what is written
down of a case. Part of `console.plugins.emr`; every rule carries its clause."""

from __future__ import annotations

from console.plugins import (
    Category,
    Choice,
    Date,
    Division,
    Integer,
    L,
    LongText,
    MultiChoice,
    Target,
    Text,
    when,
)
from console.plugins.flows import SATISFACTION, SETTLERS

# --- P2: who there is, and where work can go ---------------------------------------------------

SLOTS = {
    "tsm": L("技术服务经理", "TSM of the region"),
    "csm": L("客户服务经理", "CSM of the region"),
    "site_engineer": L("驻院工程师", "engineer at hospital"),
    "dept_head_1": L("部门经理（正）", "department head"),
    "dept_head_2": L("部门经理（副）", "deputy head"),
    "group_leader": L("技术服务组长", "technical group leader"),
    "req_filter": L("需求过滤（高级支持）", "requirement filter"),
    "coordinator": L("协调人", "coordinator"),
    "assistant": L("助理", "assistant"),
    "clerk": L("文员", "clerk"),
    "major_owner": L("重大问题负责人", "major problem owner"),
    "major_target_1": L("直报对象一", "direct report target 1"),
    "major_target_2": L("直报对象二", "direct report target 2"),
    "major_target_3": L("直报对象三", "direct report target 3"),
    "major_target_4": L("直报对象四", "direct report target 4"),
    "major_target_5": L("直报对象五（质管办）", "direct report QA office"),
    "major_cc_extra": L("直报加抄", "direct report extra cc"),
    "rnd_contact": L("研发联系人", "R&D contact"),
    "test_contact": L("测试联系人", "testing contact"),
    "sales_office": L("销售联系人", "sales contact"),
    "qa_contact": L("质管办联系人", "QA office contact"),
    "commercial_contact": L("商务联系人", "commercial contact"),
}

HELP_BY_FORM = "001 P5 2.2.4"


def _department(key: str, label: L, contact: str) -> Division:
    """Another department is asked by the coordinator or the requirement filter only."""
    return Division(
        key,
        label,
        via="coordinator",
        door=("coordinator", "req_filter"),
        assignee=contact,
        clause=HELP_BY_FORM,
    )


DIVISIONS = (
    Target("region_tsm", L("大区技术服务", "Region: technical"), assignee="tsm"),
    Target("region_csm", L("大区客户服务", "Region: relations"), assignee="csm"),
    Target("department", L("客户服务部", "Service department"), assignee="group_leader"),
    _department("rnd", L("研发", "R&D"), "rnd_contact"),
    _department("test", L("测试", "Testing"), "test_contact"),
    _department("sales", L("销售", "Sales"), "sales_office"),
    _department("qa_office", L("质管办", "QA office"), "qa_contact"),
    _department("commercial", L("商务", "Commercial"), "commercial_contact"),
)
DEPARTMENTS = {one.key: one.label for one in DIVISIONS if one.via}

# --- What is written down of a case ------------------------------------------------------------

REGIONS = {
    "north": L("华北", "north"),
    "northeast": L("东北", "northeast"),
    "east": L("华东", "east"),
    "central": L("华中", "central"),
    "south": L("华南", "south"),
    "southwest": L("西南", "southwest"),
    "northwest": L("西北", "northwest"),
}
"""Not enumerated by the regulation: any other is stored as it is written."""

SUB_KINDS = {
    "issue": L("问题", "issue"),
    "requirement": L("需求", "requirement"),
    "major": L("重大问题", "major problem"),
    "upgrade": L("升级", "upgrade"),
    "opportunity": L("商机", "opportunity"),
    "complaint": L("投诉", "complaint"),
}
MAJOR_KINDS = {
    "program_crash": L("程序崩溃", "program crash"),
    "data_lost": L("数据丢失", "data lost"),
    "data_duplicated": L("数据重复", "data duplicated"),
    "data_incorrect": L("数据不正确", "data incorrect"),
}
OPPORTUNITIES = {
    "maintenance_contract": L("维护合同", "maintenance contract"),
    "final_payment": L("尾款", "final payment"),
    "second_sale": L("二次销售", "second sale"),
}
RISKS = {"low": L("低", "low"), "mid": L("中", "medium"), "high": L("高", "high")}
REQUIREMENT_STATES = {
    "submitted": L("已提交", "submitted"),
    "refused": L("已退回", "refused"),
    "accepted": L("已接受", "accepted"),
    "discussed": L("已讨论", "discussed"),
    "solution": L("有方案", "solution given"),
    "informed": L("已告知现场", "site informed"),
    "confirmed": L("方案已确认", "solution confirmed"),
    "updated": L("已更新", "updated"),
    "verified": L("已验证", "verified"),
}
"""Every step of a requirement gives the next one (W-12); closed is the case itself."""

ISSUE = when("sub_kind").equals("issue")
REQUIREMENT = when("sub_kind").equals("requirement")
UPGRADE = when("sub_kind").equals("upgrade")
OPPORTUNITY = when("category").equals("quote") | when("sub_kind").equals("opportunity")
MAJOR = when("major_kind").is_set()

CASE_FIELDS = (
    # The hospital is the customer's employer of every other line: one key, so that the
    # board, the search and the caller's card know it without being told.
    Text(key="employer", label=L("医院", "hospital"), required="intake", clause="001 P5 2.1.1"),
    Text(key="department", label=L("科室", "ward or office"), required="intake"),
    Choice(
        key="region",
        label=L("大区", "region"),
        choices=REGIONS,
        required="intake",
        help=L("决定由哪位经理负责", "Decides whose region it is"),
        clause="001 P2 2.2",
    ),
    Text(
        key="product_version",
        label=L("产品与版本", "product and version"),
        required="intake",
        help=L("各医院版本须保持统一", "Versions are kept uniform between hospitals"),
        clause="001 P2 2.3",
    ),
    Choice(
        key="sub_kind",
        label=L("细类", "kind"),
        choices=SUB_KINDS,
        required="dispatch",
        required_if=when("category").equals("technical"),
        open=False,
        help=L(
            "需求走过滤流程，重大问题立即直报，商机立即报备",
            "Requirements are filtered, major problems reported, opportunities filed at once",
        ),
        clause="001 P5 2.2.5-2.2.9",
    ),
    Integer(
        key="emptydoc_version",
        label=L("空文档版本", "empty document"),
        least=1,
        help=L("最近写入的版本；须写入最新版", "Last written into; always into the newest"),
        clause="001 P5 2.2.8(1)",
        rule="F1-02",
    ),
    Choice(
        key="replace_risk",
        label=L("替换风险", "replacement risk"),
        choices=RISKS,
        open=False,
        help=L("客户换用他家产品的可能", "How likely the hospital changes to another maker"),
        clause="001 P5 2.1.1(3)",
    ),
)

REQUIREMENT_FIELDS = (
    Text(
        key="req_no",
        label=L("需求编号", "requirement no."),
        show_when=REQUIREMENT,
        example="REQ-214",
        clause="001 P5 2.2.9(3)",
        rule="F1-11",
    ),
    LongText(
        key="purpose",
        label=L("需改目的", "purpose of the change"),
        show_when=REQUIREMENT,
        help=L("缺了会被退回", "Refused without it"),
        clause="001 P5 2.2.9(1)",
        rule="F1-11",
    ),
    LongText(
        key="scenario",
        label=L("业务场景", "business scenario"),
        show_when=REQUIREMENT,
        help=L("谁在什么时候怎样用；缺了会被退回", "Who uses it when and how; refused without it"),
        clause="001 P5 2.2.9(1)",
        rule="F1-11",
    ),
    Choice(
        key="req_state",
        label=L("需求状态", "requirement state"),
        choices=REQUIREMENT_STATES,
        open=False,
        show_when=REQUIREMENT,
        clause="001 P5 2.2.9(3)",
        rule="F1-11",
    ),
    LongText(
        key="solution",
        label=L("研发方案", "R&D's solution"),
        show_when=REQUIREMENT,
        clause="001 P5 2.2.9(2)",
        rule="F1-11",
    ),
    Text(
        key="progress",
        label=L("进展", "progress"),
        show_when=REQUIREMENT,
        help=L("写进周五需求邮件", "Goes into the Friday mail"),
        clause="001 P5 2.2.9(5)",
        rule="F1-15",
    ),
    Choice(
        key="completion_risk",
        label=L("完成风险", "completion risk"),
        choices=RISKS,
        open=False,
        show_when=REQUIREMENT,
        help=L("写进周五需求邮件", "Goes into the Friday mail"),
        clause="001 P5 2.2.9(5)",
        rule="F1-15",
    ),
)

ALARM_FIELDS = (
    MultiChoice(
        key="major_kind",
        label=L("重大问题类型", "major problem"),
        choices=MAJOR_KINDS,
        open=False,
        flagging=True,
        help=L(
            "任何一项都须立即电话并邮件直报",
            "Any of them: report at once, by phone and by mail",
        ),
        clause="001 P5 2.2.5(3)",
        rule="T1-02",
    ),
    Choice(
        key="opp_kind",
        label=L("商机类型", "opportunity"),
        choices=OPPORTUNITIES,
        open=False,
        required="dispatch",
        required_if=OPPORTUNITY,
        show_when=OPPORTUNITY,
        help=L(
            "未经授权不得销售；工程师和技术经理一律不得",
            "No selling without authorisation; engineers and TSM never",
        ),
        clause="001 P5 2.2.6",
    ),
    LongText(
        key="hint",
        label=L("商机线索", "hint of a sale"),
        show_when=OPPORTUNITY,
        clause="001 P5 2.2.6(1)",
        rule="F1-09",
    ),
)

INSPECTED = when("inspection").is_set()
OUTCOME_FIELDS = (
    Choice(
        key="inspection",
        label=L("巡检回访", "inspection or visit"),
        choices={"planned": L("已计划", "planned"), "done": L("已完成", "done")},
        open=False,
        show_when=INSPECTED,
        clause="001 P2 2.2",
        rule="T1-22",
    ),
    Text(
        key="accused",
        label=L("被投诉人", "person complained of"),
        show_when=when("accused").is_set(),
        clause="001 P2 2.2",
    ),
    SATISFACTION,
)

HELP_WANTED = when("wanted_from").is_set()
HELP_FIELDS = (
    Choice(
        key="wanted_from",
        label=L("申请协助的部门", "department wanted"),
        choices=DEPARTMENTS,
        show_when=HELP_WANTED,
        clause=HELP_BY_FORM,
        rule="F1-07",
    ),
    Date(
        key="wanted_until",
        label=L("希望完成日期", "wanted until"),
        show_when=HELP_WANTED,
        clause=HELP_BY_FORM,
        rule="F1-07",
    ),
)
"""Filled by the assistance request, for the mail that goes with it."""

FIELDS = (*CASE_FIELDS, *REQUIREMENT_FIELDS, *ALARM_FIELDS, *OUTCOME_FIELDS, *HELP_FIELDS)

CATEGORIES = (
    Category(
        "technical",
        L("技术服务", "technical service"),
        route="region_tsm",
        clause="001 P2 2.4-2.5",
    ),
    Category(
        "complaint",
        L("投诉", "complaint"),
        route="department",
        needs_tracker=True,
        tracker="csm",
        settled_by=SETTLERS,
        also_if=when("sub_kind").equals("complaint"),
        clause="001 P2 2.2, 2.5",
    ),
    Category("quote", L("商机", "opportunity"), route="region_csm", clause="001 P5 2.2.6"),
)
