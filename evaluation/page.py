"""The page with 50,000 incidents in a real Chromium: first paint, steps of the slider and of filters, bytes and memory.

Times are of the clock, and, as ..._cpu_ms, of the processor in the page's main thread, which other work on the machine does not lengthen.

python -m evaluation.page --out results/page.json [--record big.db] [--incidents 50000] [--steps 40]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evaluation.server import make_record, serve, whole

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --use-angle=swiftshader --enable-unsafe-swiftshader"
)
_FIRST = """() => ({
  paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
  drawn: performance.getEntriesByName('incidents-drawn')[0]?.startTime ?? null,
  heap: Math.round((performance.memory?.usedJSHeapSize ?? 0) / 1048576),
  files: performance.getEntriesByType('resource').map(one => [new URL(one.name).pathname, one.encodedBodySize]),
})"""
_STEP = """async step => {
  const begun = performance.now();
  step();
  await new Promise(done => requestAnimationFrame(() => { const after = new MessageChannel(); after.port1.onmessage = done; after.port2.postMessage(0); }));
  return performance.now() - begun;
}"""
"""A step, until the frame that shows it has been drawn."""
_SLIDE = "const slider = document.querySelector('.slider'); slider.value = %d; slider.dispatchEvent(new Event('input', { bubbles: true }));"
_FILTER = "location.hash = '%s';"
_TYPES = ("air_strike", "armed_clash", "shelling", "siege", "bombing", "arrest", "displacement", "territory_captured")


def main() -> None:
    """Measure, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--incidents", type=int, default=50_000)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "record.db"
        if given.record is None:
            make_record(path, given.incidents)
        server, port, thread = serve(path, (given.record.parent if given.record else Path(folder)) / "cache")
        whole(port)
        measured = in_browser(f"http://127.0.0.1:{port}/", given.steps)
        server.should_exit = True
        thread.join()
    results = {**about(), **measured}
    if given.out is not None:
        given.out.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))


def about() -> dict[str, Any]:
    """When, where and with what it was measured."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return {
        "at": datetime.now(UTC).strftime("%Y-%m-%d"), "commit": commit, "machine": f"{platform.machine()}, {os.cpu_count()} cores, software rendering",
        "load_at_begin": round(os.getloadavg()[0], 1), "command": "python -m evaluation.page",
    }  # fmt: skip


def in_browser(address: str, steps: int) -> dict[str, Any]:
    """All figures of a served record."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS.split())
        first = [opened(browser, address)[1] for _ in range(5)]
        page, _ = opened(browser, address)
        page.wait_for_selector(".legend li")
        page.wait_for_load_state("networkidle")
        version = browser.version
        found = {
            "chromium": version, "incidents": int(page.locator(".counts").inner_text().split(" of ")[1].split(" ")[0].replace(",", "")),
            "first_paint_ms": spread([one["paint"] for one in first]), "incidents_drawn_ms": spread([one["drawn"] for one in first]),
            "incidents_drawn_cpu_ms": spread([one["worked"] for one in first]),
            "bytes": {name: size for name, size in first[0]["files"] if size}, **stepped(page, steps), "heap_mb": page.evaluate(_FIRST)["heap"],
            "renderer_mb": renderer_mb(),
        }  # fmt: skip
        browser.close()
    return found


def worked(session: Any) -> float:
    """Milliseconds of processor time of the page's main thread so far: what does not grow where other work slows the machine."""
    return 1000 * next(float(one["value"]) for one in session.send("Performance.getMetrics")["metrics"] if one["name"] == "TaskDuration")


def opened(browser: Any, address: str) -> tuple[Any, dict[str, Any]]:
    """A fresh page with nothing kept, and what its first sight took."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(f"{address}#/map")
    # The page's own policy forbids what wait_for_function does, so it is asked again and again.
    while (first := page.evaluate(_FIRST))["drawn"] is None:
        page.wait_for_timeout(50)
    return page, {**first, "worked": worked(session)}


def stepped(page: Any, steps: int) -> dict[str, Any]:
    """How long each kind of step takes until its frame is drawn."""
    low, high = (int(page.locator(".slider").get_attribute(edge)) for edge in ("min", "max"))
    days = [low + (high - low) * (n + 1) // (steps + 1) for n in range(steps)]
    kinds: dict[str, Callable[[int], str]] = {
        "slider": lambda n: _SLIDE % days[n],
        "slider_with_trail": lambda n: _SLIDE % days[n],
        "filter_type": lambda n: _FILTER % f"#/map?type={_TYPES[n % len(_TYPES)]}",
        "filter_days": lambda n: _FILTER % f"#/map?since=20{11 + n % 8}-0{n % 9 + 1}-01",
        "filter_sources": lambda n: _FILTER % f"#/map?least_independent={n % 2 + 1}&n={n}",
        "pan": lambda n: _FILTER % f"#/map?at={10 + n % 7}.000,{20 + n % 11}.000,{3 + n % 3}.00",
    }
    found: dict[str, Any] = {}
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    for name, step in kinds.items():
        page.evaluate(f"location.hash = '#/map{'?trail=90' if name == 'slider_with_trail' else ''}'")
        page.wait_for_timeout(400)
        times, work = [], []
        for n in range(steps):
            before = worked(session)
            times.append(page.evaluate(f"({_STEP})(() => {{ {step(n)} }})"))
            work.append(worked(session) - before)
            page.wait_for_timeout(30)
        found |= {f"{name}_ms": spread(times), f"{name}_cpu_ms": spread(work)}
    return found


def spread(values: list[float]) -> dict[str, float]:
    """Median, 95th of a hundred and the longest."""
    ordered = sorted(values)
    return {"median": round(ordered[len(ordered) // 2], 1), "p95": round(ordered[int(len(ordered) * 0.95)], 1), "most": round(ordered[-1], 1)}


def renderer_mb() -> int:
    """Memory of the largest renderer that this process started."""
    most = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if b"--type=renderer" in (entry / "cmdline").read_bytes() and b"chromium" in (entry / "cmdline").read_bytes():
                most = max(most, int((entry / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1048576)
        except OSError:
            continue
    return most


if __name__ == "__main__":
    main()
