"""A folder's files: found, ignored, or skipped with a reason; nothing followed out of it."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.contents import Content, read
from index.errors import FolderError, UnreadableSource
from index.sources import LARGEST, Found, Ignored, Skipped, check_folder, read_bytes, walk

A = "An article about the harbour."


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(A)


def found(folder: Path, **about: Path) -> list[str]:
    return [item.path for item in walk(folder, **about) if isinstance(item, Found)]


def skipped(folder: Path) -> dict[str, str]:
    return {item.path: item.reason for item in walk(folder) if isinstance(item, Skipped)}


@contextmanager
def as_a_user() -> Iterator[None]:
    """Root may read and write everything: then as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that any user may look into, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as made:
        os.chmod(made, 0o755)
        yield Path(made)


# What is found


def test_articles_are_found_in_the_order_of_their_names_by_path(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.md", "a/b/c.html", "a.HTM", "c.txt")
    assert found(tmp_path) == ["a/b/c.html", "a/z.md", "a.HTM", "b.txt", "c.txt"]


def test_other_kinds_are_ignored_and_names_with_a_dot_in_front_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.jpg", "c", ".hidden.txt", ".git/d.txt", "e.txt~")
    assert list(walk(tmp_path)) == [
        Found("a.txt", tmp_path / "a.txt"),
        Ignored("b.jpg"),
        Ignored("c"),
        Ignored("e.txt~"),
    ]


def test_a_store_inside_the_folder_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "store/b.txt", "other/store/c.txt")
    assert found(tmp_path, leave=tmp_path / "store") == ["a.txt", "other/store/c.txt"]


def test_a_name_with_a_newline_and_every_other_character_is_a_name(tmp_path: Path) -> None:
    names = ["\n.txt", " a .txt", "a\nb.txt", "a%20b?#*[x]'\";.txt", "é\u202eü😀.txt"]
    put(tmp_path, *names)
    assert found(tmp_path) == names


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS refuses to make such a name")
def test_a_name_that_is_not_utf8_is_skipped_by_name(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"d\xff/a.txt", b"\xe9.jpg"):
        file = os.path.join(os.fsencode(tmp_path), name)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        Path(os.fsdecode(file)).write_text(A)
    reason = "its name is not valid UTF-8; rename it"
    assert skipped(tmp_path) == {"caf\udce9.txt": reason, "d\udcff/a.txt": reason}


@pytest.mark.skipif(sys.platform == "darwin", reason="a path has at most 1,024 bytes there")
def test_folders_deeper_than_the_stack_are_walked(tmp_path: Path) -> None:
    deep = 1200
    handle = os.open(tmp_path, os.O_RDONLY)
    for _ in range(deep):
        os.mkdir("d", dir_fd=handle)
        handle = moved(handle, "d")
    os.close(os.open("a.txt", os.O_CREAT | os.O_WRONLY, dir_fd=handle))
    try:
        assert found(tmp_path) == ["d/" * deep + "a.txt"]
    finally:  # too deep for pytest to tidy up
        os.unlink("a.txt", dir_fd=handle)
        for _ in range(deep):
            handle = moved(handle, "..")
            os.rmdir("d", dir_fd=handle)
        os.close(handle)


def moved(handle: int, name: str) -> int:
    there = os.open(name, os.O_RDONLY, dir_fd=handle)
    os.close(handle)
    return there


# Links


def test_links_are_skipped_and_say_where_they_lead(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    put(outside, "secret.txt", "more/a.txt")
    put(folder, "a.txt", "b.jpg")
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "out").symlink_to(outside / "more")
    (folder / "in.txt").symlink_to("a.txt")
    (folder / "kind.jpg").symlink_to("b.jpg")
    assert found(folder) == ["a.txt"]
    assert skipped(folder) == {
        "in.txt": f"a symbolic link (to {folder / 'a.txt'}); links are not followed",
        "out": f"a symbolic link (to {outside / 'more'}); links are not followed",
        "out.txt": f"a symbolic link (to {outside / 'secret.txt'}); links are not followed",
    }


def test_links_in_a_circle_or_to_nothing_are_skipped(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "one.txt").symlink_to("two.txt")
    (tmp_path / "two.txt").symlink_to("one.txt")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to("nowhere")
    circle = "a symbolic link that leads in a circle"
    assert skipped(tmp_path) == {
        "gone.txt": "a symbolic link that leads to nothing",
        "one.txt": circle,
        "self": circle,
        "two.txt": circle,
        "up": f"a symbolic link (to {tmp_path}); links are not followed",
    }
    assert found(tmp_path) == ["a.txt"]


def test_a_file_that_became_a_link_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    (item, _) = (i for i in walk(tmp_path) if isinstance(i, Found))
    item.file.unlink()
    item.file.symlink_to("b.txt")
    with pytest.raises(UnreadableSource, match="symbolic links"):
        read_bytes(item)


# What is no file


def test_a_fifo_or_socket_named_like_an_article_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "fifo.txt")
    monkeypatch.chdir(tmp_path)  # a socket's path has at most 104 characters
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.md")
        assert skipped(tmp_path) == {
            "fifo.txt": "not a regular file",
            "socket.md": "not a regular file",
        }


def test_a_file_that_became_a_fifo_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(UnreadableSource, match="not a regular file"):
        read_bytes(Found("a.txt", tmp_path / "a.txt"))


def test_a_folder_named_like_an_article_is_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "a.txt/b.txt")
    assert found(tmp_path) == ["a.txt/b.txt"]


def test_what_may_not_be_read_is_named_with_the_reason(common: Path) -> None:
    put(common, "a.txt", "b.txt", "shut/c.txt")
    (common / "b.txt").chmod(0)
    (common / "shut").chmod(0)
    with as_a_user():
        items = list(walk(common))
        assert Skipped("shut", "cannot list the folder: permission denied") in items
        assert read_bytes(Found("a.txt", common / "a.txt")) == A.encode()
        with pytest.raises(UnreadableSource, match=r"^permission denied$"):
            read_bytes(Found("b.txt", common / "b.txt"))
    (common / "shut").chmod(0o755)


def test_a_file_that_vanished_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match=r"^no such file or directory$"):
        read_bytes(Found("a.txt", tmp_path / "a.txt"))


def test_a_file_too_large_is_refused_without_reading_it(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as made:
        made.truncate(LARGEST + 1)
    with pytest.raises(UnreadableSource, match=r"^50,000,001 bytes; at most 50,000,000 are read$"):
        read_bytes(Found("a.txt", tmp_path / "a.txt"))


# A source


def test_a_source_has_the_text_and_the_hash_of_the_bytes() -> None:
    data = "\ufeffEins\r\nzwei".encode()
    source = read(Content("d/a.md", data))
    assert (source.path, source.media_type, source.encoding) == ("d/a.md", "text/markdown", "utf-8")
    assert source.text == "Eins\nzwei"
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r\n", "there is no text in it"),
        (b"\xef\xbb\xbf", "there is no text in it"),
        (b"\x89PNG\r\n\x1a\n", "not text: it is a picture"),
    ],
)
def test_a_file_without_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=f"^{reason}$"):
        read(Content("a.txt", data))


# The folder itself


def test_the_folder_is_known_by_its_resolved_path(tmp_path: Path) -> None:
    put(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    assert check_folder(tmp_path / "link" / ".." / "link") == (tmp_path / "real").resolve()


def test_a_folder_that_cannot_be_one_is_refused_by_name(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "self").symlink_to("self")
    for name, reason in (
        ("none", "there is no folder"),
        ("a.txt", "is a file; name the folder"),
        ("a.txt/b", "cannot read the folder|there is no folder"),
        ("self", "cannot read the folder"),
        ("x" * 300, "cannot read the folder .*[Ff]ile name too long"),
    ):
        with pytest.raises(FolderError, match=reason):
            check_folder(tmp_path / name)


def test_a_folder_that_may_not_be_listed_is_refused(common: Path) -> None:
    (common / "shut").mkdir(mode=0)
    with as_a_user(), pytest.raises(FolderError, match=r"shut: Permission denied$"):
        check_folder(common / "shut")


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS refuses to make such a name")
def test_a_folder_whose_name_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), b"caf\xe9")))
    folder.mkdir()
    with pytest.raises(FolderError, match="is not valid UTF-8; rename it"):
        check_folder(folder)
