"""Why nothing is done about a place, and what to do next."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_spot(spot: UUID) -> Refusal:
    return refusal(
        "UnknownSpot",
        {"spot": spot},
        ("Nothing is done about this place.", "该地点尚未开展防范。"),
        ("Choose a place of the list.", "请从列表中选择地点。"),
    )


def spot_exists(spot: UUID) -> Refusal:
    return refusal(
        "SpotExists",
        {"spot": spot},
        ("This has been taken on already.", "该地点已经开展防范。"),
        ("Go on with its task.", "请继续办理已有任务。"),
    )


def spot_is_over(spot: UUID) -> Refusal:
    return refusal(
        "SpotIsOver",
        {"spot": spot},
        ("What happened here since is no longer counted.", "该地点的跟踪统计已经结束。"),
        ("Take it on anew if it calls again.", "如再次重复报警，请重新开展防范。"),
    )


def no_public_place(place: str) -> Refusal:
    return refusal(
        "NoPublicPlace",
        {"place": place},
        (
            "Only public places are counted: landmarks, junctions, roads and areas.",
            "只统计公共场所：地标、路口、道路和辖区。",
        ),
        ("Choose a place of the list.", "请从列表中选择地点。"),
    )


def place_taken_on(spot: UUID, place: str) -> Refusal:
    return refusal(
        "PlaceTakenOn",
        {"spot": spot, "place": place},
        ("Somebody does something about this place already.", "该地点已有防范任务。"),
        ("Look at its task.", "请查看已有任务。"),
    )
