"""P3C1 on-site: the branch goes, the owner asks in the end whether it is solved. Part of
`console.plugins.roadsoft`.
"""

from __future__ import annotations

from console.plugins import (
    Act,
    Date,
    DateTime,
    Flag,
    Form,
    Gate,
    L,
    LongText,
    Notice,
    Step,
    Text,
    Timer,
    Wording,
    all_of,
    on,
    when,
)
from console.plugins.flows import AGES

HOTLINE = "002 P3C1 hotline"
ON_SITE = "002 P3C1 on-site"
ESTABLISHED = "002 P1C2S2 1.2.1"
VISITED = when("visited").is_set()

# --- P3C1 on-site: the branch goes, the owner asks whether it is solved -----------------

VISIT_TIMERS = (
    Timer(
        "inform_branch",
        L("即联系当地分公司", "tell the local branch"),
        start="onsite_decided",
        stop=on("role_reached", role=("branch_manager", "branch_engineer")),
        within="now",
        rule="T2-04",
        clause=HOTLINE,
        level="now",
        who="owner",
        each=True,
    ),
    Timer(
        "ask_after_visit",
        L("问客户是否最终解决", "ask whether it is solved"),
        start="left",
        stop=(on("customer_contacted"), on("confirmed")),
        within="timely",
        rule="T2-04",
        clause=HOTLINE,
        level="timely",
        amber=AGES,
        who="owner",
        concern="followup",
        each=True,
    ),
    # A second visit is agreed like the first, with an exact time.
    Timer(
        "visit",
        L("按约上门", "arrive as agreed"),
        start="visit_appointed",
        stop=(on("arrived"), on("visit_appointed")),
        within="promise",
        rule="T2-19",
        clause=ON_SITE,
        each=True,
    ),
    Timer(
        "hand_in",
        L("交回记录单和调查表", "hand in the paperwork"),
        start="left",
        stop=all_of(
            on("form_completed", form="onsite_record"),
            on("form_completed", form="usage_survey"),
        ),
        within="1wd",
        rule="T2-16",
        clause=ESTABLISHED,
        each=True,
        on_breach="complaint_established",
        house=True,
    ),
    Timer(
        "day_job",
        L("当日工作做完或改期", "day's job or a new date"),
        start="job_planned",
        stop=(on("job_done"), on("job_planned"), on("left")),
        within="promise",
        rule="T2-10",
        clause=ESTABLISHED,
        each=True,
        on_breach="complaint_established",
    ),
)

VISIT_ACTS = (
    Act(
        "onsite_decided",
        L("决定现场服务", "service on site decided"),
        fields=(
            LongText(
                key="text",
                label=L("问题和解决办法", "problem and solution"),
                help=L("分公司照此准备", "What the branch prepares for"),
            ),
        ),
        clause=HOTLINE,
    ),
    Act(
        "visit_appointed",
        L("电话预约上门", "visit appointed"),
        fields=(
            DateTime(
                key="due",
                label=L("到达时间", "arrival"),
                required="intake",
                example="14:00",
                help=L("与客户电话约定的确切时间", "The exact time agreed on the telephone"),
            ),
        ),
        state=L("已预约", "appointed"),
        clause=ON_SITE,
    ),
    Act(
        "job_planned",
        L("安排当日工作", "job planned for a day"),
        fields=(Date(key="day", label=L("日期", "day"), required="intake"),),
        due_field="day",
        clause=ESTABLISHED,
    ),
    Act("job_done", L("当日工作完成", "day's job done"), clause=ESTABLISHED),
    Act("arrived", L("到达现场", "arrived"), state=L("在现场", "on site"), clause=ON_SITE),
    Act("leave_agreed", L("客户同意离开", "customer agreed to leave"), clause=ON_SITE),
    Act(
        "left",
        L("离开现场", "left the site"),
        fields=(LongText(key="text", label=L("说明", "remark")),),
        state=L("已离场", "left"),
        sets={"visited": True},
        clause=ON_SITE,
    ),
)

VISIT_GATES = (
    Gate(
        "appointed_before_arrival",
        L("先电话预约再上门", "agreed by phone before going"),
        before="arrived",
        happened=("visit_appointed",),
        remedy=L("请先电话约定时间（act=visit_appointed）。", "Agree a time by phone first."),
        rule="T2-19",
        clause=ON_SITE,
    ),
    Gate(
        "signed_before_leaving",
        L("离开前：登记表签字、调查表、客户同意", "before leaving: form signed, survey, consent"),
        before="left",
        happened=(
            on("form_completed", form="service_registration"),
            on("form_step_done", form="usage_survey", step="filled"),
            "leave_agreed",
        ),
        remedy=L(
            "请客户在登记表上写意见并签字，填调查表；另有问题的请留下处理或约定确切时间。",
            "Have the form commented on and signed and the survey filled in; for anything more,"
            " stay, or agree an exact time.",
        ),
        rule="T2-17",
        clause=ON_SITE,
    ),
    Gate(
        "handed_in_before_closed",
        L("记录单和调查表交回后才能关闭", "record and survey handed in before closing"),
        before="closed",
        happened=(
            on("form_completed", form="onsite_record"),
            on("form_completed", form="usage_survey"),
        ),
        if_=VISITED,
        remedy=L("请先交回两份单据（step_form step=handed_in）。", "Hand both in first."),
        rule="T2-16",
        clause=ESTABLISHED,
    ),
)

VISIT_NOTICES = (
    Notice(
        "on_site",
        L("现场服务：即电话当地分公司", "on site: phone the local branch"),
        on="onsite_decided",
        to=("branch_manager",),
        via=("phone",),
        when="now",
        text=Wording(
            L("现场服务：{customer}", "Service on site: {customer}"),
            L(
                "工单{case}：{customer}需现场服务，{product}{product_version}，{error_result}。"
                "联系人{contact_name}，电话{contact_phone}。首问责任人{owner}跟踪。",
                "Case {case}: {customer} needs somebody on site: {product} {product_version},"
                " {error_result}. Contact {contact_name}, {contact_phone}. {owner} follows it up.",
            ),
        ),
        rule="T2-04",
        clause=HOTLINE,
    ),
)

VISIT_FORMS = (
    Form(
        "service_plan",
        L("服务计划", "service plan"),
        fields=(
            LongText(key="plan", label=L("计划", "plan"), required="intake"),
            Text(key="number", label=L("编号", "number")),
        ),
        per_cycle=True,
        rule="F2-17",
        clause="002 P1C1 #5",
    ),
    Form(
        "service_registration",
        L("客户服务登记表", "service registration"),
        fields=(
            LongText(key="opinion", label=L("客户意见", "opinion"), required="intake"),
            Text(key="number", label=L("登记表编号", "number")),
        ),
        steps=(Step("signed_by_customer", L("客户签字", "signed by customer"), clause=ON_SITE),),
        per_cycle=True,
        rule="F2-03",
        clause=ON_SITE,
    ),
    Form(
        "onsite_record",
        L("现场服务记录单", "on-site record sheet"),
        fields=(
            LongText(key="work", label=L("服务内容", "work done"), required="intake"),
            Text(key="number", label=L("记录单编号", "number")),
        ),
        steps=(Step("handed_in", L("已交回", "handed in"), clause=ESTABLISHED),),
        per_cycle=True,
        rule="F2-04",
        clause=ESTABLISHED,
    ),
    Form(
        "usage_survey",
        L("客户使用情况调查表", "usage survey"),
        fields=(LongText(key="answers", label=L("调查内容", "answers"), required="intake"),),
        steps=(
            Step("filled", L("客户已填写", "filled in"), clause=ON_SITE),
            Step("handed_in", L("已交回", "handed in"), clause=ESTABLISHED),
        ),
        per_cycle=True,
        rule="F2-04",
        clause=ESTABLISHED,
    ),
)

VISIT_FIELDS = (
    Flag(key="visited", label=L("已上门", "visited"), show_when=VISITED, clause=ON_SITE),
)
