"""What each key does, in full: the words of the help. Pure."""

from __future__ import annotations

from console.domain.words import L, Label

LABELS: dict[str, dict[str, Label]] = {
    "seat": {
        "claim": L("接听或认领来电", "answer: claim the call"),
        "take_over": L("接管别人搁置的来电", "take over a call somebody left"),
        "return_call": L("回电给漏接的客户", "call a missed caller back"),
        "dial": L("从席位拨打电话", "call from this seat"),
        "new": L("新建工单", "open a new case"),
        "quiet": L("离开命令栏", "leave the command bar"),
        "open": L("打开所选工单或来电", "open the selected case or call"),
        "contact": L("已联系客户", "the customer was contacted"),
        "verify": L("核实是否已联系", "verify that the customer was contacted"),
        "promise": L("承诺时间", "promise a time"),
        "resolve": L("已解决", "the case is solved"),
        "confirm": L("客户确认", "the customer has confirmed"),
        "close": L("关闭工单", "close the case"),
        "urge": L("催办", "urge whoever has it"),
        "assign": L("派单", "give the case to somebody"),
        "classify": L("分类", "classify"),
        "reach": L("通知到人", "somebody was reached"),
        "note": L("备注", "write a note"),
        "why": L("时限为何如此", "why a clock shows what it shows"),
        "command": L("命令栏", "command bar"),
        "find": L("查找工单和来电", "find cases and calls"),
        "help": L("帮助", "this help"),
        "language": L("中文 / English", "Chinese / English"),
        "theme": L("换配色", "other colours"),
        "switch": L("换人登录", "somebody else signs on"),
        "settings": L("个人设置：语言、配色、提示音", "settings: language, colours, bells"),
        "people": L("人员：账号、PIN、密钥", "people: accounts, PINs, keys"),
        "slips": L("搁置的表单", "parked forms"),
        "handover": L("交接班", "hand over or take over a shift"),
        "strip": L("来电与工单之间切换", "between calls and cases"),
        "quit": L("退出席位", "leave the seat"),
        "tab_1": L("我首问的工单", "the cases I own"),
        "tab_2": L("待联系", "customers to contact"),
        "tab_3": L("待核实", "contacts to verify"),
        "tab_4": L("待回访", "solutions to confirm"),
        "tab_5": L("全部工单", "all open cases"),
    },
    "intake": {
        "send": L("提交", "send the form"),
        "park": L("搁置，不丢失", "park the form; nothing is lost"),
        "discard": L("丢弃草稿", "throw the draft away"),
        "claim": L("接听或认领来电", "answer: claim the call"),
        "help": L("帮助", "this help"),
        "language": L("中文 / English", "Chinese / English"),
    },
    "slips": {"open": L("取回表单", "take the form up again"), "back": L("返回", "back")},
    "case": {
        "back": L("返回", "back"),
        "why": L("时限为何如此", "why a clock shows what it shows"),
    },
    "why": {"back": L("返回", "back")},
    "find": {"open": L("打开所选工单", "open the chosen case"), "back": L("返回", "back")},
    "handover": {
        "take": L("接下所选一项", "take the chosen line"),
        "take_rest": L("接下全部非红线工单", "take every case that is not a red line"),
        "refuse": L("不接，说明理由", "refuse it, with the reason"),
        "open": L("打开工单", "open the case"),
        "hand_over": L("把我照管的全部交出", "hand over everything I look after"),
        "sign_off": L("下班", "sign off"),
        "help": L("帮助", "this help"),
        "language": L("中文 / English", "Chinese / English"),
        "back": L("返回", "back"),
    },
    "people": {
        "add": L("添加人员", "add a person"),
        "change": L("修改所选人员", "change the chosen person"),
        "pin": L("设置 PIN", "set their PIN"),
        "add_key": L("添加 SSH 密钥", "add an SSH key"),
        "remove_key": L("移除 SSH 密钥", "take an SSH key away"),
        "owned": L("其首问的工单", "the cases they own"),
        "leave": L("停用或恢复账号", "the person leaves, or is back"),
        "help": L("帮助", "this help"),
        "language": L("中文 / English", "Chinese / English"),
        "back": L("返回", "back"),
    },
    "owned": {
        "offer": L("移交首问", "offer the case to a new owner"),
        "open": L("打开工单", "open the case"),
        "leave": L("仍然停用账号", "the person leaves all the same"),
        "help": L("帮助", "this help"),
        "back": L("返回", "back"),
    },
    "form": {
        "send": L("提交", "send the form"),
        "language": L("中文 / English", "Chinese / English"),
        "back": L("返回，不提交", "back, nothing is sent"),
    },
    "settings": {
        "next": L("下一个选项", "the next choice"),
        "previous": L("上一个选项", "the choice before"),
        "back": L("返回", "back"),
    },
    "wall": {"quit": L("退出", "leave")},
    "help": {"back": L("返回", "back")},
    "sign_on": {
        "choose": L("选定", "choose the name"),
        "back": L("返回", "back"),
        "language": L("中文 / English", "Chinese / English"),
        "quit": L("退出席位", "leave the seat"),
    },
}
"""Screen → action → label, with the names of the keymap."""

SCREENS: dict[str, Label] = {
    "seat": L("席位", "the seat"),
    "intake": L("来电登记", "taking a call"),
    "slips": L("搁置的表单", "parked forms"),
    "case": L("工单", "a case"),
    "why": L("为何", "why"),
    "find": L("查找", "find"),
    "handover": L("交接班", "handing over"),
    "people": L("人员", "people"),
    "owned": L("其首问的工单", "cases somebody owns"),
    "form": L("表单", "a form"),
    "settings": L("个人设置", "settings"),
    "wall": L("大屏", "the wall"),
    "help": L("帮助", "help"),
    "sign_on": L("登录", "sign-on"),
}


def label_of(screen: str, action: str) -> Label | str:
    """What a key does there; an action nobody has described answers with its name."""
    return LABELS.get(screen, {}).get(action, action)
