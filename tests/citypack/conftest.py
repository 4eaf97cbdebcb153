"""A demo city made once, and the smallest pack that can be read."""

from pathlib import Path

import pytest

from dutyroom.citypack import CityPack, Gazetteer, generate_city, read_pack


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lanchuan")
    generate_city(folder)
    return folder


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> CityPack:
    return read_pack(demo_folder)


@pytest.fixture(scope="session")
def gazetteer(demo: CityPack) -> Gazetteer:
    return Gazetteer(demo)


@pytest.fixture
def small_files() -> dict[str, str]:
    """A pack of one zone and one station that travels by distance, one entry per line."""
    code = '[\n  {"code": "done", "en": "Done", "zh": "完毕"}\n ]'
    reasons = ",\n".join(
        f' "{name}": {code}'
        for name in (
            "clear_reasons",
            "cancel_reasons",
            "unavailable_reasons",
            "override_reasons",
            "dispositions",
            "no_incident_reasons",
            "reopen_reasons",
        )
    )
    return {
        "city.json": """{
 "name": "small",
 "title": {"en": "Small", "zh": "小城"},
 "version": "1",
 "timezone": "Asia/Shanghai",
 "centre": [118.5, 30.5],
 "travel": "distance"
}
""",
        "travel.json": """{
 "detour_factor": 1.35,
 "speed_kmh": 32.0,
 "start_s": 40.0,
 "source": "assumed"
}
""",
        "zones.geojson": """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "west", "name_en": "West", "name_zh": "西区"}, "geometry":
{"type": "Polygon", "coordinates": [[[118, 30], [118.5, 30], [118.5, 31], [118, 31], [118, 30]]]}},
{"type": "Feature", "properties": {"id": "east", "name_en": "East", "name_zh": "东区"}, "geometry":
{"type": "Polygon", "coordinates": [[[118.5, 30], [119, 30], [119, 31], [118.5, 31], [118.5, 30]]]}}
]}
""",
        "stations.csv": "id,name_en,name_zh,lon,lat\nPS1,First Station,第一派出所,118.4,30.4\n",
        "units.csv": "id,kind,station,capabilities,crew\nP1,car,PS1,patrol,2\nP2,car,PS1,patrol,2\n",
        "vocabulary.json": f"""{{
 "categories": [
  {{"code": "THEFT", "en": "Theft", "zh": "盗窃", "priority": 2, "words": ["stolen", "小偷"]}},
  {{"code": "FIGHT", "en": "Fight", "zh": "打架", "priority": 1, "words": ["brawl"]}}
 ],
 "priorities": [
  {{"level": 1, "en": "Urgent", "zh": "紧急"}},
  {{"level": 2, "en": "Routine", "zh": "一般"}}
 ],
 "capabilities": [
  {{"code": "patrol", "en": "Patrol", "zh": "巡逻"}}
 ],
 "kinds": [
  {{"code": "car", "en": "Patrol car", "zh": "巡逻车", "symbol": "car"}}
 ],
{reasons}
}}
""",
        "prompts.json": """{
 "FIGHT": [
  {"code": "weapon", "en": "A weapon?", "zh": "有凶器吗？", "answers": [
   {"code": "yes", "en": "Yes", "zh": "有", "adds": [{"capability": "patrol", "count": 1}]},
   {"code": "no", "en": "No", "zh": "没有"}]}
 ]
}
""",
        "plans.json": """[
 {"category": "THEFT", "needs": [{"capability": "patrol", "count": 1}]},
 {"category": "FIGHT", "needs": [{"capability": "patrol", "count": 2}]}
]
""",
        "clocks.json": """{
 "answer_s": 10,
 "call_back_s": 60,
 "dispatch_s": {"1": 60, "2": 120},
 "en_route_s": 90,
 "on_scene_s": {"1": 480, "2": 720},
 "silence_s": {"en_route": 600, "on_scene": 1200},
 "amber_share": 0.75,
 "stale_position_s": 60
}
""",
        "streets.csv": "id,name_en,name_zh\n",
        "places.csv": "id,name_en,name_zh,kind,lon,lat\nL1,Central Park,中央公园,park,118.6,30.6\n",
    }


@pytest.fixture
def road_files(small_files: dict[str, str]) -> dict[str, str]:
    """The small pack with a square of four nodes, driven both ways."""
    arcs = [(a, b) for a, b in ((0, 1), (1, 2), (2, 3), (3, 0)) for a, b in ((a, b), (b, a))]
    rows = "".join(f"{a},{b},100.0,50.0,side,{'S1' if a + b == 1 else ''}\n" for a, b in arcs)
    changed = {
        "city.json": small_files["city.json"].replace("distance", "roads"),
        "travel.json": f'{{"siren_factor": 0.8, "hour_factors": {[1.0] * 24}}}\n',
        "streets.csv": "id,name_en,name_zh\nS1,Long Road,长路\n",
        "roads/nodes.csv": "lon,lat\n118.4,30.4\n118.401,30.4\n118.401,30.401\n118.4,30.401\n",
        "roads/arcs.csv": "from,to,length_m,speed_kmh,class,street\n" + rows,
    }
    return small_files | changed
