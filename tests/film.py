"""Film: the walk through the five tasks, as pictures that follow each other."""

from __future__ import annotations

from animation import Frame, animated
from walk import DESK, TASKS

from scenes import SMALL, press, settled

NAME = "walk"
"""What its picture is called."""
FIRST_SECONDS = 2.0


async def film() -> str:
    """Play the tasks on the demo store; return the SVG that shows them."""
    with DESK.app() as (app, _):
        async with app.run_test(size=SMALL, notifications=True) as pilot:
            await settled(app, pilot)
            frames = [Frame(app.export_screenshot(), "Refund Desk", FIRST_SECONDS)]
            for number, task in enumerate(TASKS, 1):
                for step in (task.find, *task.steps):
                    await step.walk(app, pilot)
                    told = f"{number}. {task.title} – {step.caption}"
                    picture = app.export_screenshot()
                    frames.append(Frame(picture, told, step.seconds))
                await press(app, pilot, task.after)
    return animated(frames)
