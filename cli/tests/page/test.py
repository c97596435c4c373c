"""Compares the page of `iana-ports export html`, in a real browser, with a simple reader of the XML and with the command.

test.py PAGE XML PROGRAM            all tests; the program has written the page of this registry
test.py PAGE XML PROGRAM contents   only the tests that depend on the registry
test.py PAGE hostile                tests a page with markup in every column
test.py PAGE pictures FOLDER        draws the page in light, in dark and on a phone
"""

import csv
import itertools
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import sync_playwright

sys.path.append(str(Path(__file__).parent.parent))
import browsers  # noqa: E402
import queries  # noqa: E402
import tasks  # noqa: E402

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()

# Texts to search for, except those that the command understands as ports, names or familiar names.
WORDS = ["4 transfer", "rfc6335", "x window", '"x window"', "IESG", "no such text", "any private", "2022-02-07", "é", "É", "<", "-",
         "unauthorized", "[", "sc:", "j", "assigned", "Kohler"]

# Queries for which the page must show the results of both `search` and `lookup`.
QUERIES = ["http", "HTTP", "http 8080", "443", "443/tcp", "tcp/443", "tcp:443", "0.0.0.0:443", "6031/udp", "6000-6063", "domain/udp", "_http._tcp",
           "_printer._sub._http._tcp.local", "dns", "DNS", "kafka", "smb", "rdp", "rdp/tcp", "irc", "60000", "49150/dccp", "914c/g", "70000",
           "443-80", "443/quic", "sctp", "1145656131", "no-such-name"]

# Lists of ports, and the queries of one item each that they mean.
LISTS = {"22 tcp": ["22/tcp"], "80,443/tcp|443/udp": ["80/tcp", "443/tcp", "443/udp"], "T:22,U:53": ["22/tcp", "53/udp"], "t:22": ["22"],
         "53/tcp,udp ssh": ["53/tcp", "53/udp", "ssh"], "[8080, 127.0.0.53%lo:53]": ["8080", "53"], "https://example.com:8443/login": ["8443"],
         "My Printer._ipp._tcp.local.": ["ipp/tcp"], "60000;6000:6010/6": ["60000", "6000-6010/tcp"]}

# The page must run in browsers that are four years old, so the tests take newer functions away.
NEWER = """for (const [owner, ...names] of [[Object, "groupBy"], [Map, "groupBy"], [Array, "fromAsync"], [Promise, "withResolvers", "try"],
    [Array.prototype, "toSorted", "toReversed", "toSpliced", "with"], [Set.prototype, "union", "intersection", "difference", "isSubsetOf"],
    [Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())), "map", "filter", "flatMap", "toArray", "some", "every", "find", "forEach"],
    [RegExp, "escape"], [URL, "canParse", "parse"], [String.prototype, "isWellFormed"]]) names.forEach((name) => delete owner[name]);"""

# The number of random lists that the page and queries.py both read.
RANDOM_LISTS = 5000

SIZES = [(375, 667), (1280, 800), (3840, 2160)]


def rows_of(xml):
    """The texts in each row in which a search looks: all visible columns except the dates, and the targets of references."""
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


def shown(page):
    """The rows that the page contains: name, port, transport, status and description. A line of its table is a row for each transport."""
    lines = page.evaluate("""[...document.querySelectorAll("#rows tr[data-row]")].map((row) => [...row.cells].map((cell) => {
        const text = cell.cloneNode(true);
        text.querySelectorAll(".where, .badge, .copy").forEach((part) => part.remove());
        return text.textContent;
    }))""")
    return [[*line[:2], transport, *line[3:]] for line in lines for transport in line[2].split(", ")]


def search(page, text):
    """Enters a text at once, and returns the number of milliseconds until the rows appear."""
    return page.evaluate("""async (text) => {
        const search = document.getElementById("search"), start = performance.now();
        search.value = text;
        search.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        return performance.now() - start;
    }""", text)


def to_the_end(page):
    """Scrolls until all rows are there, at most for a minute."""
    for _ in range(600):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        if not page.is_visible("#more"):
            return
        page.wait_for_timeout(100)


def first_is_in_view(page, what):
    box = page.evaluate("""(() => {
        const { top, bottom } = document.querySelector("#rows tr[data-row]").getBoundingClientRect();
        return [top >= document.querySelector("#rows th").getBoundingClientRect().bottom - 1, bottom <= innerHeight];
    })()""")
    same(box, [True, True], f"the first hit is below the headings and above the lower edge, {what}")


def searches(page, address, xml, program):
    rows = list(rows_of(xml))
    ready(page, address)
    print(f"ready after {page.evaluate('document.documentElement.dataset.ready')} ms")
    same(count(page), len(rows), "rows at first")

    # A search finds the rows that contain every word, in the registry's order.
    slowest = 0
    for text in WORDS:
        words = [(phrase or word).lower() for phrase, word in re.findall(r'"([^"]*)"|(\S+)', text)]
        found = [row for row in rows if all(any(word in cell.lower() for cell in row) for word in words)]
        slowest = max(slowest, search(page, text))
        same(count(page), len(found), f"rows with {text!r}")
        order = page.evaluate("list.result.found.map((index) => [NAME, PORT, TRANSPORT, DESCRIPTION].map((column) => rows[index][column]))")
        same(order, [row[:4] for row in found], f"rows with {text!r}")
        here = [tuple(cells[:3] + cells[4:]) for cells in shown(page)]
        same(Counter(here) - Counter(tuple(row) for row in order), Counter(), f"rows with {text!r} that the page shows")
    print(f"from a key to the rows at most {slowest:.0f} ms")

    # A word finds the same rows as the command.
    def asked(*arguments):
        said = subprocess.run([program, *arguments, "--format", "csv"], capture_output=True, text=True)
        own = {(row["service_name"], row["first_port"], row["last_port"], row["description"])
               for row in csv.DictReader(said.stdout.splitlines()) if row["description"] or row["service_name"]}
        return own

    meanings = 0
    for query in QUERIES:
        words = query.split()
        found, more = asked("search", *words), asked("lookup", *words)
        # The command prints remarks only with a table.
        remarks = subprocess.run([program, "search", *words], capture_output=True, text=True).stderr
        search(page, query)
        to_the_end(page)
        here = shown(page)
        same(len(here), count(page), f"rows of {query!r} that scrolling reaches")
        ends = [(cells[1].partition("-")[0], cells[1].rpartition("-")[2]) for cells in here]
        # Where the command only names the ports on which people use a name, the page shows their rows.
        places = [] if found | more else re.findall(r"\d+/(?:tcp|udp)", remarks)
        expected = found | more | (asked("lookup", *places) if places else set())
        same({(cells[0], *end, cells[4]) for cells, end in zip(here, ends)}, expected, f"rows of {query!r}")
        for remark in re.findall(r"familiar name of \S+ \d\S+|people use it on \d\S+", remarks):
            meanings += 1
            same(remark in page.inner_text("#remarks").replace("people also", "people"), True, f"{remark!r} of {query!r}")
    same(meanings >= 5, True, f"remarks on familiar names: {meanings}")
    for query, remark in [("60000", "60000/tcp,udp,sctp,dccp: one of the Dynamic Ports"), ("49150/dccp", "49150/dccp: reserved"),
                          ("9092", "people run kafka there"), ("9090-9097", "9094/tcp: people run kafka there"), ("70000", "70000 is not a port"), ("443/quic", "quic is not one of"),
                          ("no-such-name", "No row contains all of this.")]:
        search(page, query)
        same(remark in page.inner_text("#remarks"), True, f"{remark!r} of {query!r}")

    # A list finds the rows of all its items, which come first.
    for text, items in LISTS.items():
        search(page, text)
        to_the_end(page)
        here, more = shown(page), set().union(*[asked("lookup", item) for item in items])
        keys = [(cells[0], cells[1].partition("-")[0], cells[1].rpartition("-")[2], cells[4]) for cells in here]
        first = list(itertools.takewhile(lambda key: key in more, keys))
        same(set(first), {row for row in more if row[0] or row[3]}, f"the first rows of {text!r}")
    for text, remark in [("53/tcp udp", "two transports"), ("tcp,22,udp", "begins and ends"), ("icmp:8", "icmp has no ports"), ("80->8080", "a mapping"),
                         ("22,60000", "60000/tcp,udp,sctp,dccp: one of the Dynamic Ports")]:
        search(page, text)
        same(remark in page.inner_text("#remarks"), True, f"{remark!r} of {text!r}")
    same_readings(page)
    search(page, "https")
    same(shown(page)[0][:3], ["https", "443", "tcp"], "a row that the search names comes first")
    same(page.locator("#rows mark").first.inner_text(), "https", "the mark")
    search(page, "mockapetris")
    same(page.locator("#rows .where").first.inner_text(), "Assignee: Paul_Mockapetris", "where a hidden column has it")
    search(page, "")


def same_readings(page):
    """The page reads lists of ports like queries.py."""
    names = page.evaluate("[...named.keys(), ...Object.keys(familiar)].filter((name) => name)")
    reader, texts = queries.Reader(names), [*LISTS, *queries.Generator("page").texts(RANDOM_LISTS)]
    read = page.evaluate("""(texts) => texts.map(readList).map(({ items, error }) => items ? items.map(({ name, first, last, bits, hasAddress }) =>
        [name === undefined ? [first, last] : name, TRANSPORTS.filter((_, at) => bits & 1 << at), Boolean(hasAddress)]) : error)""", texts)
    refused = 0
    for text, found in zip(texts, read):
        try:
            expected = [[subject if isinstance(subject, str) else list(subject), sorted(transports or [], key=queries.TRANSPORTS.index), has_address]
                        for subject, transports, has_address in queries.read(text, reader)]
            same(found, expected, f"the reading of {text!r}")
        except queries.Refused as error:
            same(isinstance(found, str), True, f"the page refuses {text!r}, because {error}, and does not read {found!r}")
            refused += 1
    print(f"the page read {len(texts) - refused} random lists, and refused {refused}, like queries.py")


def states(page, address, xml):
    rows = list(rows_of(xml))

    # The address is a link to what the page shows.
    ready(page, address)
    page.fill("#search", "http")
    page.fill("#ports", "0-1023")
    page.uncheck("[value=udp]")
    page.click("#rows th:nth-child(2) button")
    page.click("#rows th:nth-child(2) button")
    names = [cells[0] for cells in shown(page)]
    wanted = [row for row in rows if any("http" in text.lower() for text in row) and row[2] in ("", "tcp", "sctp", "dccp")]
    wanted = [row for row in wanted if row[1] and int(row[1].split("-")[0]) <= 1023]
    wanted.sort(key=lambda row: -int(row[1].split("-")[0]))
    same(names, [row[0] for row in wanted], "names by port downwards")
    same(page.get_attribute("#rows th:nth-child(2)", "aria-sort"), "descending", "aria-sort")
    page.locator("#rows td > button").nth(1).click()
    opened = page.inner_text("#rows .detail")
    page.click("[aria-controls=about]")
    link, before = page.url, shown(page)
    ready(page, link)
    same([shown(page), page.inner_text("#rows .detail"), page.is_visible("#about")], [before, opened, True], "what the link leads to")
    same(page.input_value("#search"), "http", "the text of the link")
    page.click("[type=reset]")
    same(count(page), len(rows), "rows after showing all")

    # Back returns to the last search.
    page.fill("#search", "ssh")
    page.fill("#search", "smtp")
    page.go_back()
    page.wait_for_function("document.getElementById('search').value === 'ssh'")
    same(shown(page)[0][0], "ssh", "the rows after Back")
    page.focus("#search")
    page.keyboard.press("Control+A")
    page.keyboard.type("pop3")
    page.go_back()
    page.wait_for_function("document.getElementById('search').value === 'ssh'")

    # A list of ports that cannot be read shows no rows.
    for ports in ["9-3", "http", "70000", "80,,x"]:
        page.fill("#ports", ports)
        same([count(page), shown(page)], [0, []], f"rows of the ports {ports!r}")
        same("cannot be read" in page.inner_text("#remarks"), True, f"the remark on the ports {ports!r}")
    ready(page, page.url)
    same("cannot be read" in page.inner_text("#remarks"), True, "the remark after a reload")
    page.click("[type=reset]")

    # The keyboard reaches everything, and keeps the focus.
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("http")
    same(shown(page)[0][0], "http", "what is typed after a slash")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    row = "document.activeElement.closest('tr').dataset.row"
    second = page.evaluate(row)
    same(page.evaluate("document.activeElement.closest('tr').rowIndex"), 2, "the row after two arrows")
    page.keyboard.press("Enter")
    same(page.is_visible("#rows .detail"), True, "a detail that Enter opens")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    same(page.evaluate(row), second, "down and up, past a detail")
    page.keyboard.press("Escape")
    same([count(page), page.evaluate(row)], [len(rows), second], "rows and focus after Escape")
    page.focus("#search")
    page.keyboard.type("ssh")
    page.keyboard.press("Escape")
    same([count(page), page.evaluate("document.activeElement.id")], [len(rows), "search"], "rows and focus after Escape in the search")
    page.focus("#rows th:nth-child(1) button")
    page.keyboard.press("Enter")
    same(page.get_attribute("#rows th:nth-child(1)", "aria-sort"), "ascending", "sorted by Enter")
    page.select_option("#sort", "Registration Date")
    same("sort=Registration+Date" in page.url, True, "sorted by a column of the details")
    page.click("[type=reset]")

    # The map names the port under the pointer, and a click shows its rows.
    page.click("[aria-controls=map]")

    def point(port):
        page.evaluate("scrollTo(0, 0)")
        x, y, box = port % 256, port // 256, page.locator("#pixels").bounding_box()
        page.mouse.move(box["x"] + (x + 0.5) * box["width"] / 256, box["y"] + (y + 0.5) * box["height"] / 256)
        return page.inner_text("#port")

    same(point(443), "https 443/tcp: http protocol over TLS/SSL", "443 on the map")
    same(point(6003), "x11 6003/tcp, unauthorized use: X Window System", "6003 on the map")
    same(point(6031), "x11 6031/tcp: X Window System", "6031 on the map, whose range has a note about 6003")
    same(point(60000), "dynamic 60000/tcp", "60000 on the map")
    page.mouse.down()
    page.mouse.up()
    same("60000/tcp: one of the Dynamic Ports" in page.inner_text("#remarks"), True, "what a click on a dynamic port says")
    page.select_option("#map-transport", "udp")
    same(point(465).startswith("igmpv3lite 465/udp"), True, "465 on the map of udp")
    page.locator("#pixels").focus()
    page.keyboard.press("ArrowRight")
    same("466/udp" in page.inner_text("#port"), True, "a step to the right")
    page.keyboard.press("Enter")
    same(shown(page)[0][1], "466", "the rows of a port of the map")
    ready(page, page.url)
    same([page.is_visible("#pixels"), page.input_value("#map-transport")], [True, "udp"], "the map of the link")

    # References link to their documents, and people to the directory if the registry has one.
    search(page, "rfc9110 http")
    page.locator("#rows td > button").first.click()
    href = page.locator("#rows .detail a", has_text="RFC9110").first.get_attribute("href")
    same(href, "https://www.rfc-editor.org/rfc/rfc9110", "where a reference leads")
    root = ElementTree.parse(xml).getroot()
    space = root.tag.removesuffix("registry")
    names = {p.get("id"): " ".join((p.findtext(space + "name") or "").split()) for p in root.iter(space + "person")}
    same(page.is_visible("[aria-controls=people]"), bool(names), "whether there are people")
    if names:
        search(page, "tcpmux")
        page.locator("#rows td > button").first.click()
        link = page.locator("#rows .detail dd a[href^='#search=']:not([href*=row])").first
        person = link.inner_text()
        link.click()
        same(page.locator(".card strong").all_inner_texts(), [names[person]], "a person")
        same([page.input_value("#search"), "person=" in page.url], ["tcpmux", True], "the search and the person in the address")
    experts = (root.findtext(space + "expert") or "").splitlines()
    page.click("[aria-controls=about]")
    about = page.inner_text("#about")
    same([line for line in experts if " ".join(line.split()) not in about], [], "the experts that are not shown")

    # The page keeps the theme after a reload.
    back = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(back)
    page.click("#theme")
    light = page.evaluate(back)
    ready(page, address)
    same([light != dark, page.evaluate(back)], [True, light], "the background after the button and a reload")
    page.evaluate("localStorage.clear()")


def sizes(page, address):
    for width, height in [*SIZES, (640, 400), (320, 256)]:
        size = f"{width}x{height}"
        page.set_viewport_size({"width": width, "height": height})
        ready(page, address)
        same(page.locator("#search").bounding_box()["y"] < height / 2, True, f"the search is on the first screen, {size}")
        first_is_in_view(page, size)
        same(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), True, f"nothing is too wide, {size}")
        visible = page.evaluate("[...document.querySelector('#rows tr[data-row]').cells].every((cell) => cell.getBoundingClientRect().right <= innerWidth)")
        same(visible, True, f"every column is visible, {size}")

        # After scrolling, a search shows its first hit, and every hit can be reached.
        page.evaluate("scrollTo(0, 20000)")
        page.wait_for_timeout(100)
        page.keyboard.press("/")
        page.keyboard.type("http")
        first_is_in_view(page, f"after a search, {size}")
        to_the_end(page)
        same(len(shown(page)), count(page), f"every hit is there, {size}")
        page.keyboard.press("Escape")
        page.keyboard.type("8080")
        first_is_in_view(page, f"after another search, {size}")
        page.keyboard.press("Escape")
        before = len(shown(page))
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(100)
        same(len(shown(page)) > before, True, f"more rows come when all are wanted, {size}")

        # A click opens the details of a row, which are not too wide.
        page.fill("#search", "6000-6063/tcp")
        page.locator("#rows td:nth-child(5)").first.click()
        same(page.is_visible("#rows .detail"), True, f"a detail that a click opens, {size}")
        for name in ["map", "people", "about"]:
            if page.is_visible(f"[aria-controls={name}]"):
                page.click(f"[aria-controls={name}]")
        same(page.evaluate("document.documentElement.scrollWidth <= innerWidth"), True, f"nothing opened is too wide, {size}")
    page.set_viewport_size({"width": 1280, "height": 800})


def accessible(page, address):
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ["light", "dark"]:
            page.emulate_media(color_scheme=scheme)
            for state in ["#search=8080", "#search=http+dns&open=more-filters,map,about&row=53/tcp/domain", "#search=domain&ports=x"]:
                ready(page, address + state)
                page.evaluate(AXE)
                found = page.evaluate("axe.run().then((run) => run.violations.map(({ id, nodes }) => [id, nodes[0].html]))")
                same(found, [], f"what axe-core finds, {width}x{height}, {scheme}, {state}")
    # Borders of controls need a contrast of 3 to 1, by the formula of WCAG 2.
    ratio = """(() => {
        const light = (color) => color.match(/[0-9.]+/g).slice(0, 3).map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0.05);
        const both = [getComputedStyle(document.getElementById("search")).borderTopColor, getComputedStyle(document.body).backgroundColor];
        const [one, other] = both.map(light);
        return Math.max(one, other) / Math.min(one, other);
    })()"""
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        same(page.evaluate(ratio) >= 3, True, f"contrast of borders, {scheme}")
    same(page.get_attribute("#count", "role"), "status", "the count is announced")
    page.set_viewport_size({"width": 1280, "height": 800})


def printed(page, address):
    def pages():
        start = time.monotonic()
        document = page.pdf(format="A4")
        return len(re.findall(rb"/Type\s*/Page\b", document)), time.monotonic() - start

    ready(page, address + "#search=dns")
    rows, (number, _) = count(page), pages()
    same([rows <= 70, number <= 3], [True, True], f"at most three pages for {rows} rows: {number}")
    print(f"{rows} rows take {number} pages of A4")
    ready(page, address)
    before = len(shown(page))
    number, seconds = pages()
    same(number > page.evaluate("list.order.length") / 100, True, "pages for every row")
    print(f"everything takes {number} pages of A4 and {seconds:.1f} s")
    same(abs(len(shown(page)) - before) <= 120, True, "the rows of the printer go again")
    page.emulate_media(media="print")
    same([page.is_visible("#filters"), page.is_visible("#rows thead")], [False, True], "form and headings on paper")
    page.emulate_media(media="screen")


def without_scripts(browser, address, xml):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    rows = [row for row in rows_of(xml) if row[1] and int(row[1].split("-")[0]) <= 1023]
    same(page.locator("#plain tbody tr").count(), len(rows), "rows without JavaScript")
    cells = page.locator("#plain tbody tr").last.locator("td").all_inner_texts()
    same(cells[:3] + cells[4:], rows[-1][:4], "the last row without JavaScript")
    same(page.locator("#plain a").first.get_attribute("href"),
         "https://www.iana.org/assignments/service-names-port-numbers", "the link without JavaScript")
    same([page.is_visible("#search"), page.is_visible("button")], [False, False], "controls without JavaScript")


def hostile(page, address):
    page.add_init_script("window.hits = []; window.hit = (where) => window.hits.push(where)")
    ready(page, address + "#search=hostile")
    same(len(shown(page)), 1, "rows of the overlay")
    same("</script><script>hit('description')</script> {script} ]]> &lt;" in shown(page)[0][4], True, "the description")
    page.locator("#rows td > button").first.click()
    facts = dict(zip(page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts()))
    same(facts["Assignee"], "<script>hit('assignee')</script>", "the assignee")
    same(facts["Contact"], "<script>hit('contact')</script>", "the contact")
    same(facts["Reference"], "javascript:hit('reference') <img src=x onerror=\"hit('text')\">", "the references")
    same(page.locator("#rows a").count(), 0, "links of the references")
    same(facts["Unauthorized Use Reported"], "<script>hit('unauthorized')</script>", "the unauthorized use")
    same(facts["Assignment Notes"], "<!-- <script>hit('note')</script>", "the note")
    same(page.get_attribute("#rows tbody tr", "class"), "overlay", "the mark of the overlay")
    page.fill("#search", "50001")
    own = shown(page)[0]
    same([own[0], own[4]], ["<script>hit('name')</script>", "<script>hit('comment')</script>"], "a local name")
    page.fill("#search", "<script>hit('search')</script>")
    page.fill("#ports", "<script>hit('ports')</script>")
    same(page.evaluate("window.hits"), [], "what ran")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: \"hit('policy')\" }))")
    same(page.evaluate("window.hits"), [], "what the policy lets run")


def visits(browser, address, xml, program):
    """The tasks of visitors in Chromium and in Firefox, and pages whose script fails."""
    rows, broken = list(rows_of(xml)), Path(sys.argv[1]).resolve().with_suffix(".broken.html")
    broken.write_text(Path(sys.argv[1]).read_text().replace('id="data">{', 'id="data">', 1))
    chromium = browsers.Chromium(browser, NEWER)
    tasks.run(chromium, address, rows, program, same)
    same(chromium.said, [], "errors in Chromium")
    tasks.broken_script(chromium, broken.as_uri(), same)
    for missing in ["Array.prototype.flatMap", "URLSearchParams", "Element.prototype.replaceChildren"]:
        tasks.broken_script(browsers.Chromium(browser, f"delete {missing}" if "." in missing else f"delete window.{missing}"), address, same)
    program_of_firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program_of_firefox:
        print("skipped: Firefox is not installed, and cannot be installed")
        return
    firefox = browsers.Firefox(program_of_firefox)
    try:
        tasks.run(firefox, address, rows, program, same)
        tasks.broken_script(firefox, broken.as_uri(), same)
        firefox.size(1280, 800)
        tasks.Visitor(firefox, address, same).open("#ports=0-3999")
        start = time.monotonic()
        firefox.pdf()
        seconds = time.monotonic() - start
        print(f"Firefox {firefox.version} prints 4,000 ports in {seconds:.1f} s")
        same(seconds < 60, True, "a minute to print 4,000 ports")
    finally:
        firefox.close()


def pictures(browser, address, folder):
    for name, scheme, (width, height), state in [("light", "light", (1280, 800), "#search=http"), ("dark", "dark", (1280, 800), "#search=http"),
                                                 ("phone", "light", (375, 667), "#search=dns&row=53/tcp/domain")]:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
        ready(page, address + state)
        page.screenshot(path=f"{folder}/page-{name}.png")


def main():
    address, (what, *rest) = Path(sys.argv[1]).resolve().as_uri(), sys.argv[2:]
    with sync_playwright() as playwright:
        # Chromium has no sandbox for root in a container.
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        said, asked = [], []

        def watched(**options):
            page = browser.new_context(viewport={"width": 1280, "height": 800}, **options).new_page()
            page.add_init_script(NEWER)
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("request", lambda request: asked.append(request.url))
            return page

        if what == "pictures":
            pictures(browser, address, *rest)
        elif what == "hostile":
            hostile(watched(), address)
            # The test itself causes these messages.
            said[:] = [text for text in said if "Content Security Policy" not in text]
        else:
            page = watched()
            searches(page, address, what, rest[0])
            states(page, address, what)
            without_scripts(browser, address, what)
            if rest[1:] != ["contents"]:
                sizes(page, address)
                printed(page, address)
                accessible(watched(bypass_csp=True), address)  # axe-core is a script too
                visits(browser, address, what, rest[0])
        same(said, [], "what the browser complains of")
        same([url for url in asked if not url.startswith(("file:", "about:"))], [], "what was fetched")
        browser.close()
    print(f"{same.checks} checks passed")


main()
