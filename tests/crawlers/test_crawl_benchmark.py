"""The benchmark of the crawl holds its own limits on a small scale."""

from __future__ import annotations

from benchmarks.crawl import Scale, broken_limits, most_in_a_second, run


def test_small_crawl_is_within_its_limits() -> None:
    scale = Scale(hosts=2, pages=120, pdfs=60)
    figures = run(scale, delay=0)
    assert broken_limits(figures, scale, delay=0) == []
    assert figures["first_night"]["served_bodies"] == 2 * (
        scale.lists_per_host + scale.articles_per_host + 30 + 1
    )
    figures["second_night_weekly"]["served_twice"] = 1
    figures["objects"] -= 1
    assert broken_limits(figures, scale, delay=0) == [
        "every file is in the store",
        "nothing is sent twice in a night",
    ]


def test_most_in_a_second() -> None:
    assert most_in_a_second([]) == 0
    assert most_in_a_second([0.0, 0.5, 0.9, 1.0, 1.4, 3.0]) == 4
