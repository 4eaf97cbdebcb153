"""Names for streets, districts and places: Chinese with their pinyin, as signs write them."""

from collections.abc import Iterator
from itertools import cycle
from random import Random

from dutyroom.core.text import Text

_ROADS = (
    "解放 Jiefang|人民 Renmin|中山 Zhongshan|建设 Jianshe|和平 Heping|新华 Xinhua|胜利 Shengli|"
    "文化 Wenhua|友谊 Youyi|长江 Changjiang|黄河 Huanghe|北京 Beijing|上海 Shanghai|"
    "南京 Nanjing|迎宾 Yingbin|朝阳 Chaoyang|光明 Guangming|东风 Dongfeng|青年 Qingnian|"
    "体育 Tiyu|科技 Keji|创新 Chuangxin|工业 Gongye|学府 Xuefu|望江 Wangjiang|龙山 Longshan|"
    "凤凰 Fenghuang|金桥 Jinqiao|银河 Yinhe|天河 Tianhe|泰山 Taishan|黄山 Huangshan|"
    "庐山 Lushan|衡山 Hengshan|太湖 Taihu|洞庭 Dongting|鄱阳 Poyang|西湖 Xihu|玉泉 Yuquan|"
    "清河 Qinghe|白云 Baiyun|紫荆 Zijing|梧桐 Wutong|银杏 Yinxing|香樟 Xiangzhang|桂花 Guihua|"
    "海棠 Haitang|芙蓉 Furong|牡丹 Mudan|石榴 Shiliu|樱花 Yinghua|翠竹 Cuizhu|松柏 Songbai|"
    "柳荫 Liuyin|丰收 Fengshou|繁荣 Fanrong|富强 Fuqiang|民主 Minzhu|自强 Ziqiang|"
    "振兴 Zhenxing|复兴 Fuxing|团结 Tuanjie|幸福 Xingfu|健康 Jiankang|平安 Ping'an|"
    "长寿 Changshou|吉祥 Jixiang|如意 Ruyi|太平 Taiping|安定 Anding|永安 Yong'an|长安 Chang'an|"
    "宁波 Ningbo|杭州 Hangzhou|苏州 Suzhou|扬州 Yangzhou|武汉 Wuhan|广州 Guangzhou|福州 Fuzhou|"
    "成都 Chengdu|重庆 Chongqing|昆明 Kunming|桂林 Guilin|贵阳 Guiyang|西安 Xi'an|洛阳 Luoyang|"
    "开封 Kaifeng|太原 Taiyuan|济南 Jinan|青岛 Qingdao|天津 Tianjin|沈阳 Shenyang|大连 Dalian|"
    "渡口 Dukou|码头 Matou|船坞 Chuanwu|云溪 Yunxi|石桥 Shiqiao|古塔 Guta|钟楼 Zhonglou|"
    "鼓楼 Gulou"
)
_GATES = "东门 Dongmen|西门 Ximen|南门 Nanmen|北门 Beimen"
_WHERE = "东 Dong|西 Xi|南 Nan|北 Bei|上 Shang|新 Xin|老 Lao|大 Da|小 Xiao"
_WHAT = "桥 qiao|井 jing|塘 tang|园 yuan|坊 fang|庄 zhuang|湾 wan|渡 du|港 gang|村 cun|坡 po|溪 xi"
_LOOKS = (
    "青 Qing|白 Bai|金 Jin|玉 Yu|清 Qing|云 Yun|月 Yue|星 Xing|龙 Long|凤 Feng|鹤 He|梅 Mei|兰 Lan|"
    "竹 Zhu|荷 He|松 Song|柳 Liu|桃 Tao|杏 Xing|枫 Feng|石 Shi|桂 Gui|莲 Lian|榆 Yu|樟 Zhang"
)
_FEATURE = "桥 qiao|塘 tang|园 yuan|林 lin|溪 xi|泉 quan|台 tai|亭 ting|湾 wan|山 shan|岭 ling"
_WISH = (
    "福 Fu|德 De|仁 Ren|永 Yong|广 Guang|长 Chang|同 Tong|万 Wan|泰 Tai|瑞 Rui|嘉 Jia|富 Fu|文 Wen|"
    "安 An|恒 Heng|宏 Hong"
)
_GOOD = (
    "安 an|和 he|宁 ning|康 kang|华 hua|兴 xing|盛 sheng|福 fu|顺 shun|昌 chang|祥 xiang|源 yuan"
)
DISTRICTS = (
    "古城 Gucheng|江南 Jiangnan|和平 Heping|望江 Wangjiang|龙湖 Longhu|青山 Qingshan|"
    "运河 Yunhe|白云 Baiyun|新华 Xinhua|凤鸣 Fengming|梅园 Meiyuan|光明 Guangming|高新 Gaoxin|"
    "东港 Donggang"
)


def pairs(names: str) -> list[tuple[str, str]]:
    """(pinyin, characters) of a list written as ``字 Zi|字 Zi``."""
    split = (name.split(" ", 1) for name in names.split("|"))
    return [(pinyin, characters) for characters, pinyin in split]


def road_names(random: Random) -> Iterator[Text]:
    """The main roads of a city, a few of them avenues."""
    roots = pairs(_ROADS)
    head, tail = roots[:8], roots[8:]
    random.shuffle(tail)
    for number, (pinyin, characters) in enumerate(head + tail):
        yield (
            Text(f"{pinyin} Avenue", f"{characters}大道")
            if number in (1, 9, 12, 15, 18, 21)
            else Text(f"{pinyin} Road", f"{characters}路")
        )


def part_of(road: Text, dx_m: float, dy_m: float) -> Text | None:
    """The name of a road that lies so far east and north of another: Nanjing East Road. None for
    an avenue, which has no such parts."""
    if not road.zh.endswith("路"):
        return None
    if abs(dx_m) >= abs(dy_m):
        side, zh = ("East", "东") if dx_m > 0 else ("West", "西")
    else:
        side, zh = ("North", "北") if dy_m > 0 else ("South", "南")
    return Text(f"{road.en.removesuffix(' Road')} {side} Road", f"{road.zh[:-1]}{zh}路")


def street_names(random: Random) -> Iterator[Text]:
    """Streets and lanes, some thousands of them, none twice."""
    both = [
        (joined(first, second), a + b)
        for firsts, seconds in ((_WHERE, _WHAT), (_LOOKS, _FEATURE), (_WISH, _GOOD))
        for first, a in pairs(firsts)
        for second, b in pairs(seconds)
        if a != b
    ]
    both += pairs(_GATES)
    random.shuffle(both)
    endings = (("Street", "街"), ("Lane", "巷"), ("Road", "路"), ("Alley", "里"))
    for offset in range(len(endings)):
        turns = cycle(endings[offset:] + endings[:offset])
        for (pinyin, characters), (en, zh) in zip(both, turns, strict=False):
            yield Text(f"{pinyin} {en}", f"{characters}{zh}")


def joined(first: str, second: str) -> str:
    """Two syllables as one word, with the apostrophe that pinyin puts before a vowel."""
    return f"{first}'{second}" if second[0] in "aeo" else first + second
