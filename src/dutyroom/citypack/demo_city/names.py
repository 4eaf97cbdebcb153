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
_FIRST = (
    "东 Dong|西 Xi|南 Nan|北 Bei|上 Shang|新 Xin|老 Lao|大 Da|小 Xiao|青 Qing|白 Bai|红 Hong|"
    "金 Jin|玉 Yu|清 Qing|明 Ming|春 Chun|秋 Qiu|云 Yun|月 Yue|星 Xing|龙 Long|凤 Feng|鹤 He|"
    "梅 Mei|兰 Lan|竹 Zhu|菊 Ju|荷 He|松 Song|柳 Liu|桃 Tao|杏 Xing|枫 Feng|石 Shi|水 Shui|"
    "福 Fu|德 De|仁 Ren|义 Yi"
)
_SECOND = (
    "门 men|桥 qiao|井 jing|塘 tang|园 yuan|林 lin|溪 xi|泉 quan|台 tai|亭 ting|阁 ge|堂 tang|"
    "坊 fang|市 shi|村 cun|庄 zhuang|湾 wan|渡 du|港 gang|山 shan|岭 ling|坡 po|田 tian|圃 pu|"
    "苑 yuan|居 ju|和 he|安 an|宁 ning|康 kang|华 hua|光 guang|辉 hui|阳 yang|风 feng|雨 yu|"
    "香 xiang|馨 xin|景 jing|秀 xiu"
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
    """Avenues first, then roads; when the names run out, their north, south, east, west parts."""
    roots = pairs(_ROADS)
    head, tail = roots[:8], roots[8:]
    random.shuffle(tail)
    for number, (pinyin, characters) in enumerate(head + tail):
        yield (
            Text(f"{pinyin} Avenue", f"{characters}大道")
            if number in (1, 9, 12, 15, 18, 21)
            else Text(f"{pinyin} Road", f"{characters}路")
        )
    sides = (("East", "东"), ("West", "西"), ("North", "北"), ("South", "南"))
    parts = [(root, side) for root in tail for side in sides]
    random.shuffle(parts)
    for (pinyin, characters), (side, zh) in parts:
        yield Text(f"{pinyin} {side} Road", f"{characters}{zh}路")


def street_names(random: Random) -> Iterator[Text]:
    """Streets and lanes, some thousands of them, none twice."""
    both = [(a, b) for a in pairs(_FIRST) for b in pairs(_SECOND)]
    random.shuffle(both)
    endings = (("Street", "街"), ("Lane", "巷"), ("Road", "路"))
    for offset in range(len(endings)):
        turns = cycle(endings[offset:] + endings[:offset])
        for (a, b), (en, zh) in zip(both, turns, strict=False):
            yield Text(f"{joined(a[0], b[0])} {en}", f"{a[1]}{b[1]}{zh}")


def joined(first: str, second: str) -> str:
    """Two syllables as one word, with the apostrophe that pinyin puts before a vowel."""
    return f"{first}'{second}" if second[0] in "aeo" else first + second
