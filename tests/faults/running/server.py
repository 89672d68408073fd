"""A server of a test's own: the real one, on a loopback port, with its own data folder; started, killed, started again.

It ends nothing that it did not start: its process leads a group of its own, and only that group is killed.
"""

import http.client
import os
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from sp2k.demo.commands import server_arguments
from tests.faults.running.prepare import EDITION_CODE, PASSWORD

CHECKOUT = Path(settings.SOURCE_DIR)
STARTS_WITHIN = 60  # this machine may be busy; the ten seconds of a restart are asserted where they matter
BROKEN_LINE = (OSError, http.client.HTTPException)
SP2K = [sys.executable, "-c", "from sp2k.config.cli import main; main()"]
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')
TEXTAREA = re.compile(r'<textarea name="([a-z_0-9A-Z]+)" hidden>\n(.*?)</textarea>', re.DOTALL)


def meddled_with(folder: Path) -> Path:
    """Return a folder that lets a server die or be slow on order: a `sitecustomize` of the test's own (`crashing.py`)."""
    folder.mkdir()
    shutil.copy(Path(__file__).with_name("crashing.py"), folder / "sitecustomize.py")
    return folder


class Server:
    """The server over one data folder."""

    def __init__(
        self, folder: Path, *, source: Path = CHECKOUT, processes: int = 1, threads: int = 4, startup: Path | None = None,
        **environment: str,
    ):  # fmt: skip
        self.folder, self.source, self.process = folder, source, None
        self.processes, self.threads = processes, threads
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        paths = [str(path) for path in (startup, source) if path]
        self.environment = {
            **os.environ, "SP2K_DATA_DIR": str(folder), "PORT": str(self.port), "SP2K_DEMONSTRATION": "1",
            "PYTHONPATH": os.pathsep.join(paths), "DJANGO_SETTINGS_MODULE": "sp2k.config.settings", **environment,
        }  # fmt: skip

    def start(self, *, by_command: bool = False, under: tuple[str, ...] = ()) -> float:
        """Start it and wait until it answers; return how many seconds that took. `by_command`: by `sp2k demo` itself."""
        proper = server_arguments(self.port, processes=self.processes, threads=self.threads)
        command = [*under, *([*SP2K, "demo"] if by_command else proper)]
        begun = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=self.source, env=self.environment, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=self.log.open("ab"),
        )  # fmt: skip
        while not self.answers():
            assert self.process.poll() is None, f"the server did not start: {self.said()[-2000:]}"
            assert time.monotonic() - begun < STARTS_WITHIN
            time.sleep(0.03)
        return time.monotonic() - begun

    def answers(self) -> bool:
        try:
            return Browser(self).get("/akun/masuk/", within=5).status == 200
        except BROKEN_LINE:
            return False

    def kill(self) -> None:
        """SIGKILL the whole server, in the midst of whatever it does."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait()
            self.process = None

    def kill_one(self, chance: random.Random) -> None:
        """SIGKILL one of its processes that answer requests; its own master starts another."""
        own = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if own:
            os.kill(int(chance.choice(own)), signal.SIGKILL)

    @property
    def log(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}-stderr.txt")

    def said(self) -> str:
        """Return what stands on its stderr."""
        return self.log.read_text("utf-8") if self.log.exists() else ""

    @property
    def database(self) -> Path:
        return self.folder / "sp2k.sqlite3"

    def rows(self, sql: str, *given) -> list[tuple]:
        """Return what stands in its database, read by another process."""
        connection = self.open()
        try:
            return connection.execute(sql, given).fetchall()
        finally:
            connection.close()

    def open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.database, timeout=20)

    def command(self, *words: str) -> subprocess.CompletedProcess:
        """Run `sp2k …` over its data folder."""
        return subprocess.run(
            [*SP2K, *words], cwd=self.source, env=self.environment, capture_output=True, text=True, timeout=120
        )

    def assert_intact(self) -> None:
        """Replay the journal and open what it seals, as the administrator does."""
        status = self.command("edition", "status", EDITION_CODE)
        assert status.returncode == 0, status.stdout + status.stderr
        assert "rantai utuh" in status.stdout


@dataclass
class Answer:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def words(self) -> str:
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.text)).split())

    @property
    def goes_to(self) -> str:
        return self.headers.get("Location", "")

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of its first form but one: what a page sends along, without the mark against forgery."""
        found = {name: unescape(value) for name, value in HIDDEN.findall(self.text) + TEXTAREA.findall(self.text)}
        return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


@dataclass
class Browser:
    """Somebody's browser: cookies, and nothing that tries again by itself."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    def enter(self, name: str, *, within: float = 30) -> Answer:
        self.get("/akun/masuk/")
        return self.post("/akun/masuk/", {"username": name, "password": PASSWORD}, within=within)

    def get(self, path: str, *, within: float = 30) -> Answer:
        return self._ask("GET", path, b"", {}, within)

    def post(self, path: str, fields: dict, *, files: dict | None = None, within: float = 60, **headers: str) -> Answer:
        body, kind = self.body(fields, files)
        return self._ask("POST", path, body, {"Content-Type": kind, **headers}, within)

    def body(self, fields: dict, files: dict | None = None) -> tuple[bytes, str]:
        """Return what is sent and its kind; the very same bytes may be sent twice."""
        fields = {"csrfmiddlewaretoken": self.cookies.get("csrf", ""), **fields}
        if not files:
            return urlencode(fields).encode(), "application/x-www-form-urlencoded"
        parts = [f'--sekat\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in fields.items()]  # fmt: skip
        for name, (called, content) in files.items():
            head = f'--sekat\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n'
            parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
        return b"".join(parts) + b"--sekat--\r\n", "multipart/form-data; boundary=sekat"

    def send(self, path: str, body: bytes, kind: str, *, within: float = 60) -> Answer:
        return self._ask("POST", path, body, {"Content-Type": kind}, within)

    def _ask(self, method, path, body, headers, within) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=within)
        carried = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            line.request(method, path, body, {"Cookie": carried, **headers} if carried else headers)
            answered = line.getresponse()
            answer = Answer(answered.status, answered.headers, answered.read())
        finally:
            line.close()
        for set_cookie in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(set_cookie).items():
                self.cookies[name] = morsel.value
        return answer
