"""Every scene looks as its picture in screenshots/ does."""

from pathlib import Path

import pytest

from scenes import SCENES, Scene

PICTURES = Path(__file__).parents[2] / "screenshots"
HOW = "looks otherwise: run screenshots/take.py, then look at the picture"


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
async def test_scene_is_its_picture(scene: Scene) -> None:
    """The console shows what the picture shows, to the last cell."""
    picture = (PICTURES / f"{scene.name}.svg").read_text(encoding="utf-8")
    taken = await scene.picture()
    assert taken == picture, f"{scene.name} {HOW}"


def test_every_picture_has_its_scene() -> None:
    """No picture is left of a scene that is gone, and none is missing."""
    pictures = {path.stem for path in PICTURES.glob("*.svg")}
    assert pictures == {scene.name for scene in SCENES}
