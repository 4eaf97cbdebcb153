"""What is wrong with a field, in Chinese; pydantic says it in English."""

from typing import Any, Final

_BY_TYPE: Final = {
    "missing": "必填",
    "extra_forbidden": "不能有此字段",
    "json_invalid": "不是有效的 JSON",
    "string_type": "应为文本",
    "string_too_short": "内容过短",
    "string_too_long": "内容过长",
    "string_pattern_mismatch": "格式不正确",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数字",
    "bool_type": "应为是或否",
    "bool_parsing": "应为是或否",
    "uuid_type": "编号格式不正确",
    "uuid_parsing": "编号格式不正确",
    "literal_error": "不是可选值",
    "enum": "不是可选值",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "too_long": "项目过多",
    "too_short": "项目过少",
}
_BY_LIMIT: Final = {
    "greater_than": ("gt", "应大于 {}"),
    "greater_than_equal": ("ge", "不能小于 {}"),
    "less_than": ("lt", "应小于 {}"),
    "less_than_equal": ("le", "不能大于 {}"),
}


def in_chinese(error: dict[str, Any]) -> str:
    """The problem of one field. What is not known by its type has the wrong form."""
    kind = str(error.get("type", ""))
    if kind in _BY_LIMIT:
        key, said = _BY_LIMIT[kind]
        limit = error.get("ctx", {}).get(key)
        return said.format(limit) if limit is not None else "超出范围"
    return _BY_TYPE.get(kind, "格式不正确")
