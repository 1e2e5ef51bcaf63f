"""Make ``finding_page.png`` from the demonstration's site: one finding with its evidence, in headless Chromium.

Run ``make demo``, then ``python docs/images/finding_page.py``. Needs the development extra, a Chromium (on the path, or
named by ``MINGZHANG_CHROMIUM``) and a Chinese font that it finds.
"""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize, sync_playwright

#: The sample district is generated from one seed, so this finding is always there: a total with swapped digits.
FINDING = "f_54aef7000c61bfe1"
SITE = Path("data/demo/reports/site")
TARGET = Path(__file__).with_suffix(".png")
SIZE, COLOURS = ViewportSize(width=1080, height=1000), 96


def main() -> None:
    """Write the picture beside this file, in few colours so that it stays small."""
    chromium = os.environ.get("MINGZHANG_CHROMIUM") or shutil.which("chromium")
    page_file = (SITE / "findings" / f"{FINDING}.html").resolve(strict=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE)
        page.goto(page_file.as_uri())
        page.wait_for_load_state("load")
        picture = page.screenshot()
        browser.close()
    few = (
        Image.open(io.BytesIO(picture))
        .convert("RGB")
        .quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    few.save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
