"""Every scene looks as its picture in screenshots/ does."""

from pathlib import Path

import pytest
from film import NAME
from gallery import SCENES, SITTINGS

from scenes import Sitting

PICTURES = Path(__file__).parents[2] / "screenshots"
HOW = "otherwise than in screenshots/: run take.py there, then look at the pictures"


@pytest.mark.parametrize("sitting", SITTINGS, ids=[one.name for one in SITTINGS])
async def test_scene_is_its_picture(sitting: Sitting) -> None:
    """The console shows what the pictures show, to the last cell."""
    taken = await sitting.pictures()
    other = [
        name
        for name, picture in taken.items()
        if picture != (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    ]
    assert not other, f"these look {HOW}"


def test_every_picture_has_its_scene() -> None:
    """No picture is left of a scene that is gone, and none is missing or twice."""
    pictures = sorted(path.stem for path in PICTURES.glob("*.svg"))
    assert pictures == sorted((NAME, *(scene.name for scene in SCENES)))
