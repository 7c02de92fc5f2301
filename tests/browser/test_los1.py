"""The verifier in the browser: a third program from the text of los1, asked beside the two others.

Folders go in batches through one page; what the programs print is compared to the byte.
"""

from __future__ import annotations

import base64
import contextlib
import importlib.util
import io
import random
from pathlib import Path

import pytest

from circles import lottery
from tests.circles.los1_corpus import KINDS, VECTOR_RESULT, build, lay_out, sha, vector
from tests.circles.los1_faults import mutations

pytestmark = [pytest.mark.browser, pytest.mark.req("R121")]

ROOT = Path(__file__).parents[2]
BATCH = 250
EVERY = 6  # of the eleven thousand spoilt folders that the two other programs see, this many-th
SPOILT = [
    vector(),
    *(build(kind, 7, 1) for kind in KINDS),
    build("simple", 1),
    build("quotas", 1),
    build("quotas", 2),
    build("quotas", 30, 1),
]
# Every folder's answer: [is it drawn, what is said].
ASK = """async folders => {
    const { verify, Fault } = await import("/static/los1/los1.js");
    const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const answers = [];
    for (const folder of folders) {
        const files = Object.entries(folder).map(([name, text]) => [name, bytes(text)]);
        try { answers.push([true, (await verify(new Map(files))).join("\\n") + "\\n"]); }
        catch (error) {
            if (!(error instanceof Fault)) throw error;
            answers.push([false, error.message + "\\n"]);
        }
    }
    return answers;
}"""
BIG = """async folder => {
    const { verify } = await import("/static/los1/los1.js");
    const encoder = new TextEncoder();
    const files = new Map(Object.entries(folder).map(([n, text]) => [n, encoder.encode(text)]));
    let beats = 0;
    const beat = setInterval(() => { beats += 1; }, 10);
    const lines = await verify(files);
    clearInterval(beat);
    return [beats, lines.at(-1)];
}"""


@pytest.fixture(scope="module")
def script():
    path = ROOT / "static" / "los1" / "los1_verify.py"
    spec = importlib.util.spec_from_file_location("los1_script", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def page(visit):
    visitor = visit("", "en")
    visitor.open("/auslosung/pruefen/")
    return visitor.page


def ask_browser(page, folders):
    answers = []
    for start in range(0, len(folders), BATCH):
        batch = [
            {name: base64.b64encode(data).decode() for name, data in folder.items()}
            for folder in folders[start : start + BATCH]
        ]
        answers += [tuple(answer) for answer in page.evaluate(ASK, batch)]
    return answers


def ask(program, folder):
    """(whether it draws, what it prints) of a program with a command line."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = program.main([str(folder)])
    return code == 0, out.getvalue() + err.getvalue()


def test_the_vector_of_the_text(page):
    ((is_drawn, said),) = ask_browser(page, [vector()])
    assert is_drawn
    assert said.endswith(f"\nresult sha256 {VECTOR_RESULT}\n")


def test_a_thousand_random_draws_in_three_programs(page, script, tmp_path):
    chance = random.Random(1000)
    sizes = (1, 2, 3, 5, 20, 60)
    folders = [build(KINDS[n % len(KINDS)], chance.choice(sizes), n) for n in range(1000)]
    there, different = {}, []
    for folder, in_browser in zip(folders, ask_browser(page, folders), strict=True):
        lay_out(tmp_path, folder, there)
        there = folder
        answers = {in_browser, ask(script, tmp_path), ask(lottery, tmp_path)}
        last = f"result sha256 {sha(folder['result.txt'])}\n"
        if len(answers) > 1 or not in_browser[0] or not in_browser[1].endswith(last):
            different.append(answers)
    assert different == []


def test_spoilt_folders_are_refused_with_the_words_of_the_script(page, script, tmp_path):
    """File, line and sentence are those of the script; the portal's program refuses them, too."""
    spoilt = [each for folder in SPOILT for each in mutations(folder)][::EVERY]
    assert len(spoilt) > 1500
    there, different = {}, []
    answers = ask_browser(page, [each.folder for each in spoilt])
    for mutation, in_browser in zip(spoilt, answers, strict=True):
        lay_out(tmp_path, mutation.folder, there)
        there = mutation.folder
        by_script, by_portal = ask(script, tmp_path), ask(lottery, tmp_path)
        same = in_browser == by_script and in_browser[0] == by_portal[0]
        if not same or (in_browser[0] and in_browser != by_portal):
            different.append((mutation.name, in_browser, by_script, by_portal))
    assert different == []


def test_files_of_two_draws_are_told_apart(page):
    one, other = vector(), build("simple", 7, 1)
    ((is_drawn, said),) = ask_browser(page, [{**one, "pool.txt": other["pool.txt"]}])
    assert (is_drawn, said) == (False, "pool.txt line 2: another draw than declared\n")
    ((is_drawn, said),) = ask_browser(page, [{**one, "seed.txt": other["seed.txt"]}])
    assert not is_drawn
    assert said.startswith("seed.txt line 2: another declaration than the one at hand, ")


def test_a_hundred_thousand_tickets_while_the_page_stays_alive(page):
    folder = build("simple", 100_000)
    big = {name: data.decode() for name, data in folder.items()}
    beats, last = page.evaluate(BIG, big)
    assert last == f"result sha256 {sha(folder['result.txt'])}"
    # A deaf page counts none; how many come in between is a matter of the machine.
    assert beats >= 3, "the page was deaf in between"


def lines_after(page, press, state):
    page.click(press)
    page.locator(f"form[data-state={state}]").wait_for()
    return page.inner_text("[data-lines]").strip().splitlines()


def test_the_public_page_recomputes_its_own_draw(visit, scene):
    visitor = visit("", "en")
    visitor.open("/auslosung/demo-offene-sensordaten/pruefen/")
    result = scene.drawn.draw.result
    visitor.page.fill("#los1-fingerprint", result.declaration.sha256[:32].upper() + " " * 2)
    (fault,) = lines_after(visitor.page, "[name=published]", "refused")
    assert fault.startswith("declaration.txt line 1: has the fingerprint ")
    grouped = " ".join(result.declaration.sha256[n : n + 8] for n in range(0, 64, 8)).upper()
    visitor.page.fill("#los1-fingerprint", grouped)
    lines = lines_after(visitor.page, "[name=published]", "done")
    assert lines[0].startswith("seat 1 ")
    assert lines[-1] == f"result sha256 {result.result_sha256}"
    assert visitor.complaints == []


def test_files_are_taken_from_the_disk_and_the_wrong_ones_named(visit, tmp_path):
    visitor = visit("", "en")
    visitor.open("/auslosung/pruefen/")
    page = visitor.page
    lay_out(tmp_path, vector())
    assert lines_after(page, "[name=own]", "refused")[0].startswith("Please choose the files")
    paths = sorted(tmp_path.glob("*.txt"))
    page.set_input_files("#los1-files", paths)
    page.fill("#los1-ticket", "C663-B71B")
    lines = lines_after(page, "[name=own]", "done")
    assert lines[-3].endswith("in the pool, place 5 of 7, seat")
    assert lines[-1] == f"result sha256 {VECTOR_RESULT}"
    (tmp_path / "pool (1).txt").write_bytes(vector()["pool.txt"])
    page.set_input_files("#los1-files", [*paths, tmp_path / "pool (1).txt"])
    assert lines_after(page, "[name=own]", "refused") == [
        "pool.txt line 1: there are two files of this name, choose those of one draw"
    ]
    assert visitor.complaints == []


def test_the_copy_needs_no_network_at_all(visit, chromium, portal, tmp_path):
    """The downloaded file, opened from the disk in a browser that is offline."""
    visitor = visit("", "de")
    copy = visitor.page.request.get(f"{portal}/auslosung/pruefen/los1-pruefen.html")
    assert copy.headers["content-disposition"] == 'attachment; filename="los1-pruefen.html"'
    (tmp_path / "los1-pruefen.html").write_bytes(copy.body())
    lay_out(tmp_path, vector())
    context = chromium.new_context(offline=True)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "los1-pruefen.html").as_uri())
    page.set_input_files("#los1-files", sorted(tmp_path.glob("*.txt")))
    lines = lines_after(page, "[name=own]", "done")
    assert lines[-1] == f"result sha256 {VECTOR_RESULT}"
    assert all(url.startswith("file:") for url in asked)
    context.close()


def test_a_receipt_gives_its_ticket_again(visit, scene):
    visitor = visit("", "en")
    visitor.open("/auslosung/demo-offene-sensordaten/pruefen/")
    page, own = visitor.page, scene.own
    says = page.locator("[data-los1-ticket] [data-says]")
    page.fill("#own-draw", f" {own.call.draw_id.upper()} ")
    page.fill("#own-identity", own.identity.upper())
    page.fill("#own-nonce", own.nonce[:31])
    page.click("[data-los1-ticket] button")
    assert says.inner_text() == "The secret number has 32 characters, 0–9 and a–f."
    page.fill("#own-nonce", f"{own.nonce[:16].upper()} {own.nonce[16:]}")
    page.click("[data-los1-ticket] button")
    page.locator("[data-los1-ticket][data-state=done]").wait_for()
    assert says.inner_text().endswith(f"({own.ticket})")
    assert visitor.complaints == []


def test_the_form_computes_beside_the_page(visit, tmp_path):
    """A hundred thousand tickets in a thread of their own: no breath of the page is long."""
    visitor = visit("", "en")
    visitor.open("/auslosung/pruefen/")
    page = visitor.page
    folder = build("simple", 100_000)
    lay_out(tmp_path, folder)
    page.evaluate("""() => {
        globalThis.longest = 0;
        let last = performance.now();
        setInterval(() => {
            longest = Math.max(longest, performance.now() - last);
            last = performance.now();
        }, 20);
    }""")
    page.set_input_files("#los1-files", sorted(tmp_path.glob("*.txt")))
    page.evaluate("longest = 0")
    lines = lines_after(page, "[name=own]", "done")
    assert lines[-1] == f"result sha256 {sha(folder['result.txt'])}"
    assert page.evaluate("longest") < 1000
    assert visitor.complaints == []


def test_without_javascript_the_page_explains_the_script(visit):
    visitor = visit("", "en", java_script_enabled=False)
    visitor.open("/auslosung/demo-offene-sensordaten/pruefen/")
    assert visitor.page.locator("form[data-los1]").is_hidden()
    assert "python3 los1_verify.py folder/" in visitor.page.inner_text("main")
