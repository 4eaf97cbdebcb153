"""Why a row is repaired or set aside. Nothing else can happen to one that isn't accepted."""

from collections.abc import Mapping
from typing import Final


class Unusable(Exception):
    """A row can't be used: ``why`` is a reason of `QUARANTINE`, ``what`` the field."""

    def __init__(self, why: str, what: str = "") -> None:
        super().__init__(why)
        self.why, self.what = why, what


REPAIRS: Final[Mapping[str, tuple[str, str]]] = {
    "en_route_before_dispatch": (
        "set out before it was sent: the time of setting out is left out",
        "出动早于派警：删去出动时间",
    ),
    "on_scene_before_dispatch": (
        "on scene before it was sent: the time of arrival is left out",
        "到场早于派警：删去到场时间",
    ),
    "en_route_after_on_scene": (
        "set out after it was on scene: the time of setting out is left out",
        "出动晚于到场：删去出动时间",
    ),
    "transport_before_on_scene": (
        "left with the patient before it arrived: the time of leaving is left out",
        "送医早于到场：删去送医时间",
    ),
    "facility_before_transport": (
        "at the hospital before it left the scene: the time at the hospital is left out",
        "到院早于送医：删去到院时间",
    ),
    "entered_before_received": (
        "entered before it was received: the time of entry is left out",
        "录入早于报警：删去录入时间",
    ),
    "skipped_hour": (
        "a time inside the hour that is skipped in spring: moved on by an hour",
        "时间落在夏令时跳过的一小时：顺延一小时",
    ),
    "repeated_hour": (
        "in the hour that comes twice in autumn: read so that steps follow each other closely",
        "时间落在秋季重复的一小时：按各步骤先后且间隔最短的方式理解",
    ),
    "cut_name": ("a name that the source cuts off is written out", "来源截断的地名已补全"),
    "house_number_removed": (
        "an exact house number: kept to the block only",
        "含确切门牌号：仅保留街段",
    ),
    "address_left_out": (
        "a part of the address that is finer than a street, or not understood: left out",
        "地址中比街道更细或无法识别的部分：已删去",
    ),
    "unknown_disposition": (
        "a disposition that the contract does not know: taken as other",
        "数据契约未列出的处警结果：记为其他",
    ),
}
"""What is repaired and how, in English and Chinese."""

QUARANTINE: Final[Mapping[str, tuple[str, str]]] = {
    "wrong_number_of_cells": ("more or fewer cells than columns", "单元格数与列数不符"),
    "unreadable": ("bytes that are not UTF-8 text", "含非 UTF-8 文本的字节"),
    "broken_quotes": (
        "a quotation mark out of place, or a cell without end",
        "引号错位或单元格未结束",
    ),
    "too_long": ("a row of 100,000 bytes or more", "单行达到或超过 100,000 字节"),
    "wrong_code": ("an id that is not a short code", "编号不是短代码"),
    "missing_value": ("a needed value is missing", "缺少必需的值"),
    "unknown_category": ("a call type that the contract does not know", "数据契约未列出的报警类型"),
    "unknown_priority": ("a priority that the contract does not know", "数据契约未列出的警情等级"),
    "unknown_unit_kind": (
        "a kind of unit that the contract does not know",
        "数据契约未列出的处警单元类型",
    ),
    "wrong_time": ("a time that can't be read", "时间无法读取"),
    "wrong_place": ("coordinates that can't be read", "坐标无法读取"),
    "place_outside": ("a place outside the bounds of the contract", "位置超出数据契约范围"),
    "dispatched_before_received": ("sent before the call was received", "派警早于报警"),
    "cleared_before_last_step": (
        "available before its last step: how long it was at work isn't known",
        "可派早于最后一步：无法得知处置用时",
    ),
    "wait_too_long": (
        "so long between receipt and entry that the two can't be one call",
        "接警到录入间隔过长，不可能是同一起报警",
    ),
    "step_too_long": ("more than a day between two steps", "两步之间超过一天"),
    "repeated_row": ("the row's id was met before in this file", "行编号在文件中重复"),
    "contradicts_its_call": (
        "the call's own facts differ from those of its other rows",
        "与同一起报警其他行的内容矛盾",
    ),
}
