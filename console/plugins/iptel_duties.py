"""What recurs at the telephone company: reports of every post, spot checks, KPI sheets. Part
of `console.plugins.iptel`; every duty carries its clause, and every topic the record it is
for."""

from __future__ import annotations

from dataclasses import replace

from console.plugins import (
    Duty,
    FirstWorkingDay,
    L,
    Quarterly,
    Topic,
    Weekly,
    Yearly,
    when,
)
from console.plugins.flows import COMPLAINT, UNHAPPY
from console.plugins.iptel_record import ANOMALY, AT_THE_CUSTOMER, CHANGE, NEW_ACCOUNT

REP_1 = "004 9.3 C(4)"
REP_2 = "004 9.4 C(7)"
TRAFFIC = "004 9.1 C(5)"
ANALYSIS = "004 9.1 C(6), 9.1.1 C(5)"
DIFFICULT = "004 9.8 C(4)"
STOCK = "004 9.5 C(1)"

READERS = (
    "company_head",
    "finance_contact",
    "marketing_desk",
    "sales_department",
    "systems_contact",
)
SUPERVISORS = ("service_manager", "acceptance_supervisor", "support_supervisor")

# --- What the reports are about ----------------------------------------------------------------

COMPLAINTS = Topic(
    "complaints",
    L("本期投诉", "complaints of the period"),
    COMPLAINT,
    shows=("account_no", "cust_class", "matter", "accused", "satisfaction"),
    whole_period=True,
    rule="F4-01",
    clause=REP_1,
)
CONSULTATIONS = Topic(
    "consultations",
    L("本期咨询", "consultations of the period"),
    when("sub_kind").equals("consultation"),
    shows=("account_no", "reason"),
    whole_period=True,
    rule="F4-03",
    clause=REP_1,
)
CHANGES = Topic(
    "changes",
    L("本期业务变更", "business changes of the period"),
    CHANGE,
    shows=("account_no", "change_kind", "urgent"),
    whole_period=True,
    rule="F4-02",
    clause=REP_1,
)
NEW_ACCOUNTS = Topic(
    "new_accounts",
    L("本期新成户", "new accounts of the period"),
    NEW_ACCOUNT,
    shows=("account_no", "opened_at", "install_needed"),
    whole_period=True,
    rule="F4-04",
    clause=REP_2,
)
ANOMALIES = Topic(
    "anomalies",
    L("流量异常客户", "traffic anomalies"),
    ANOMALY,
    shows=("account_no", "week", "traffic_now", "traffic_base", "drop_pct", "outcome"),
    whole_period=True,
    rule="F4-05",
    clause=TRAFFIC,
)
VISITS = Topic(
    "visits",
    L("安装、维修、维护", "installed, repaired, maintained"),
    AT_THE_CUSTOMER,
    shows=("account_no", "sub_kind", "device_model", "dialer_serial"),
    whole_period=True,
    rule="F4-18",
    clause=ANALYSIS,
)
INSTALLATIONS = Topic(
    "installations",
    L("待安装", "to be installed"),
    when("sub_kind").equals("install"),
    shows=("account_no", "contact_addr"),
    rule="F4-07",
    clause="004 9.6 M(9)",
)
DIFFICULT_CASES = Topic(
    "difficult",
    L("疑难问题", "difficult problems"),
    AT_THE_CUSTOMER,
    shows=("account_no", "reason", "work_condition"),
    rule="F4-11",
    clause=DIFFICULT,
)
DIALERS = Topic(
    "dialers",
    L("本期用到的拨号器", "dialers of the period"),
    when("dialer_serial").is_set(),
    shows=("dialer_serial", "dialer_program"),
    whole_period=True,
    rule="F4-13",
    clause=STOCK,
)
LATE = Topic("late", L("有逾期的工单", "cases with a limit broken"), late=True, clause=ANALYSIS)
NOT_SATISFIED = Topic(
    "not_satisfied",
    L("客户不满意", "customers not satisfied"),
    UNHAPPY,
    shows=("account_no", "satisfaction"),
    clause=ANALYSIS,
)
SERVICE = (COMPLAINTS, CONSULTATIONS, CHANGES, NEW_ACCOUNTS, VISITS, LATE, NOT_SATISFIED)

# --- 9.3, 9.4: the reps ------------------------------------------------------------------------

REP_DUTIES = (
    Duty(
        "rep_1_weekly",
        L("代表一：投诉咨询周报", "rep 1: weekly reports"),
        Weekly(),
        who="rep_1",
        rule="T4-03",
        clause=REP_1,
        to=("acceptance_supervisor",),
        agenda=(COMPLAINTS, CONSULTATIONS),
    ),
    Duty(
        "rep_2_weekly",
        L("代表二：投诉咨询周报", "rep 2: weekly reports"),
        Weekly(),
        who="rep_2",
        rule="T4-03",
        clause=REP_2,
        to=("acceptance_supervisor",),
        agenda=(COMPLAINTS, CONSULTATIONS),
    ),
    Duty(
        "rep_1_monthly",
        L("投诉变更咨询月报", "rep 1: monthly reports"),
        FirstWorkingDay(),
        who="rep_1",
        rule="T4-04",
        clause=REP_1,
        to=("acceptance_supervisor", "service_manager"),
        agenda=(COMPLAINTS, CHANGES, CONSULTATIONS),
    ),
    Duty(
        "new_accounts_weekly",
        L("新成户周登记表", "new accounts of the week"),
        Weekly(),
        who="rep_2",
        rule="T4-05",
        clause=REP_2,
        to=("acceptance_supervisor",),
        agenda=(NEW_ACCOUNTS,),
    ),
    Duty(
        "rep_2_monthly",
        L("投诉新户咨询月报", "rep 2: monthly reports"),
        FirstWorkingDay(),
        who="rep_2",
        rule="T4-06",
        clause=REP_2,
        to=("acceptance_supervisor", "service_manager"),
        agenda=(COMPLAINTS, NEW_ACCOUNTS, CONSULTATIONS),
    ),
)

# --- 9.1, 9.2: the supervisor and the manager --------------------------------------------------

LEADING_DUTIES = (
    Duty(
        "spot_check",
        L("每周抽查每位成员", "weekly check per member"),
        Weekly(),
        who="spot_checker",
        rule="T4-13",
        clause="004 9.2 M(6)",
        parts=True,
        evidence=L("抽查结果", "result"),
        agenda=(
            Topic(
                "records",
                L("本周工单", "cases of the week"),
                shows=("sub_kind", "reason"),
                whole_period=True,
                rule="F4-21",
                clause="004 9.2 M(6)",
            ),
        ),
    ),
    Duty(
        "traffic_weekly",
        L("流量生成和统计", "traffic statistics"),
        Weekly(),
        who="acceptance_supervisor",
        rule="T4-14",
        clause="004 9.2.1 M(2)",
        to=("service_manager",),
        agenda=(ANOMALIES,),
    ),
    Duty(
        "traffic_review_weekly",
        L("流量登记表周审核", "weekly traffic review"),
        Weekly(),
        who="service_manager",
        rule="T4-15",
        clause=TRAFFIC,
        agenda=(ANOMALIES,),
    ),
    Duty(
        "traffic_review_monthly",
        L("流量登记表月审核", "monthly traffic review"),
        FirstWorkingDay(),
        who="service_manager",
        rule="T4-15",
        clause=TRAFFIC,
        agenda=(ANOMALIES,),
    ),
    Duty(
        "analysis_weekly",
        L("服务分析周报", "service analysis, week"),
        Weekly(),
        who="service_manager",
        rule="T4-16",
        clause=ANALYSIS,
        to=READERS,
        agenda=SERVICE,
    ),
    Duty(
        "analysis_monthly",
        L("服务分析月报", "service analysis, month"),
        FirstWorkingDay(),
        who="service_manager",
        rule="T4-16",
        clause=ANALYSIS,
        to=READERS,
        agenda=SERVICE,
    ),
    Duty(
        "analysis_quarterly",
        L("服务分析季报", "analysis of the quarter"),
        Quarterly(),
        who="service_manager",
        rule="T4-16",
        clause=ANALYSIS,
        to=READERS,
        agenda=SERVICE,
    ),
    Duty(
        "analysis_yearly",
        L("服务分析年报", "service analysis, year"),
        Yearly(1, 31),
        who="service_manager",
        rule="T4-16",
        clause=ANALYSIS,
        to=READERS,
    ),
    Duty(
        "kpi_sheets",
        L("季度KPI表", "KPI sheets"),
        Quarterly(),
        who="service_manager",
        rule="T4-28",
        clause="004 9.1.1",
    ),
    Duty(
        "pass_rates",
        L("季度合格率平均", "pass rates, quarter"),
        Quarterly(),
        who="service_manager",
        rule="T4-29",
        clause="004 9.1.1, 9.2.1",
    ),
    Duty(
        "yearly_pass_rates",
        L("年度合格率", "pass rates of the year"),
        Yearly(1, 31),
        who="service_manager",
        rule="T4-29",
        clause="004 9.1.1, 9.2.1",
    ),
)

# --- 9.5, 9.6, 9.8: stock, schedule, engineers -------------------------------------------------

FIELD_DUTIES = (
    Duty(
        "stock_weekly",
        L("库存周报", "weekly stock report"),
        Weekly(),
        who="stock_assistant",
        rule="T4-17",
        clause=STOCK,
        to=("marketing_desk", "finance_contact", "sales_department", *SUPERVISORS),
        agenda=(DIALERS,),
    ),
    Duty(
        "replenishment",
        L("检查库存并补货", "stock replenished"),
        Weekly(),
        who="stock_assistant",
        rule="T4-25",
        clause="004 9.5 M(3)",
        evidence=L("补货单编号或无须补货", "number of the order, or none needed"),
    ),
    Duty(
        "stock_monthly",
        L("拨号器销售出入库月报", "dialer report, month"),
        FirstWorkingDay(),
        who="stock_assistant",
        rule="T4-18",
        clause="004 9.5 C(2)",
        to=("service_manager", "finance_contact"),
        agenda=(replace(DIALERS, rule="F4-14", clause="004 9.5 C(2)"),),
    ),
    Duty(
        "schedule_weekly",
        L("安装安排周报", "weekly schedule report"),
        Weekly(),
        who="technical_assistant",
        rule="T4-19",
        clause="004 9.6 M(9)",
        to=("support_supervisor", "business_unit"),
        agenda=(INSTALLATIONS,),
    ),
    Duty(
        "difficult_weekly",
        L("疑难问题周汇总", "difficult cases, week"),
        Weekly(),
        who="after_sales_engineer",
        rule="T4-21",
        clause=DIFFICULT,
        to=("support_supervisor",),
        agenda=(DIFFICULT_CASES,),
    ),
    Duty(
        "difficult_monthly",
        L("疑难问题月汇总", "difficult cases, month"),
        FirstWorkingDay(),
        who="after_sales_engineer",
        rule="T4-21",
        clause=DIFFICULT,
        to=("support_supervisor",),
        agenda=(DIFFICULT_CASES,),
    ),
    Duty(
        "dialer_inspection",
        L("拨号器质量检查", "dialers inspected"),
        FirstWorkingDay(),
        who="stock_assistant",
        rule="T4-26",
        clause="004 9.5.1 M(5)",
    ),
)

DUTIES = (*REP_DUTIES, *LEADING_DUTIES, *FIELD_DUTIES)
