"""Every answer bears the headers that keep a browser in hand, whoever gave it: a view, a redirect, a refusal."""

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory

POLICY = {
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
}


def headers_of(answer):
    return (
        set(answer.headers["Content-Security-Policy"].split("; ")),
        answer.headers["X-Frame-Options"],
        answer.headers["X-Content-Type-Options"],
        answer.headers["Referrer-Policy"],
    )


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/akun/masuk/", "localhost", 200),
        ("/meja/", "localhost", 302),
        ("/akun/masuk", "localhost", 301),
        ("/tidak-ada/", "localhost", 404),
        ("/akun/keluar/", "localhost", 405),
        ("/akun/masuk/", "penyusup.example", 400),
    ],
)
def test_every_answer_bears_the_policy(db, path, host, status):
    answer = Client(headers={"host": host}).get(path)

    assert answer.status_code == status
    assert headers_of(answer) == (POLICY, "DENY", "nosniff", "same-origin")


def test_a_static_file_bears_the_policy_too(tmp_path, monkeypatch):
    (tmp_path / "tanda.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path)

    answer = WSGIHandler().get_response(RequestFactory().get("/static/tanda.svg"))

    assert answer.status_code == 200
    assert headers_of(answer) == (POLICY, "DENY", "nosniff", "same-origin")


def test_a_broken_page_bears_the_policy_and_shows_no_trace(client, db, monkeypatch):
    monkeypatch.setattr("sp2k.accounts.views.door.SignInForm", None)  # calling it breaks
    client.raise_request_exception = False

    answer = client.get("/akun/masuk/")

    assert answer.status_code == 500
    assert headers_of(answer) == (POLICY, "DENY", "nosniff", "same-origin")
    assert "Traceback" not in answer.content.decode()
