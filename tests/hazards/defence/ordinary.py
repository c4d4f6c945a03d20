"""An ordinary test for each clause of the seven promises: what a colleague would write for it, at ordinary values.

A picture of some hundred kilobytes, a name as people give them, a disk that fails once. Each test raises AssertionError
where its clause is broken. The uploads that wait for one another are given as much time as they need.
"""

from __future__ import annotations

import gc
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hazards.defence.promises import AMPLE, PIECE, SIGNATURE, Save, Stream, descriptors, png, raising, state

NAME, LIMIT = "photo.png", 100_000
Try = Callable[[Save, Path], None]


def is_stored(save: Save, stream: Any, folder: Path, name: str = NAME, limit: int = AMPLE) -> Path:
    """The path of an upload that is to be stored, and is."""
    try:
        path = save(stream, name, folder, limit)
    except Exception as error:
        raise AssertionError(f"{name!r} was not stored: {error!r}") from error
    assert path.is_file() and folder in path.parents
    return path


def is_refused(save: Save, stream: Stream, folder: Path, name: str = NAME, limit: int = AMPLE) -> None:
    """An upload that is to be refused with ValueError, whatever it leaves."""
    try:
        path = save(stream, name, folder, limit)
    except ValueError:
        return
    except Exception as error:
        raise AssertionError(f"{name!r} was refused with {error!r}") from error
    raise AssertionError(f"{name!r} was not refused but stored at {path}")


def leaves_nothing(save: Save, stream: Stream, folder: Path, name: str = NAME, limit: int = AMPLE) -> None:
    """An upload that is not stored: the folder is as it was."""
    before = state(folder)
    try:
        save(stream, name, folder, limit)
    except BaseException:
        assert state(folder) == before
    else:
        raise AssertionError("it was stored")


# whole


def small_pieces_are_put_together(save: Save, folder: Path) -> None:
    assert is_stored(save, Stream(png(5_000), most=1_000), folder).read_bytes() == png(5_000)


def single_bytes_are_put_together(save: Save, folder: Path) -> None:
    assert is_stored(save, Stream(png(500), most=1), folder).read_bytes() == png(500)


def a_picture_comes_back_as_it_was(save: Save, folder: Path) -> None:
    for size in (2_000, 300_000):
        assert is_stored(save, Stream(png(size)), folder, f"{size}.png").read_bytes() == png(size)


def line_ends_within_it_stay(save: Save, folder: Path) -> None:
    data = png(1_000) + b"a comment\r\nof two lines\r\n"
    assert is_stored(save, Stream(data), folder).read_bytes() == data


def the_stream_stays_open(save: Save, folder: Path) -> None:
    stream = Stream(png(2_000))
    is_stored(save, stream, folder)
    assert "close" not in stream.others


def nothing_but_read_is_called(save: Save, folder: Path) -> None:
    stream = Stream(png(2_000))
    is_stored(save, stream, folder)
    assert set(stream.others) <= {"close"}  # the clause of another test


# large


def four_megabytes_pass_through_little_memory(save: Save, folder: Path) -> None:
    stream = Stream(png(4 << 20))
    tracemalloc.start()
    try:
        is_stored(save, stream, folder)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 8 * PIECE


def no_read_asks_for_more_than_64_kib(save: Save, folder: Path) -> None:
    stream = Stream(png(1 << 20))
    is_stored(save, stream, folder, limit=2 << 20)
    assert max(stream.asked) <= PIECE


# limit


def what_is_too_large_is_refused(save: Save, folder: Path) -> None:
    is_refused(save, Stream(png(2 * LIMIT)), folder, limit=LIMIT)


def a_byte_more_is_refused(save: Save, folder: Path) -> None:
    is_refused(save, Stream(png(LIMIT + 1)), folder, limit=LIMIT)


def exactly_the_limit_is_stored(save: Save, folder: Path) -> None:
    is_stored(save, Stream(png(LIMIT)), folder, limit=LIMIT)


def what_is_far_too_large_is_not_read_to_its_end(save: Save, folder: Path) -> None:
    stream = Stream(png(1 << 20))
    is_refused(save, stream, folder, limit=LIMIT)
    assert stream.taken <= LIMIT + PIECE


def what_is_too_large_leaves_nothing(save: Save, folder: Path) -> None:
    leaves_nothing(save, Stream(png(2 * LIMIT)), folder, limit=LIMIT)


# format


def another_picture_is_refused(save: Save, folder: Path) -> None:
    is_refused(save, Stream(b"GIF89a" + bytes(2_000)), folder)


def half_a_signature_is_refused(save: Save, folder: Path) -> None:
    is_refused(save, Stream(SIGNATURE[:5]), folder)


def a_damaged_signature_is_refused(save: Save, folder: Path) -> None:
    """As a transfer in text mode leaves it: its line ends are other ones."""
    is_refused(save, Stream(SIGNATURE.replace(b"\r\n", b"\n") + bytes(2_000)), folder)


def another_picture_leaves_nothing(save: Save, folder: Path) -> None:
    leaves_nothing(save, Stream(b"GIF89a" + bytes(2_000)), folder)


# name


def kept_or_refused(save: Save, folder: Path, name: str) -> None:
    """Stored within the folder, or refused with ValueError; nothing is written beside the folder."""
    before = set(folder.parent.rglob("*")) - set(folder.rglob("*"))
    try:
        path = save(Stream(png(2_000)), name, folder, AMPLE)
    except ValueError:
        pass
    except Exception as error:
        raise AssertionError(f"{name!r} ended in {error!r}") from error
    else:
        assert folder in path.resolve().parents
    assert set(folder.parent.rglob("*")) - set(folder.rglob("*")) == before


def a_name_that_climbs(save: Save, folder: Path) -> None:
    kept_or_refused(save, folder, "../x.png")


def an_absolute_name(save: Save, folder: Path) -> None:
    kept_or_refused(save, folder, str(folder.parent / "x.png"))


def a_name_of_300_letters(save: Save, folder: Path) -> None:
    kept_or_refused(save, folder, "a" * 300)


def a_name_in_a_folder_that_is_not_there(save: Save, folder: Path) -> None:
    kept_or_refused(save, folder, "holiday/beach.png")


def a_refused_name_leaves_nothing(save: Save, folder: Path) -> None:
    before = state(folder)
    try:
        save(Stream(png(2_000)), "../x.png", folder, AMPLE)
    except ValueError:
        assert state(folder) == before
    except Exception as error:
        raise AssertionError(f"it ended in {error!r}") from error


def a_name_as_a_camera_gives_it(save: Save, folder: Path) -> None:
    is_stored(save, Stream(png(2_000)), folder, "DSC_0042-edited.png")


# together


def both_are_kept(got: list[Path], *data: bytes) -> None:
    assert len(set(got)) == len(data)
    assert [path.read_bytes() for path in got] == list(data)


def one_name_twice(save: Save, folder: Path) -> None:
    first, second = png(2_000, 1), png(3_000, 2)
    both_are_kept([is_stored(save, Stream(data), folder) for data in (first, second)], first, second)


def one_picture_twice(save: Save, folder: Path) -> None:
    got = [is_stored(save, Stream(png(2_000)), folder, name) for name in ("mine.png", "yours.png")]
    both_are_kept(got, png(2_000), png(2_000))


def meanwhile(save: Save, folder: Path, names: tuple[str, str], patience: float) -> None:
    """A second upload, in a thread, begins within the second read of the first; it may be made to wait."""
    first, second = png(200_000, 1), png(150_000, 2)
    got: list[Path | AssertionError] = []

    def other() -> None:
        try:
            got.append(is_stored(save, Stream(second), folder, names[1]))
        except AssertionError as error:
            got.append(error)

    thread = threading.Thread(target=other)

    def within(number: int) -> None:
        if number == 2:
            thread.start()
            thread.join(patience)

    try:
        mine = is_stored(save, Stream(first, within=within), folder, names[0])
    finally:
        thread.join()
    [theirs] = got
    assert isinstance(theirs, Path), theirs
    both_are_kept([mine, theirs], first, second)


def one_name_at_the_same_time(save: Save, folder: Path, patience: float) -> None:
    meanwhile(save, folder, (NAME, NAME), patience)


def two_names_at_the_same_time(save: Save, folder: Path, patience: float) -> None:
    meanwhile(save, folder, ("mine.png", "yours.png"), patience)


# fault


def comes_out(save: Save, folder: Path, error: BaseException) -> None:
    """What the stream raises in its second read is what the caller gets: that same object."""
    try:
        save(Stream(png(200_000), within=raising(error, 2)), NAME, folder, AMPLE)
    except BaseException as got:
        assert got is error
    else:
        raise AssertionError("the fault was swallowed")


def a_fault_comes_out_as_it_is(save: Save, folder: Path) -> None:
    comes_out(save, folder, ConnectionResetError(104, "connection reset by peer"))


def a_fault_leaves_nothing(save: Save, folder: Path) -> None:
    stream = Stream(png(200_000), within=raising(ConnectionResetError(104, "connection reset by peer"), 2))
    leaves_nothing(save, stream, folder)


def an_interrupt_leaves_nothing(save: Save, folder: Path) -> None:
    leaves_nothing(save, Stream(png(200_000), within=raising(KeyboardInterrupt(), 2)), folder)


def a_fault_leaves_no_descriptor(save: Save, folder: Path) -> None:
    gc.collect()  # what was left open before is not to be closed meanwhile
    before = descriptors()
    error = ConnectionResetError(104, "connection reset by peer")  # it holds the frames, and they what was not closed
    try:
        save(Stream(png(200_000), within=raising(error, 2)), NAME, folder, AMPLE)
    except Exception:  # whichever it is: that is the clause of another test
        assert descriptors() == before


CLAUSES: dict[Callable[..., None], str] = {
    small_pieces_are_put_together: "whole__a_short_read_taken_for_the_end",
    single_bytes_are_put_together: "whole__signature_in_one_read",
    a_picture_comes_back_as_it_was: "whole__first_bytes_not_written whole__last_piece_lost",
    line_ends_within_it_stay: "whole__line_ends_changed",
    the_stream_stays_open: "whole__stream_closed",
    nothing_but_read_is_called: "whole__asks_for_the_size",
    four_megabytes_pass_through_little_memory: (
        "large__all_pieces_kept large__gathered_to_the_end large__a_buffer_of_megabytes "
        "large__read_back_for_the_digest large__copied_in_one_piece"
    ),
    no_read_asks_for_more_than_64_kib: "large__one_read",
    what_is_too_large_is_refused: "limit__cut_off",
    a_byte_more_is_refused: "limit__a_byte_more_stored limit__looked_at_before_the_last_piece",
    exactly_the_limit_is_stored: "limit__exactly_the_limit_refused",
    what_is_far_too_large_is_not_read_to_its_end: "limit__drained",
    what_is_too_large_leaves_nothing: "limit__file_left",
    another_picture_is_refused: "format__another_exception format__none_returned",
    half_a_signature_is_refused: "format__ends_too_early",
    a_damaged_signature_is_refused: "format__the_first_four_bytes_alone",
    another_picture_leaves_nothing: "format__file_left",
    a_name_that_climbs: "name__climbs",
    an_absolute_name: "name__absolute",
    a_name_of_300_letters: "name__too_long_for_the_system",
    a_name_in_a_folder_that_is_not_there: "name__in_a_folder_that_is_not_there",
    a_refused_name_leaves_nothing: "name__refused_with_a_file_left",
    a_name_as_a_camera_gives_it: "name__good_ones_refused",
    one_name_twice: "together__second_in_place_of_the_first together__older_ones_renamed",
    one_picture_twice: "together__same_bytes_same_path",
    one_name_at_the_same_time: (
        "together__path_chosen_before_the_bytes_came together__path_chosen_after_the_signature"
    ),
    two_names_at_the_same_time: (
        "together__one_part_for_all together__others_parts_tidied_up together__one_target_at_a_time"
    ),
    a_fault_comes_out_as_it_is: "fault__wrapped fault__taken_for_the_end fault__another_exception_like_it",
    a_fault_leaves_nothing: "fault__file_left",
    an_interrupt_leaves_nothing: "fault__file_left_by_an_interrupt",
    a_fault_leaves_no_descriptor: "fault__descriptor_left",
}
"""Each test, and the candidates that break its clause."""
