"""Pictures in few greys: Pillow reads back what was written, and every grey stays the nearest of the few."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reports.grey_png import encode_png, few_greys


@given(
    st.integers(1, 37),
    st.sampled_from([1, 2, 119, 120, 121, 250]),
    st.sampled_from([2, 4]),
    st.integers(0, 99),
)
def test_pillow_reads_the_same_greys(width: int, height: int, bits: int, seed: int) -> None:
    grey = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    content = encode_png(grey, bits, {"page-size": "595.32 841.92"})
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        assert picture.info["page-size"] == "595.32 841.92"
        assert (np.asarray(picture) == few_greys(grey, bits)).all()
        most = (1 << bits) - 1
        shown = np.asarray(picture.convert("L")).astype(int)
    assert (shown == few_greys(grey, bits).astype(int) * 255 // most).all()
    assert np.abs(shown - grey.astype(int)).max() <= 255 // most // 2 + 2
    assert encode_png(grey, bits, {"page-size": "595.32 841.92"}) == content


@pytest.mark.parametrize("bits", [2, 4])
def test_black_and_white_stay_what_they_are(bits: int) -> None:
    tones = few_greys(np.array([[0, 255]], dtype=np.uint8), bits)
    assert tones.tolist() == [[0, (1 << bits) - 1]]
