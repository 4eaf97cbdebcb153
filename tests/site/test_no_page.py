"""An address that leads nowhere: people read where to go, programs get JSON."""

from django.test import Client

PEOPLE = "text/html,application/xhtml+xml,*/*;q=0.8"


def test_people_read_it_in_both_languages() -> None:
    answer = Client(headers={"host": "localhost"}).get("/nowhere", HTTP_ACCEPT=PEOPLE)
    assert answer.status_code == 404
    said = answer.content.decode()
    assert "There is no page under this address." in said
    assert "没有此页面。" in said
    assert said.count('href="/"') == 2


def test_programs_get_json() -> None:
    for path, accept in (("/nowhere", "*/*"), ("/api/nowhere", PEOPLE)):
        answer = Client(headers={"host": "localhost"}).get(path, HTTP_ACCEPT=accept)
        assert answer.status_code == 404
        assert answer.json() == {"error": "not_found"}
