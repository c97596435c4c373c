"""The page of `iana-ports export html` in a real browser, against a plain reading of the XML.

test.py PAGE XML            all of it, on the page of that registry
test.py PAGE XML people     the directory of people, on the page of a registry that has one
test.py PAGE hostile        a page with markup in every column
test.py PAGE pictures FILE FILE   draws it in light and in dark
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from playwright.sync_api import sync_playwright

WORDS = ["http", "HTTP", "4", "443", "6000-6063", "rfc6335", "x window", "tcp", "IESG", "no such text", "any private",
         "2022-02-07", "é", "<", "-", "sctp", "unauthorized", "[", "sc:", "1145656131", "j"]


def rows_of(xml):
    """The texts that a search looks at in each row: what is shown except the dates, and targets of references."""
    root = ElementTree.parse(xml).getroot()
    space = root.tag.removesuffix("registry")

    def shown(xref):
        text = " ".join("".join(xref.itertext()).split())
        data = " ".join((xref.get("data") or "").split())
        return text or (data.upper() if xref.get("type") == "rfc" else data)

    def flat(node):
        text = node.text or ""
        for child in node:
            text += f"[{shown(child)}]" if child.tag == space + "xref" else f" {flat(child)} "
            text += child.tail or ""
        return text

    def column(record, name):
        node = record.find(space + name)
        return "" if node is None else " ".join(flat(node).split())

    for record in root.findall(space + "record"):
        names = ["name", "number", "protocol", "description", "sc", "unauthorized", "note"]
        xrefs = record.findall(space + "xref") + record.findall(f"{space}assignee/{space}xref")
        texts = [column(record, name) for name in names] + [shown(xref) for xref in xrefs]
        texts += [xref.get("data") or "" for xref in xrefs if xref.get("type") in ("rfc", "draft", "uri")]
        first, _, last = texts[1].partition("-")
        texts[1] = first if first == last else texts[1]
        yield texts


def fold(text):
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)


def same(found, expected, what):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")
    same.checks += 1


same.checks = 0


def ready(page, address):
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function("document.documentElement.dataset.ready")


def count(page):
    return int(page.inner_text("#count").split()[0])


def column(page, number):
    return [cell.strip() for cell in page.locator(f"#rows tbody tr td:nth-child({number})").all_inner_texts()]


def everything(page, address, xml):
    rows = list(rows_of(xml))
    ready(page, address)
    print(f"ready after {page.evaluate('document.documentElement.dataset.ready')} ms")
    same(count(page), len(rows), "rows at first")

    # A search finds the rows that have the text, in their order.
    slowest = 0
    for word in WORDS:
        found = [texts for texts in rows if any(fold(word) in fold(text) for text in texts)]
        took = page.evaluate("""async (word) => {
            const search = document.getElementById("search"), start = performance.now();
            search.value = word;
            search.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            return performance.now() - start;
        }""", word)
        slowest = max(slowest, took)
        same(count(page), len(found), f"rows with {word!r}")
        for number, texts in [(1, 0), (2, 1), (3, 2), (4, 3)]:
            shown = column(page, number)
            same(shown, [row[texts] for row in found[:len(shown)]], f"column {number} of {word!r}")
    print(f"from a key to the rows at most {slowest:.0f} ms")

    # The address is a link to what is shown, and leads there.
    page.fill("#search", "http")
    page.fill("#range", "0-1023")
    page.uncheck("[value=udp]")
    page.click("th:nth-child(2) button")
    page.click("th:nth-child(2) button")
    link = page.url
    shown = column(page, 1)
    wanted = [row for row in rows if any("http" in fold(text) for text in row) and row[2] in ("", "tcp", "sctp", "dccp")]
    wanted = [row for row in wanted if row[1] and int(row[1].split("-")[0]) <= 1023]
    wanted.sort(key=lambda row: -int(row[1].split("-")[0]))
    same(shown, [row[0] for row in wanted], "names by port downwards")
    ports = [int(port.split("-")[0]) for port in column(page, 2)]
    same(ports, sorted(ports, reverse=True), "ports downwards")
    same(page.get_attribute("th:nth-child(2)", "aria-sort"), "descending", "aria-sort")
    ready(page, link)
    same(column(page, 1), shown, "what the link leads to")
    same(page.input_value("#search"), "http", "the text of the link")
    page.click("[type=reset]")
    same(count(page), len(rows), "rows after showing all")
    page.goto(address + "#search=http")
    page.wait_for_function("document.getElementById('count').textContent.startsWith('2')")
    page.fill("#range", "9-3")
    same(page.evaluate("document.getElementById('range').checkValidity()"), False, "a range that runs backwards")
    page.click("[type=reset]")

    # The keyboard reaches everything.
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("x11")
    same(column(page, 1)[0], "x11", "what is typed after a slash")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    same(page.evaluate("document.activeElement.rowIndex"), 2, "the row after two arrows")
    page.keyboard.press("Escape")
    same(count(page), len(rows), "rows after Escape")
    page.focus("th:nth-child(1) button")
    page.keyboard.press("Enter")
    same(page.get_attribute("th:nth-child(1)", "aria-sort"), "ascending", "sorted by Enter")
    page.click("[type=reset]")

    # The map names the port under the pointer, and leads to its rows.
    box = page.locator("#ports").bounding_box()

    def point(port):
        x, y = port % 256, port // 256
        page.mouse.move(box["x"] + (x + 0.5) * box["width"] / 256, box["y"] + (y + 0.5) * box["height"] / 256)
        return page.inner_text("#port")

    same(point(443), "https 443/tcp: http protocol over TLS/SSL", "443 on the map")
    same(point(6031), "x11 6031/tcp, unauthorized use: X Window System", "6031 on the map")
    same(point(60000), "dynamic 60000/tcp", "60000 on the map")
    page.select_option("#map-transport", "udp")
    same(point(465).startswith("igmpv3lite 465/udp"), True, "465 on the map of udp")
    page.locator("#ports").focus()
    page.keyboard.press("ArrowRight")
    same("466/udp" in page.inner_text("#port"), True, "a step to the right")
    page.mouse.move(0, 0)
    page.keyboard.press("Enter")
    same(column(page, 2)[0], "466", "the rows of a port of the map")
    page.click("[type=reset]")

    # References lead to their documents; the print has every row; both themes differ.
    page.fill("#search", "rfc9110")
    href = page.locator("#rows td:nth-child(9) a").first.get_attribute("href")
    same(href, "https://www.rfc-editor.org/rfc/rfc9110", "where a reference leads")
    page.click("[type=reset]")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    same(page.locator("#rows tbody tr").count(), len(rows), "rows for the printer")
    page.emulate_media(media="print")
    same(page.is_visible("#filters"), False, "the form on paper")
    page.emulate_media(media="screen", color_scheme="dark")
    back = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(back)
    page.click("#theme")
    same(page.evaluate(back) != dark, True, "another background after the button")


def people(page, address, xml):
    root = ElementTree.parse(xml).getroot()
    space = root.tag.removesuffix("registry")
    names = {p.get("id"): p.findtext(space + "name") or "" for p in root.iter(space + "person")}
    ready(page, address + "#search=tcpmux")
    link = page.locator("#rows tbody tr td:nth-child(6) a").first
    who = link.inner_text()
    link.click()
    page.wait_for_selector("#people tr.here")
    same(page.locator("#people tr.here td").all_inner_texts()[:2], [who, " ".join(names[who].split())], "a person")


def hostile(page, address):
    page.add_init_script("window.hits = []; window.hit = (where) => window.hits.push(where)")
    ready(page, address + "#search=hostile")
    same(page.locator("#rows tbody tr").count(), 1, "rows of the overlay")
    cells = page.locator("#rows tbody td").all_inner_texts()
    same(cells[4:6], ["[<script>hit('assignee')</script>]", "[<script>hit('contact')</script>]"], "contacts")
    same("</script><script>hit('description')</script> {script} ]]> &lt;" in cells[3], True, "the description")
    same(cells[8], "[javascript:hit('reference')][<img src=x onerror=\"hit('text')\">]", "the references")
    same(page.locator("#rows tbody td:nth-child(9) a").count(), 0, "links of the references")
    same(cells[10:], ["<script>hit('unauthorized')</script>", "<!-- <script>hit('note')</script>"], "the notes")
    same(page.get_attribute("#rows tbody tr", "class"), "overlay", "the mark of the overlay")
    page.fill("#search", "50001")
    own = page.locator("#rows tbody td").all_inner_texts()
    same(own[0], "<script>hit('name')</script>", "a name of one's own")
    same(own[3], "<script>hit('comment')</script>", "its comment")
    same(page.evaluate("window.hits"), [], "what ran")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: \"hit('policy')\" }))")
    same(page.evaluate("window.hits"), [], "what the policy lets run")


def main():
    address, (what, *rest) = Path(sys.argv[1]).resolve().as_uri(), sys.argv[2:]
    with sync_playwright() as playwright:
        # Whoever is root in a container has no sandbox.
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        said, asked = [], []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        if what == "hostile":
            hostile(page, address)
            # Of this the test itself is the cause.
            said[:] = [text for text in said if "Content Security Policy" not in text]
        elif what == "pictures":
            for theme, file in zip(["light", "dark"], rest):
                page.set_viewport_size({"width": 1840, "height": 950})
                page.emulate_media(color_scheme=theme)
                ready(page, address + "#search=http&transports=tcp")
                page.screenshot(path=file)
        elif rest == ["people"]:
            people(page, address, what)
        else:
            everything(page, address, what)
        same(said, [], "what the browser complains of")
        same([url for url in asked if not url.startswith(("file:", "about:"))], [], "what was fetched")
        browser.close()
    print(f"{same.checks} checks passed")


main()
