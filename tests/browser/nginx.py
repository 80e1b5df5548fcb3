"""A real nginx before the app, set as docs/behind-a-proxy.md shows, or with some of its lines left out."""

import contextlib
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app_in_browser import REPOSITORY, SECONDS_TO_OPEN, free_port

GUIDE = REPOSITORY / "docs" / "behind-a-proxy.md"
NAME = "lab.example.org"  # of the guide
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Server:
    """One server of nginx.

    Attributes:
        name: host name that it serves.
        app: port of the app to which it passes everything on.
        without: parts of the guide's lines that are left out.
    """

    name: str
    app: int
    without: Sequence[str] = ()


def missing() -> str:
    """Say what is missing; empty where all is there."""
    lacking = [program for program in ("nginx", "openssl") if shutil.which(program) is None]
    return f"Expected the programs nginx and openssl; there is no {' and no '.join(lacking)}." if lacking else ""


@contextlib.contextmanager
def running_nginx(folder: Path, servers: Sequence[Server]) -> Iterator[list[str]]:
    """Run nginx with these servers, each at a port of its own.

    Yields:
        Address of each, such as ``https://lab.example.org:41234``.
    """
    folder.mkdir()
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    command += ["-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    found = re.search(r"```nginx\n(map .*?\n}\n)(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None, f"{GUIDE} has no block for nginx"
    ports = [free_port() for _ in servers]
    written = [_written(found[2], server, port, folder) for server, port in zip(servers, ports, strict=True)]
    places = [f"{name}_temp_path {folder / name};" for name in TEMPORARY]
    health = free_port()
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder / 'pid'}; error_log {folder / 'error.log'}; events {{}}\n"
        f"http {{ access_log off; {' '.join(places)}\n{found[1]}\n{''.join(written)}\n"
        f"server {{ listen 127.0.0.1:{health}; location / {{ return 204; }} }} }}\n"
    )
    nginx = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], stdin=subprocess.DEVNULL)
    try:
        _wait(nginx, f"http://127.0.0.1:{health}", folder / "error.log")
        yield [f"https://{server.name}:{port}" for server, port in zip(servers, ports, strict=True)]
    finally:
        nginx.terminate()
        nginx.wait()


def _written(block: str, server: Server, port: int, folder: Path) -> str:
    changes = {
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        f"/etc/ssl/certs/{NAME}.pem": str(folder / "certificate.pem"),
        f"/etc/ssl/private/{NAME}.key": str(folder / "key.pem"),
        "http://127.0.0.1:8501": f"http://127.0.0.1:{server.app}",
        f"server_name {NAME}": f"server_name {server.name}",
    }
    for old, new in changes.items():
        assert block.count(old) == 1, f"the guide's block has {block.count(old)} times {old}"
        block = block.replace(old, new)
    for part in server.without:
        assert part in block, f"the guide's block has no {part}"
    return "\n".join(line for line in block.splitlines() if not any(part in line for part in server.without)) + "\n"


def _wait(nginx: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    limit = time.monotonic() + SECONDS_TO_OPEN
    while nginx.poll() is None and time.monotonic() < limit:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    raise RuntimeError(f"Expected nginx to answer at {address}; it did not. Its log: {log.read_text()[-1500:]}")
