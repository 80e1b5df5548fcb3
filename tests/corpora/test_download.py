"""Downloads from a real server on this machine: with ranges, without, broken off, wrong, refused, unreachable."""

import hashlib
import http.server
import io
import re
import shutil
import socket
import stat
import threading
import zipfile
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from ser_core.corpora import download
from ser_core.corpora.download import CHECKING, FETCHING, Archive, download_corpus, fetch
from ser_core.corpora.unpack import unpack_zip
from ser_core.errors import ConfigError, DownloadError, StorageError
from ser_core.jobs import Progress

NAME = "Audio_Speech_Actors_01-24.zip"


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


CONTENT = zipped({f"Actor_01/03-01-01-01-01-0{number}-01.wav": bytes(range(256)) * 400 for number in (1, 2)})


class Server(http.server.ThreadingHTTPServer):
    """Serves ``CONTENT``; ``ranges``, ``break_after`` and ``status`` change how."""

    daemon_threads = True
    ranges = True
    break_after: list[int] = []  # noqa: RUF012 - replaced by tests, never changed in place
    status = 200
    location = ""
    length = ""
    content = CONTENT
    asked: list[str | None]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{NAME}?download=1"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.asked.append(asked)
        content = self.server.content
        if self.server.location:
            self.send_response(302)
            self.send_header("Location", self.server.location)
            self.end_headers()
            return
        if self.server.status != 200:
            self.send_error(self.server.status)
            return
        start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]) if asked and self.server.ranges else 0
        if start >= len(content):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(content)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206 if asked and self.server.ranges else 200)
        if asked and self.server.ranges:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", self.server.length or str(len(content) - start))
        self.end_headers()
        stop = self.server.break_after.pop(0) if self.server.break_after else len(content)
        self.wfile.write(content[start : start + stop])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        running.asked = []
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def archive(server: Server) -> Archive:
    return Archive(server.url, NAME, hashlib.md5(CONTENT).hexdigest(), 10_000_000, "https://zenodo.org/x", "some terms")


def test_a_file_arrives_whole_with_progress(archive, tmp_path):
    seen: list[Progress] = []
    file = fetch(archive, tmp_path, progress=seen.append)
    assert file.read_bytes() == CONTENT
    last = [progress for progress in seen if progress.words == FETCHING][-1]
    assert (last.done, last.total, last.seconds_left) == (len(CONTENT), len(CONTENT), 0)
    assert seen[-1].words == CHECKING
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_partial_file_is_continued_from_where_it_ends(archive, server, tmp_path):
    (tmp_path / f"{NAME}.part").write_bytes(CONTENT[:1000])
    assert fetch(archive, tmp_path).read_bytes() == CONTENT
    assert server.asked == ["bytes=1000-"]


def test_a_server_without_ranges_is_asked_once_and_begins_anew(archive, server, tmp_path):
    server.ranges = False
    (tmp_path / f"{NAME}.part").write_bytes(b"x" * 1000)
    assert fetch(archive, tmp_path).read_bytes() == CONTENT
    assert len(server.asked) == 1


def test_a_server_that_dies_midway_is_asked_again_for_the_rest(archive, server, tmp_path):
    server.break_after = [5000, 7000]
    assert fetch(archive, tmp_path, pause=0).read_bytes() == CONTENT
    assert server.asked == [None, "bytes=5000-", "bytes=12000-"]


def test_a_server_that_keeps_dying_leaves_the_part_for_the_next_call(archive, server, tmp_path):
    server.break_after = [5000, 0, 0]
    with pytest.raises(DownloadError, match=r"after 5000 of \d+ bytes\. 0\.0 MB are kept.*goes on from there"):
        fetch(archive, tmp_path, pause=0, attempts=2)
    assert (tmp_path / f"{NAME}.part").read_bytes() == CONTENT[:5000]
    server.break_after = []
    assert fetch(archive, tmp_path).read_bytes() == CONTENT


def test_a_part_that_is_already_whole_is_taken(archive, tmp_path):
    (tmp_path / f"{NAME}.part").write_bytes(CONTENT)
    assert fetch(archive, tmp_path).read_bytes() == CONTENT


def test_a_part_that_is_longer_than_the_file_is_fetched_anew(archive, tmp_path):
    (tmp_path / f"{NAME}.part").write_bytes(CONTENT + b"more")
    assert fetch(archive, tmp_path, pause=0).read_bytes() == CONTENT


def test_a_wrong_checksum_is_refused_and_not_kept(archive, server, tmp_path):
    server.content = zipped({"Actor_01/other.wav": b"other"})
    with pytest.raises(DownloadError, match=rf"with MD5 {archive.md5}; got \w+ .*It was deleted; download again"):
        fetch(archive, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [404, 403])
def test_a_refusal_is_told_at_once(archive, server, tmp_path, status):
    server.status = status
    with pytest.raises(DownloadError, match=rf"answered {status}.*by hand from https://zenodo\.org/x"):
        fetch(archive, tmp_path)
    assert len(server.asked) == 1


def test_a_busy_server_is_asked_again(archive, server, tmp_path):
    server.status = 503
    with pytest.raises(DownloadError, match="answered 503"):
        fetch(archive, tmp_path, pause=0)
    assert len(server.asked) == 3


def test_no_network_is_told_with_what_to_do(archive, tmp_path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with pytest.raises(DownloadError, match=r"connection failed.*Nothing was fetched\. Check the network"):
            fetch(archive, tmp_path, url=url, pause=0)


def test_an_address_that_is_no_web_address_is_refused(archive, tmp_path):
    with pytest.raises(DownloadError, match="begins with https"):
        fetch(archive, tmp_path, url="file:///etc/passwd")


@pytest.mark.parametrize("url", ["http://[::1", f"http://{'h' * 300}/", "http://127.0.0.1:1/ü", "http://pc:port/"])
def test_an_address_that_none_can_be_is_told_so_at_once_whether_given_or_led_to(archive, server, tmp_path, url):
    with pytest.raises(DownloadError, match=r"leads on to, cannot be used .*by hand from https://zenodo\.org/x"):
        fetch(archive, tmp_path, url=url)
    server.location = url.replace("ü", "%C3%BC\x01")
    with pytest.raises(DownloadError, match=r"cannot be used|connection failed|answered 302"):
        fetch(archive, tmp_path, pause=0)


@pytest.mark.parametrize("length", ["²", "-5", "1" * 5000, "many"])
def test_a_length_that_is_no_number_is_no_length(archive, server, tmp_path, length):
    server.length = length
    assert fetch(archive, tmp_path, pause=0).read_bytes() == CONTENT


def test_too_little_space_is_told_before_anything_is_written(archive, tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 90, 10))
    with pytest.raises(StorageError, match=r"MB of free space.*SER_WORKSPACE"):
        fetch(archive, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def offered(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setattr(download, "DOWNLOADS", {"ravdess": archive})
    return archive


def test_a_corpus_is_unpacked_into_the_workspace_and_the_archive_removed(offered, workspace, server):
    folder = download_corpus("ravdess", accept_licence=True)
    assert folder == workspace / "downloads" / "ravdess"
    assert len(list(folder.glob("Actor_01/*.wav"))) == 2
    assert [path.name for path in folder.parent.iterdir() if not path.name.startswith(".")] == ["ravdess"]
    download_corpus("ravdess", accept_licence=True)
    assert len(server.asked) == 1


def test_without_acceptance_nothing_is_asked(offered, workspace, server):
    with pytest.raises(DownloadError, match=r"some terms.*--accept-licence"):
        download_corpus("ravdess", accept_licence=False)
    assert server.asked == []
    assert not workspace.exists()


def test_a_corpus_that_is_not_offered_is_refused():
    with pytest.raises(ConfigError, match="corpus to download among ravdess; got 'emodb'"):
        download_corpus("emodb", accept_licence=True)


def test_the_published_file_is_the_one_that_is_asked_for():
    published = download.DOWNLOADS["ravdess"]
    assert published.url.startswith("https://zenodo.org/records/1188976/files/Audio_Speech_Actors_01-24.zip")
    assert published.md5 == "bc696df654c87fed845eb13823edef8a"


def test_a_second_download_at_the_same_time_is_refused(offered, tmp_path, server):
    def second(_: Progress) -> None:
        with pytest.raises(DownloadError, match="one is running in another window"):
            download_corpus("ravdess", accept_licence=True, directory=tmp_path)

    assert download_corpus("ravdess", accept_licence=True, directory=tmp_path, progress=second).is_dir()
    assert len(server.asked) == 1


def test_a_visitor_who_stops_keeps_what_was_fetched(offered, tmp_path):
    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        download_corpus("ravdess", accept_licence=True, directory=tmp_path, progress=stop)
    assert (tmp_path / f"{NAME}.part").stat().st_size > 0
    assert not (tmp_path / "ravdess").exists()
    assert download_corpus("ravdess", accept_licence=True, directory=tmp_path).is_dir()


def link(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.parametrize(
    "name", ["../out.wav", "a/../../out.wav", "/out.wav", "..\\out.wav", "C:\\out.wav", "C:out.wav", link("link")]
)
def test_an_archive_that_reaches_out_of_its_folder_is_refused_whole(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("good.wav", b"good")
        archive.writestr(name, b"/etc/passwd")
    (tmp_path / "inside").mkdir()
    with pytest.raises(DownloadError, match="Nothing was unpacked"):
        unpack_zip(tmp_path / "bad.zip", tmp_path / "inside" / "corpus", most_bytes=1000)
    assert list((tmp_path / "inside").iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.zip", "inside"]


def test_an_archive_that_is_too_large_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(1_000_000))
    with pytest.raises(DownloadError, match="at most 1000 bytes unpacked"):
        unpack_zip(tmp_path / "bomb.zip", tmp_path / "corpus", most_bytes=1000)


def test_a_size_that_lies_is_noticed_while_unpacking(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(100_000))
    data = (tmp_path / "bomb.zip").read_bytes()
    (tmp_path / "bomb.zip").write_bytes(data.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(DownloadError):
        unpack_zip(tmp_path / "bomb.zip", tmp_path / "corpus", most_bytes=1000)
    assert [path.name for path in tmp_path.iterdir()] == ["bomb.zip"]


@pytest.mark.parametrize("damage", ["cut", "changed", "text"])
def test_a_damaged_archive_leaves_nothing_behind(tmp_path, damage):
    content = bytearray(CONTENT)
    content[5000] ^= 255
    broken = {"cut": CONTENT[:50_000], "changed": bytes(content), "text": b"<html>Not found</html>"}[damage]
    (tmp_path / "a.zip").write_bytes(broken)
    with pytest.raises(DownloadError, match=r"complete ZIP archive in a\.zip.*download it again"):
        unpack_zip(tmp_path / "a.zip", tmp_path / "corpus", most_bytes=1_000_000)
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_in_packed_data_is_no_full_disk(tmp_path, method, random):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr("a.wav", random.bytes(50_000))
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[100:300] = bytes(byte ^ 255 for byte in content[100:300])
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(DownloadError, match=r"complete ZIP archive in a\.zip.*a\.wav.*download it again"):
        unpack_zip(tmp_path / "a.zip", tmp_path / "corpus", most_bytes=1_000_000)
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "Expected files in a.zip; got none"),
        ({"empty folder/": b""}, "Expected files in a.zip; got none"),
        ({"f/" * 1500 + "a.wav": b"1"}, "names that can be written"),
        ({"n" * 300 + ".wav": b"1"}, "names that can be written"),
    ],
)
def test_an_archive_without_files_or_with_names_that_no_disk_takes_is_refused(tmp_path, files, message):
    (tmp_path / "a.zip").write_bytes(zipped(files))
    with pytest.raises(DownloadError, match=f"{message}.*Nothing was unpacked"):
        unpack_zip(tmp_path / "a.zip", tmp_path / "corpus", most_bytes=1_000_000)
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_two_files_of_one_name_and_a_password_are_refused(tmp_path):
    (tmp_path / "twice.zip").write_bytes(zipped({"a.wav": b"1", "A.wav": b"2"}))
    with pytest.raises(DownloadError, match="one name twice"):
        unpack_zip(tmp_path / "twice.zip", tmp_path / "corpus", most_bytes=1000)
    data = bytearray(zipped({"a.wav": b"1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    with pytest.raises(DownloadError, match="without a password"):
        unpack_zip(tmp_path / "locked.zip", tmp_path / "corpus", most_bytes=1000)


def test_unpacking_never_touches_a_folder_that_is_there(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(CONTENT)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "mine.txt").write_text("mine")
    with pytest.raises(StorageError):
        unpack_zip(tmp_path / "a.zip", tmp_path / "corpus", most_bytes=1_000_000)
    assert [path.name for path in (tmp_path / "corpus").iterdir()] == ["mine.txt"]
