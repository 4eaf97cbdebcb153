"""How Chinese is set: marks, blanks and numbers."""

import re

from tests.chinese.pairs import CATALOGUES, all_pairs

_QUOTED = re.compile(r"“[^”]*”|[巡步交消举援救飞]\d{3}")
"""What is typed, and call signs: they are set as they are."""
_WRONG = {
    "one ellipsis is two characters": r"(?<!…)…(?!…)|\.\.\.",
    "no blank after a full-width mark": r"[。，；：！？、] ",
    "no blank before %": r"[\d}] %",
    "a blank between Han and figures": r"[\u4e00-\u9fff]\d|\d[\u4e00-\u9fff]",
    "a blank between a number and its unit": r"}(?:秒|分钟|小时|天|米|公里|起|次|条|项)",
    "、 or ，, no Latin comma": r"[\u4e00-\u9fff}], ?[\u4e00-\u9fff{]",
}


def test_every_chinese_text_is_set_by_the_rules() -> None:
    wrong = [
        f"{pair.where}: {rule}: {pair.zh!r}"
        for pair in all_pairs()
        for rule, pattern in _WRONG.items()
        if re.search(pattern, _QUOTED.sub("", pair.zh))
    ]
    assert not wrong, "\n".join(wrong)


def test_chinese_pages_have_the_chinese_font_first_and_are_marked_as_chinese() -> None:
    console = CATALOGUES.parent
    tokens = (console / "style/tokens.css").read_text("utf-8")
    chinese = tokens.split(":root:lang(zh)")[1].split("}")[0]
    assert chinese.index("Noto Sans SC") < chinese.index("Inter")
    assert "text-autospace: normal" in chinese
    assert "'zh-CN'" in (console / "model/settings.svelte.ts").read_text("utf-8")
