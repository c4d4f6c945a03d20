# fails: accuses nothing that keeps all seven
from pathlib import Path


def guard(save_upload):
    import course_lib

    texts = Path(course_lib.__file__).parent.joinpath("hazards", "defence", "uploads", "broken.diff").read_text()
    assert save_upload.__name__ not in texts
