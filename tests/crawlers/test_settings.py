"""Source declarations: the examples hold, and every mistake is named in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

import crawlers
from crawlers.settings import Family, Source, SourceError, load_source, load_sources

EXAMPLES = Path(crawlers.__file__).with_name("examples")


def written(tmp_path: Path, text: str, name: str = "a.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


GOOD = "id: a\ntitle: 甲\nstart_pages: [http://h.example/]\n"


def test_examples_cover_every_family() -> None:
    sources = load_sources(EXAMPLES)
    assert {source.family for source in sources} == set(Family)
    assert len({source.id for source in sources}) == len(sources)


def test_defaults_are_polite(tmp_path: Path) -> None:
    source = load_source(written(tmp_path, GOOD))
    assert source.politeness.delay_seconds >= 1
    assert source.politeness.concurrency == 1
    assert source.politeness.respect_robots
    assert source.verify_tls
    assert source.proxy is None
    assert "Mingzhang" in source.politeness.user_agent


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "整个文件"),
        ("id: a\n", "title：缺少这一项"),
        (GOOD + "strat_pages: []\n", "strat_pages：没有这个配置项"),
        (
            GOOD.replace("http://h.example/", "h.example/list"),
            "start_pages.0：要写完整的 http:// 或 https:// 地址",
        ),
        (GOOD.replace("http://h.example/", "file:///etc/passwd"), "http:// 或 https://"),
        (GOOD.replace("id: a", "id: ../a"), "id：写法不合规定"),
        (GOOD + "family: staitc\n", "family：不在可选值之内"),
        (GOOD + "politeness: {delay_seconds: -1}\n", "politeness.delay_seconds：数值太小"),
        (GOOD + "politeness: {concurrency: 99}\n", "politeness.concurrency：数值太大"),
        (GOOD + "years: [二〇二四]\n", "years.0：应为整数"),
        (GOOD + "kinds: [final]\n", "kinds.0：写法不合规定"),
        (GOOD + "verify_tls: maybe\n", "verify_tls：应为 true 或 false"),
        ("id: a\ntitle: 甲\n", "static 类来源要写 start_pages"),
        (GOOD + "family: json\n", "json 类来源要写 interface"),
        (GOOD + "limits: 5\n", "limits：应为一组配置项"),
        ("id: [a\n", "不是合法的 UTF-8 YAML"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_source(written(tmp_path, text))
    assert words in str(caught.value)
    assert "a.yaml" in str(caught.value)


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        load_source(written(tmp_path, "id: a\nstart_pages: [x]\nyears: [1]\n"))
    assert str(caught.value).count("；") == 2


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="读不到来源文件"):
        load_sources(tmp_path / "none.yaml")


def test_folder_of_sources(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace("id: a", "id: z"), "1.yaml")
    written(tmp_path, GOOD, "2.yml")
    written(tmp_path, "not a source", "README.md")
    assert [source.id for source in load_sources(tmp_path)] == ["z", "a"]


def test_twins_and_empty_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="没有来源文件"):
        load_sources(tmp_path)
    written(tmp_path, GOOD, "1.yaml")
    written(tmp_path, GOOD, "2.yaml")
    with pytest.raises(SourceError, match="来源编号 a 重复"):
        load_sources(tmp_path)


@pytest.mark.parametrize(
    ("start", "url", "allowed"),
    [
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/x", True),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8001/x", False),
        ("http://[::1]:8000/", "http://[::1]:8000/x", True),
        ("http://localhost:8000/", "http://localhost:8000/x", True),
        ("http://h.example/", "http://127.0.0.1/x", False),
        ("http://h.example/", "http://h.example/x", False),
    ],
)
def test_inner_addresses_only_where_the_declaration_names_them(start: str, url: str, allowed: bool) -> None:
    source = Source.model_validate({"id": "a", "title": "甲", "start_pages": [start]})
    assert source.allows_private(url) is allowed
