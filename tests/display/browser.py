"""
The pages in a browser: ``python -m tests.display.browser FOLDER --axe axe.min.js``.

Each page is opened in light and in dark, axe-core counts what is wrong with it, and pictures are
taken: light, dark, on paper, and as wide as a telephone. Needs the dependency group ``browser``, a
Chromium that is already there, and axe-core. Where one of them is missing nothing is run, and it
says so.
"""

import argparse
import importlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.display import shown

SHOWN = (
    *(
        "offer",
        "ask",
        "refer",
        "visit",
        "course",
        "schedule",
        "ledger",
        "treatment",
        "pause",
        "wait",
    ),
    *("care plan", "comparison", "person facts", "edition", "table"),
)
PICTURED = ("offer", "visit", "comparison", "treatment")
# Each link of these is followed.
LINKED = ("offer", "comparison")
SCHEMES = ("light", "dark")
WIDE, NARROW = {"width": 1100, "height": 900}, {"width": 390, "height": 844}
PICTURES = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pictures</title></head>'
    '<body style="background:#fff;color:#111"><main><h1>Pictures</h1>{}</main></body></html>'
)
# Two values in one notebook, as dark as notebooks are.
NOTEBOOK = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notebook</title></head>'
    '<body data-jp-theme-light="false" style="background:#111;color:#eee"><main><h1>Notebook</h1>'
    "{}{}</main></body></html>"
)


def written(folder: Path) -> dict[str, Path]:
    """Write the pages, and give them by what they show."""
    folder.mkdir(parents=True, exist_ok=True)
    values = shown.values()
    pages = {name: values[name].to_html() for name in SHOWN}
    pages["notebook"] = NOTEBOOK.format(
        *(values[name]._repr_html_() for name in ("defer", "comparison"))
    )
    pages["pictures"] = PICTURES.format("".join(shown.pictures()))
    pages |= {name: held.to_html() for name, held in shown.hand_outs().items()}
    found = {}
    for name, page in pages.items():
        found[name] = folder / f"{name.replace(' ', '_')}.html"
        found[name].write_text(page, encoding="utf-8")
    return found


def opened(page: Any, axe: Path, path: Path, *, unfolded: bool) -> list[str]:  # noqa: ANN401 - playwright may be missing
    """Open a page and give what axe finds wrong with it."""
    page.goto(path.resolve().as_uri())
    if unfolded:
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.add_script_tag(path=str(axe))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']} ({len(one['nodes'])})" for one in found["violations"]]


def counted(browser: Any, axe: Path, pages: dict[str, Path]) -> Iterator[tuple[str, list[str]]]:  # noqa: ANN401
    """Give what axe finds in each page, folded and unfolded, light and dark."""
    for scheme in SCHEMES:
        page = browser.new_context(color_scheme=scheme, viewport=WIDE).new_page()
        for name, path in pages.items():
            for unfolded in (False, True):
                found = opened(page, axe, path, unfolded=unfolded)
                yield f"{name}, {scheme}{', unfolded' if unfolded else ''}", found


def unreached(browser: Any, path: Path) -> int:  # noqa: ANN401
    """Count the links into the page that do not bring what they name before the reader's eyes."""
    page = browser.new_context(viewport=WIDE).new_page()
    page.goto(path.resolve().as_uri())
    anchors = {a.get_attribute("href") for a in page.query_selector_all('a[href^="#"]')}
    lost = 0
    for anchor in sorted(anchors):
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = false })")
        page.evaluate("anchor => { location.hash = ''; location.hash = anchor }", anchor)
        lost += not page.query_selector(f'[id="{anchor[1:]}"]').is_visible()
    return lost


def unprinted(browser: Any, path: Path) -> int:  # noqa: ANN401
    """Count the folded sections of which nothing would stand on paper."""
    page = browser.new_context(viewport=WIDE).new_page()
    page.emulate_media(media="print")
    page.goto(path.resolve().as_uri())
    return int(
        page.evaluate(
            "[...document.querySelectorAll('details > :not(summary)')]"
            ".filter(e => !e.checkVisibility() || !e.offsetHeight).length"
        )
    )


def pictured(browser: Any, folder: Path, pages: dict[str, Path]) -> int:  # noqa: ANN401
    """Take pictures, and give how many."""
    kinds: dict[str, tuple[dict[str, int], dict[str, str]]] = {
        "light": (WIDE, {"color_scheme": "light"}),
        "dark": (WIDE, {"color_scheme": "dark"}),
        "print": (WIDE, {"media": "print"}),
        "phone": (NARROW, {"color_scheme": "light"}),
    }
    taken = 0
    for kind, (size, media) in kinds.items():
        page = browser.new_context(viewport=size).new_page()
        page.emulate_media(**media)
        for name in (*PICTURED, "notebook", "pictures", "leaflet"):
            page.goto(pages[name].resolve().as_uri())
            page.screenshot(path=str(folder / f"{pages[name].stem}-{kind}.png"), full_page=True)
            too_wide = page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            if too_wide:
                print(f"{name}, {kind}: wider than the screen")
            taken += 1
    return taken


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description="the pages in a browser")
    parser.add_argument("folder", type=Path, help="where pages and pictures are written")
    parser.add_argument("--axe", type=Path, required=True, help="axe.min.js of axe-core")
    parser.add_argument("--chromium", default=shutil.which("chromium"), help="the browser")
    asked = parser.parse_args()
    try:
        playwright: Any = importlib.import_module("playwright.sync_api")
    except ImportError:
        playwright = None
    missing = {
        "playwright": playwright is None,
        "chromium": asked.chromium is None or not Path(asked.chromium).is_file(),
        "axe-core": not asked.axe.is_file(),
    }
    if any(missing.values()):
        print(f"not run: {', '.join(name for name, is_so in missing.items() if is_so)} missing")
        return 0
    pages = written(asked.folder)
    wrong = runs = 0
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=asked.chromium, args=["--no-sandbox"], headless=True
        )
        for name, found in counted(browser, asked.axe, pages):
            runs, wrong = runs + 1, wrong + len(found)
            if found:
                print(f"{name}: {', '.join(found)}")
        lost = sum(unreached(browser, pages[name]) for name in LINKED)
        hidden = sum(unprinted(browser, pages[name]) for name in PICTURED)
        taken = pictured(browser, asked.folder, pages)
        browser.close()
    print(f"axe-core: {wrong} violations in {runs} runs over {len(pages)} pages; {taken} pictures")
    print(f"{lost} links lead to what stays folded; {hidden} folded sections are not on paper")
    return 1 if wrong or lost or hidden else 0


if __name__ == "__main__":
    raise SystemExit(main())
