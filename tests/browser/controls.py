"""Uses what a notebook offers to a learner's hand: prediction forms, sliders, Play, and other buttons.

`use_all` returns the sentences that say what did not react. The sliders are moved with the keyboard, because
JupyterLab takes the arrow keys for itself unless a widget holds them back.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as NoReaction

from tests.browser.page import NotebookPage, wait_until

OUTPUT = ".jp-OutputArea-output"
OWN_OUTPUT = "xpath=ancestor::*[contains(@class, 'jp-OutputArea-output')][1]"
REACTION = 30_000  # milliseconds; a reaction takes some 50, but not on a busy machine
VALUE_HAS_CHANGED = "([slider, before]) => slider.value !== before"


def use_all(opened: NotebookPage) -> list[str]:
    """Uses every control in the outputs once; returns what did not react."""
    found: list[str] = []
    uses: dict[str, Callable[[NotebookPage, Locator], str]] = {
        f"{OUTPUT} .course-prediction": keep_prediction,
        f"{OUTPUT} input[type=range]": move_slider,
    }
    for selector, use in uses.items():
        found += [use(opened, one) for one in opened.page.locator(selector).all() if one.is_visible()]
    for button in opened.page.locator(OUTPUT).get_by_role("button").all():
        if button.is_visible() and button.is_enabled():
            found.append(press(opened, button))
    opened.settle()
    return [sentence for sentence in found if sentence]


def keep_prediction(opened: NotebookPage, form: Locator) -> str:
    """Answers 1, with the first degree of certainty, and expects to be told that it is kept."""
    form.get_by_role("textbox", name="Answer:").fill("1")
    form.get_by_role("radio").first.check()
    form.get_by_role("button").click()
    try:
        form.get_by_role("status").get_by_text("Kept").wait_for(timeout=REACTION)
    except NoReaction:
        return f"the prediction was not kept: {form.text_content()}"
    return ""


def move_slider(opened: NotebookPage, slider: Locator) -> str:
    """Presses Home and the right arrow, and expects one step; leaves the slider at its end."""
    if slider.get_attribute("min") == slider.get_attribute("max"):
        return ""
    slider.focus()
    slider.press("Home")
    before = slider.input_value()
    slider.press("ArrowRight")
    moved = slider.input_value() != before
    slider.press("End")
    return "" if moved else f"the right arrow does not move the slider {slider.get_attribute('aria-label') or ''}"


def press(opened: NotebookPage, button: Locator) -> str:
    """Presses the button; one named Play must move the slider beside it, from its start."""
    name = (button.get_attribute("aria-label") or button.text_content() or "").strip()
    slider = button.locator(OWN_OUTPUT).locator("input[type=range]")
    if not name.lower().startswith("play") or slider.count() == 0:
        button.click()
        return ""
    slider.first.press("Home")
    before = slider.first.input_value()
    button.click()
    try:
        handle = slider.first.element_handle()
        wait_until(opened.page, VALUE_HAS_CHANGED, REACTION / 1000, [handle, before])
    except NoReaction:
        return f"{name} does not move the slider"
    return ""
