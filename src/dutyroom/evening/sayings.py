"""What callers say of what has happened to them, by category of the demo city. People say what they
see (楼上冒烟了！), not what the vocabulary calls it."""

from collections.abc import Mapping
from typing import Final

SAYINGS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "FIRE-STRUCT": (
        ("There's smoke coming from upstairs!", "楼上冒烟了！"),
        ("My neighbour's kitchen is on fire!", "隔壁厨房着火了，快来人！"),
    ),
    "FIRE-HIGHRISE": (
        ("Flames out of a window, very high up!", "高楼上窗户里往外冒火，好高！"),
        ("Smoke in the stairwell, we can't get down.", "楼道里全是烟，我们下不去了。"),
    ),
    "FIRE-VEHICLE": (
        ("A car has caught fire by the road.", "路边有辆车烧起来了。"),
        ("An e-bike is burning at the entrance.", "楼门口电动车着了，噼里啪啦的。"),
    ),
    "FIRE-OUTDOOR": (
        ("Somebody set a rubbish heap on fire.", "有人把垃圾堆点着了。"),
        ("The grass by the river is smoking.", "河边的草地在冒烟。"),
    ),
    "FIRE-ALARM": (("The smoke alarm won't stop.", "我们楼的烟感一直在响。"),),
    "GAS-LEAK": (
        ("The whole corridor smells of gas.", "楼道里一股煤气味，很重。"),
        ("They dug into a gas pipe.", "施工把煤气管挖破了，嘶嘶响。"),
    ),
    "HAZMAT": (("A tanker is leaking, it stings the eyes.", "一辆罐车漏了，呛得眼睛疼。"),),
    "RESCUE-LIFT": (("We're stuck in the lift, with a child.", "我们卡在电梯里了，还有个孩子。"),),
    "RESCUE-WATER": (
        ("Somebody fell into the river!", "有人掉江里了！快！"),
        ("A swimmer has gone under.", "游泳的人沉下去了，看不见了。"),
    ),
    "RESCUE-HEIGHT": (
        ("Somebody is sitting on the edge of the roof.", "楼顶边上坐着个人，像要跳。"),
    ),
    "COLLAPSE": (("The scaffold came down with people on it.", "脚手架塌了，上面还有人。"),),
    "MED-CARDIAC": (("My father fell down, he isn't breathing!", "我爸突然倒了，没气了！"),),
    "MED-CHEST": (("His chest hurts and he's sweating.", "他胸口疼，一身冷汗。"),),
    "MED-BREATH": (("My son can't get his breath.", "孩子喘不上气，嘴都紫了。"),),
    "MED-STROKE": (("Her mouth is crooked, she can't speak.", "我妈嘴歪了，话也说不清。"),),
    "MED-UNCONS": (("Somebody fainted, nobody can wake him.", "有人晕过去了，怎么叫都不醒。"),),
    "MED-INJURY": (
        ("An old man fell, his head is bleeding.", "有个老人摔了，头在流血。"),
        ("He can't stand up, his leg is broken.", "他站不起来，腿好像断了。"),
    ),
    "MED-BIRTH": (("My wife's waters have broken!", "我老婆羊水破了！"),),
    "MED-SICK": (("She's vomiting and has a high fever.", "她一直吐，还发高烧。"),),
    "TRAF-INJURY": (
        ("A car hit a cyclist, he's on the ground.", "汽车撞了骑车的，人躺在地上。"),
        ("Two cars crashed, somebody is hurt.", "两辆车撞一块儿了，有人受伤。"),
    ),
    "TRAF-DAMAGE": (
        ("Somebody ran into the back of my car.", "后面的车追尾我了，人没事。"),
        ("My car was scratched, he won't admit it.", "我车被剐了，他不认。"),
    ),
    "TRAF-HIT-RUN": (("He hit me and drove off!", "他撞了我就跑了！"),),
    "TRAF-OBSTRUCT": (
        ("A tree fell across the road.", "一棵树倒在路中间，过不去。"),
        ("A lorry broke down and blocks the lane.", "货车抛锚了，堵着一条道。"),
    ),
    "TRAF-DRUNK": (
        ("The car ahead swerves, he's drunk for sure.", "前面那车左右晃，肯定喝酒了。"),
    ),
    "TRAF-SIGNAL": (("The traffic lights are all dark.", "这边红绿灯全灭了。"),),
    "POL-VIOLENCE": (
        ("They're fighting downstairs, one has a knife!", "楼下打起来了，有人拿刀！"),
        ("Several men are beating one.", "好几个人打一个，快来！"),
    ),
    "POL-ROBBERY": (("My bag was snatched, he ran that way.", "我包被抢了，人往那边跑了。"),),
    "POL-BREAKIN": (("My door was forced, things are gone.", "我家门被撬了，东西没了。"),),
    "POL-THEFT": (
        ("My e-bike has been stolen.", "我电动车被偷了。"),
        ("My phone was taken on the bus.", "手机在公交上让人摸走了。"),
    ),
    "POL-DOMESTIC": (
        ("The couple next door are fighting again.", "隔壁两口子又打起来了，孩子在哭。"),
    ),
    "POL-FRAUD": (("I sent money, I think I was cheated.", "我刚转了钱，好像被骗了。"),),
    "POL-MISSING": (
        ("My mother went out and can't be found.", "我妈出门就找不着了，她脑子不清楚。"),
        ("I can't find my child!", "孩子不见了，一转身就没了！"),
    ),
    "POL-SUSPICIOUS": (("A man tries door after door here.", "有个人在楼里挨家拉门把手。"),),
    "POL-NOISE": (
        ("The singing downstairs won't stop.", "楼下唱歌唱到现在，没法睡。"),
        ("They drill at this hour.", "这么晚了还在装修钻墙。"),
    ),
    "POL-DISPUTE": (("He owes me money and won't pay.", "他欠我钱不还，还骂人。"),),
    "POL-CROWD": (("A crowd is pushing at the gate.", "门口挤了好多人，要出事了。"),),
    "POL-DAMAGE": (("Somebody smashed my car window.", "我车玻璃让人砸了。"),),
    "AID-LOCKED": (("My child is locked inside alone.", "孩子一个人反锁在屋里了。"),),
    "AID-FOUND": (("I found a wallet with cards in it.", "我捡了个钱包，里面有证件。"),),
    "AID-ANIMAL": (
        ("There's a snake in the courtyard.", "院子里有条蛇。"),
        ("A stray dog bites people.", "有条野狗追着人咬。"),
    ),
    "AID-WELFARE": (
        ("My neighbour hasn't opened for days.", "对门老人好几天没开门了，敲门没人应。"),
    ),
    "CRIM-HOMICIDE": (
        ("There's a body in the yard, blood everywhere.", "院里有个人没气了，全是血。"),
    ),
    "CRIM-SNATCH": (("A man on a scooter tore my bag away.", "骑车的把我包扯走了。"),),
    "CRIM-SEXUAL": (("A man grabbed me on the stairs.", "楼道里有个男的对我动手动脚。"),),
    "CRIM-ABDUCT": (("They pushed her into a van.", "有人把她硬拖上面包车了。"),),
    "CRIM-WEAPON": (("He has a gun under his coat.", "他衣服里别着枪，我看见了。"),),
    "CRIM-DRUGS": (("They deal something in the back room.", "里屋有人在交易那种东西。"),),
    "POL-GAMBLING": (("They play for money upstairs every night.", "楼上天天聚着打牌赌钱。"),),
    "POL-THREATS": (("He says he will wait for me after work.", "他说下班堵我，我不敢走。"),),
    "POL-DOGBITE": (("A dog bit my boy in the leg.", "狗把我孩子腿咬了。"),),
    "POL-BULLYING": (("They keep my daughter in the washroom.", "几个同学把我女儿堵在厕所里。"),),
    "TRAF-JAM": (("Nothing has moved here for half an hour.", "堵死了，半小时没动。"),),
    "TRAF-PARKING": (("A car stands on the fire lane.", "有车停在消防通道上。"),),
    "DISP-NEIGHBOUR": (("Water drips from upstairs again.", "楼上又往下漏水，他不管。"),),
    "DISP-WAGES": (("The boss hasn't paid us for three months.", "老板三个月没发工资了。"),),
    "DISP-CONSUMER": (("The shop won't take it back.", "店家不给退，还吵。"),),
    "DISP-MEDICAL": (("Relatives block the ward.", "家属把病房门堵了。"),),
    "AID-DRUNK": (("A man lies drunk by the road.", "有人喝多了躺在路边。"),),
    "AID-MOVECAR": (("A car blocks my garage.", "有车把我堵里面了，打不通电话。"),),
    "EXPLOSION": (("There was a bang and the windows are out.", "轰的一声，玻璃全碎了。"),),
    "NATURAL": (("The underpass is full of water.", "下穿道淹了，车过不去。"),),
    "MASS-CRUSH": (
        ("People are falling on the stairs of the fair.", "人太多，台阶上有人摔倒了。"),
    ),
    "OTH-OFFICER": (("I want to complain about how I was treated.", "我要反映民警的态度问题。"),),
    "OTH-TIP": (("I know who takes the manhole covers.", "我知道是谁偷井盖。"),),
    "OTH-ENQUIRY": (("Where do I get a new identity card?", "我想问补办身份证去哪里办。"),),
    "AID-UTILITY": (("A water main burst, it floods the road.", "水管爆了，路上全是水。"),),
}
