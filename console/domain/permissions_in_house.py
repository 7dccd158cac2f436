"""Permissions about everything but cases: duties, lists, customers' data, people, settings,
and what nobody may. Part of `console.domain.permissions`."""

from __future__ import annotations

from console.domain.permission import EVERYBODY, NOBODY, WORKERS, Permission
from console.domain.words import L

LEADERS = ("shift_lead", "support_mgr", "area_lead", "coordinator", "signer")

CALLERS = tuple(one for one in WORKERS if one not in ("req_filter", "stock"))
"""Whoever some clause has talk to customers, and so needs their numbers: the filter of
requirements talks to the own engineer at the site (T1-05), the stock keeper to nobody."""

IN_HOUSE = (
    Permission(
        "delegate",
        L("授权他人代理职位", "have somebody act for a post"),
        ("admin",),
        "000 II.3(2)8",
        L("只有任职者可以授权代理。", "Only the holder of a post has somebody act for them."),
        holder=L("任职者本人", "the holder of the post"),
    ),
    Permission(
        "do_duty",
        L("完成例行事项、会议改期", "take down duties, move meetings"),
        LEADERS,
        "rulebook 5.2",
        L("例行事项由规则指定的人完成。", "A duty is done by whom the rule names."),
        holder=L("规则指定的人", "whom the rule names"),
        console=True,
    ),
    Permission(
        "export_lists",
        L("导出含个人信息的名单（留痕）", "export lists with personal data (logged)"),
        ("auditor", "quality"),
        "rulebook 5.2",
        L(
            "名单含个人信息，值班员和插件作者不得导出。",
            "Lists hold personal data; duty persons and plugin authors never export them.",
        ),
        holder=L("该报表的负责人", "the owner of that report"),
        barred=("duty", "plugin_author"),
    ),
    Permission(
        "see_customers",
        L("查看客户资料", "see customers' data"),
        tuple(one for one in EVERYBODY if one != "plugin_author"),
        "rulebook 5.1",
        L(
            "插件作者只在沙箱中工作。",
            "Plugin authors work in a sandbox, never on live data.",
        ),
        L("请用示例数据：console demo。", "Use invented data: console demo."),
    ),
    Permission(
        "see_numbers",
        L("查看完整电话号码", "see whole telephone numbers"),
        CALLERS,
        "002 P1C1 #7; 003 Art.8(3)",
        L(
            "号码只显示给需要联系客户的人。",
            "Numbers are shown to those who talk to customers.",
        ),
        console=True,
    ),
    Permission(
        "sign_on",
        L("登录席位", "sign on at a seat"),
        tuple(one for one in EVERYBODY if one not in ("division_contact", "plugin_author")),
        "rulebook 5.1",
        L("事业部联系人默认不登录。", "Contacts at divisions have no login unless given one."),
        L(
            "请管理员为其设置 PIN（console people pin）。",
            "Have a PIN set for them (console people pin).",
        ),
        holder=L("设有 PIN 的事业部联系人", "a contact at a division who was given a PIN"),
        barred=("plugin_author",),
    ),
    Permission(
        "sign_off",
        L("下班签退", "sign off"),
        EVERYBODY,
        "000 III.1.2.7",
        L("签退由本人办理。", "Everybody signs off for themselves."),
    ),
    Permission(
        "declare_away",
        L("登记不在岗和代班人", "declare somebody away, with who stands in"),
        ("admin", "shift_lead"),
        "rulebook D-19",
        L("不在岗由本人或值班长登记。", "People say themselves that they are away."),
        holder=L("本人", "the person themselves"),
    ),
    Permission(
        "edit_roster",
        L("修改值班表", "edit the roster"),
        ("admin", "shift_lead"),
        "rulebook 5.2",
        L("值班员不得修改值班表。", "Duty persons do not edit the roster."),
    ),
    Permission(
        "manage_people",
        L("管理人员、角色和 PIN", "manage people, their roles and PINs"),
        ("admin",),
        "rulebook 5.1",
        L("只有管理员管理人员。", "Only an administrator manages people."),
        console=True,
    ),
    Permission(
        "remove_key",
        L("移除 SSH 密钥", "take an SSH key away"),
        ("admin",),
        "rulebook 5.1",
        L(
            "只有管理员移除他人的密钥。",
            "Only an administrator takes away another person's key.",
        ),
        holder=L("密钥的主人", "whose key it is"),
    ),
    Permission(
        "configure",
        L("修改设置和日历", "change settings and calendars"),
        ("admin",),
        "rulebook 5.1",
        L("只有管理员修改设置。", "Only an administrator changes settings."),
        console=True,
    ),
    Permission(
        "erase",
        L("清除客户个人信息（留痕）", "erase a customer's personal data (logged)"),
        ("admin",),
        "rulebook 5.1",
        L(
            "清除后无法恢复，须由管理员进行。",
            "What is erased is gone for good; an administrator sees to it.",
        ),
        console=True,
    ),
    Permission(
        "back_up",
        L("备份、签署检查点", "back up, sign checkpoints"),
        ("admin",),
        "rulebook 5.1",
        L("备份含全部客户资料。", "A backup holds all customers' data."),
        console=True,
    ),
    Permission(
        "private_deal",
        L("私下约定服务或收费", "agree services or fees privately"),
        NOBODY,
        "002 P1C1 #9; 002 P1C3",
        L("任何人不得私下约定。", "Nobody may."),
        L(
            "请按合同办理，需求登记为询价。",
            "Go by the contract; record the wish as an inquiry.",
        ),
    ),
    Permission(
        "casual_promise",
        L("随口承诺", "promise without an exact time"),
        NOBODY,
        "002 P3C1 hotline; W-05",
        L("承诺必须有具体时间。", "A promise is an exact time."),
        L("请给出时间（promise due=…）。", "Give the time (promise due=…)."),
    ),
    Permission(
        "withhold_contact",
        L("拒绝提供联系方式", "refuse a customer whom to contact"),
        NOBODY,
        "002 P3C1; 000 III.1.5.1",
        L("不得说“不归我管”。", "Nobody says “not our department”."),
        L("请提供准确的姓名、电话和地址。", "Give the exact name, telephone and address."),
    ),
    Permission(
        "disclose",
        L("对外泄露或转发客户资料", "disclose or forward customers' data outside"),
        NOBODY,
        "002 P1C1 #7; 003 Art.8(3), 15(2)",
        L("客户资料不得外传。", "Customers' data stay in the house."),
        L(
            "名单只可留痕导出（export_list）。",
            "Lists leave only as an export on record (export_list).",
        ),
    ),
)
