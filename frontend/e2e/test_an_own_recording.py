"""A teacher's own recording on a bad network: sent in pieces, cut on the way and gone on with, then refused in words.

That one which can be used takes the place of the made track is shown in the API's tests: here other stories listen to it.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Route

from .conftest import Visit
from .pages import rows_of
from .product import Product

PIECES = 3
CUT = 2
"""The piece that does not arrive the first time."""


def test_a_recording_that_cannot_be_used_is_told_after_a_cut(siji: Product, visit: Visit, tmp_path: Path) -> None:
    teacher = visit(width=390, height=844)
    teacher.sign_in(siji.school()["teacher"])
    paper = rows_of(teacher.read("/papers"))[0]["id"]
    origin = teacher.read(f"/papers/{paper}")["audio_origin"]
    tried: list[str | None] = []

    def piece(route: Route) -> None:
        tried.append(route.request.headers.get("upload-offset"))
        if len(tried) == CUT:
            route.abort("connectionreset")
        else:
            route.continue_()

    teacher.page.route(
        "**/api/v1/uploads/*", lambda route: piece(route) if route.request.method == "PATCH" else route.continue_()
    )
    teacher.goto(f"/papers/{paper}")
    noise = tmp_path / "录音.mp3"
    noise.write_bytes(bytes(range(256)) * (PIECES * 4096 - 100))
    with teacher.page.expect_file_chooser() as chooser:
        teacher.button("papers.upload").click()
    chooser.value.set_files(noise)
    teacher.sees(teacher.text("sending.states.refused"), teacher.page.get_by_text("CBR").first, seconds=30)
    assert [offset for offset in tried if offset is not None] == ["0", "1048576", "1048576", "2097152"]
    assert teacher.button("sending.goOn").count() == 0
    teacher.picture("recording-refused-390")
    teacher.button("sending.another").click()
    teacher.sees(teacher.button("papers.upload"))
    assert teacher.read(f"/papers/{paper}")["audio_origin"] == origin
