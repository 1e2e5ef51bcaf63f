"""A document as an office scanner gives it back: pictures of its pages, slightly turned, grey, with grain."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFilter


def scan(content: bytes, dice: random.Random, path: Path) -> None:
    """Write a PDF of pictures of a PDF's pages; resolution, ink, paper, grain, angle and compression are drawn."""
    resolution = dice.choice([150, 200, 200, 300])
    ink, paper, grain = dice.choice([0, 30, 60]), dice.choice([255, 248, 235]), dice.choice([0, 4, 10])
    angle, blur, quality = dice.uniform(-1.2, 1.2), dice.choice([0, 0.4, 0.8]), dice.choice([50, 70, 85])
    specks = np.random.default_rng(dice.randrange(1 << 32))
    document = pypdfium2.PdfDocument(content)
    pictures = []
    for page in document:
        picture = page.render(scale=resolution / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        inked = ink + np.asarray(picture, dtype=np.float32) / 255 * (paper - ink)
        blurred = _picture(inked).filter(ImageFilter.GaussianBlur(blur))
        grained = np.asarray(blurred, dtype=np.float32) + specks.normal(
            0, grain, (blurred.height, blurred.width)
        )
        buffer = io.BytesIO()
        _picture(grained).save(buffer, "JPEG", quality=quality)
        pictures.append(Image.open(buffer))
    pictures[0].save(
        path, "PDF", save_all=True, append_images=pictures[1:], resolution=resolution, quality=quality
    )
    document.close()


def _picture(grey: NDArray[np.floating[Any]]) -> Image.Image:
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))
