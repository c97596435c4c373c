"""What visitors come for, in a browser of browsers.py: only pointer, keys and links, and what the page then shows."""

import re
import subprocess

# The words whose letters are not in one line, in these elements.
BROKEN = r"""const broken = [];
    for (const part of document.querySelectorAll(arguments[0])) {
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/\p{L}+/gu)) {
            const range = document.createRange();
            range.setStart(walker.currentNode, word.index);
            range.setEnd(walker.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word[0]);
        }
    }
    return broken;"""

# Names that nobody registered.
TYPOS = ["httpss", "htpp", "postgers", "msyql", "ftpd", "imapss", "ldasp", "rsycn", "smptp", "telnt"]


class Visitor:
    def __init__(self, driver, address, same):
        self.driver, self.address, self.js, self.same = driver, address, driver.js, same

    def open(self, state=""):
        self.driver.open(self.address + state)
        for _ in range(600):
            if self.js("return document.documentElement.dataset.ready"):
                return
            self.wait(100)
        raise TimeoutError(state)

    def wait(self, milliseconds):
        self.js("const end = performance.now() + arguments[0]; while (performance.now() < end);", milliseconds)

    def texts(self, selector):
        return self.js("return [...document.querySelectorAll(arguments[0])].map((part) => part.textContent)", selector)

    def text(self, selector):
        return " ".join(self.texts(selector))

    def rows(self):
        """Name, port, transports, status and description."""
        return self.js("""return [...document.querySelectorAll("#rows tr[data-row]")].map((row) => [...row.cells].map((cell) => {
            const text = cell.cloneNode(true);
            text.querySelectorAll(".where, .badge, .copy").forEach((part) => part.remove());
            return text.textContent;
        }))""")

    def count(self):
        return int(self.text("#count").split()[0])

    def place(self, selector):
        box = self.js("""const part = [...document.querySelectorAll(arguments[0])].find((part) => part.getClientRects().length);
            const { left, top, width, height } = part.getClientRects()[0];
            return [left + Math.min(width / 2, 30), top + height / 2];""", selector)
        return box

    def point(self, selector):
        self.driver.move(*self.place(selector))

    def click(self, selector, count=1):
        self.driver.click(*self.place(selector), count)

    def follow(self, selector):
        """Clicks on a link to another search, and waits for it."""
        value = "return document.getElementById('search').value"
        before = self.js(value)
        self.click(selector)
        for _ in range(100):
            if self.js(value) != before:
                return
            self.wait(100)

    def search(self, text):
        self.click("#search")
        self.driver.press("Control", "a")
        self.driver.type(text)

    def choose(self, name, value):
        self.js("""const field = document.getElementById(arguments[0]);
            field.value = arguments[1];
            field.dispatchEvent(new Event("input", { bubbles: true }));""", name, value)

    def pasted(self):
        """What the clipboard has: the text that the search gets. It drops the ends of lines."""
        self.click("#search")
        self.driver.press("Control", "a")
        self.driver.press("Control", "v")
        return self.js("return document.getElementById('search').value")


def people(visitor, same):
    visitor.search("postgres")
    visitor.click("#rows tr[data-row] td:nth-child(5)")
    before = visitor.js("return scrollY")
    visitor.click("#rows .detail dd a[href='#search=Tom_Lane']")
    same(visitor.texts(".card a"), ["tgl@sss.pgh.pa.us", "postgresql 5432 tcp, udp"], "Tom Lane's address and ports")
    same(visitor.js("return document.querySelector('.card a').href"), "mailto:tgl@sss.pgh.pa.us", "the address is a link")
    same([visitor.js("return scrollY"), visitor.rows()[0][1]], [before, "5432"], "nothing scrolls away")
    visitor.open("#" + visitor.js("return location.hash.slice(1)"))
    same(visitor.texts(".card strong"), ["Tom Lane"], "the link has the card")


def ports(visitor, same):
    visitor.search("8443")
    same(visitor.rows()[0][:4], ["pcsync-https", "8443", "tcp, udp", "Assigned"], "8443")
    same(visitor.text("#rows tr[data-row] td mark"), "8443", "the mark of 8443")
    same("people run https-alt there" in visitor.text("#remarks"), True, "what people run on 8443")


def system_ports(visitor, same, xml_rows):
    visitor.choose("class", "0-1023")
    for transport in ["tcp", "sctp", "dccp"]:
        visitor.click(f"[value={transport}]")
    expected = [row for row in xml_rows if row[1] and int(row[1].split("-")[0]) <= 1023 and row[2] in ("", "udp")]
    same([visitor.count(), visitor.text("#filters-button")], [len(expected), "Filters (2)"], "UDP System Ports")
    visitor.open()
    visitor.search("udp system ports")
    visitor.follow("#remarks a")
    same([visitor.js("return document.getElementById('ports').value"), visitor.count() > 300], ["0-1023", True], "System Ports by words")


def changes(visitor, same, program):
    def said(since):
        lines = subprocess.run([program, "list", "--since", since, "--format", "csv", "--columns", "service_name,first_port,description"],
                               capture_output=True, text=True).stdout.splitlines()[1:]
        return {tuple(line.split(",")[:2]) for line in lines}

    visitor.choose("since", "2026-08-18")
    same([visitor.count(), set(visitor.texts("#rows td:nth-child(6)"))], [17, {"by 2026-10-22"}], "the rows newer than IANA's file")
    same(visitor.texts("#rows th:not([hidden])")[-1], "Changed", "the column of dates")
    visitor.open("#" + visitor.js("return location.hash.slice(1)"))
    same(visitor.count(), 17, "the link to the changes")
    for since in ["2026-08", "2026-06-17"]:
        visitor.open(f"#since={since}")
        rows = {(row[0], row[1].split("-")[0]) for row in visitor.rows()}
        same(rows, said(since), f"changed since {since}, as the command says")
        same(all(date.removeprefix("by ") >= since for date in visitor.texts("#rows td:nth-child(6)")), True, f"dates since {since}")
    visitor.open("#since=2026-10-23")
    same(visitor.count(), 0, "changes after the date of the registry")
    visitor.open("#sort=-Registration+Date")
    same([visitor.texts("#rows th:not([hidden])")[-1], visitor.texts("#rows td:nth-child(6)")[0]], ["Registration Date", "2026-08-17"], "dates of a sorted list")


def free(visitor, same):
    visitor.search("5000")
    visitor.choose("status", "unassigned")
    rows = visitor.rows()
    same([rows[0][1], rows[1][1], {row[3] for row in rows}], ["4992-4998", "5016-5019", {"Unassigned"}], "free near 5000")
    same("5038/tcp: people run asterisk there" in visitor.text("#rows"), True, "what people run on free ports")
    visitor.open()
    visitor.search("free near 5000")
    visitor.follow("#remarks a[href*=unassigned]")
    same(visitor.rows()[0][1], "4992-4998", "free near 5000 by words")
    for status, name in [("reserved", "Reserved"), ("assigned", "Assigned")]:
        visitor.open(f"#status={status}&ports=0-1023")
        same({row[3] for row in visitor.rows()}, {name}, f"rows of the status {status}")
    visitor.open("#status=dynamic")
    same([visitor.count(), "51820/udp: people run wireguard there" in visitor.text("#remarks")], [0, True], "dynamic ports")


def copies(visitor, same):
    visitor.search("https")
    visitor.point("#rows tr[data-row] td:nth-child(5)")
    visitor.click(".copy button:nth-child(2)")
    same(visitor.text(".copy button:nth-child(2)"), "Copied", "the button says so")
    same(visitor.pasted(), "https\t443\ttcp, udp\tAssigned\thttp protocol over TLS/SSL", "the copied row")
    visitor.search("https")
    visitor.point("#rows tr[data-row] td:nth-child(5)")
    visitor.click(".copy button:nth-child(1)")
    link = visitor.pasted()
    same(link, visitor.address + "#search=443%2Ftcp%2Budp&row=443%2Ftcp%2Fhttps", "the copied link")
    visitor.open(link.removeprefix(visitor.address))
    same([visitor.rows()[0][1:3], len(visitor.texts("#rows .detail"))], [["443", "tcp, udp"], 1], "the link to a row")
    same(visitor.texts("#rows .detail dd:nth-of-type(1) a"), ["https 443 tcp", "https 443 udp"], "the rows of the opened line")
    same(visitor.js("return document.querySelector('#rows .detail a[href*=rfc9110]').href"), "https://www.rfc-editor.org/rfc/rfc9110", "the reference of https")
    # A double click selects a word, and leaves the row closed.
    visitor.open("#search=https")
    visitor.click("#rows tr[data-row] td:first-child mark", 2)
    same([visitor.js("return getSelection().toString().trim()"), visitor.texts("#rows .detail")], ["https", []], "a double click on a name")


def prints(visitor, same):
    visitor.open("#search=dns&ports=0-1023&transports=udp")
    same(visitor.text("#asked"), f"dns; ports 0-1023; udp; {visitor.text('#count')}", "what is printed says what was asked")
    same([len(visitor.driver.pdf()) > 20_000, visitor.js("return getComputedStyle(document.getElementById('asked')).display")], [True, "none"], "it is printed only")


def names(visitor, same, program):
    visitor.search("dns")
    same([visitor.rows()[0][:3], "familiar name of domain" in visitor.text("#remarks")], [["domain", "53", "tcp, udp"], True], "dns")
    visitor.search("rdp")
    same([visitor.rows()[0][:2], "people mean 3389/tcp" in visitor.text("#remarks")], [["ms-wbt-server", "3389"], True], "rdp")
    visitor.search("k8s")
    same([[row[:3] for row in visitor.rows()], visitor.texts("#remarks a")], [[["sun-sr-https", "6443", "tcp"]], ["6443/tcp"]], "k8s")
    visitor.follow("#remarks a")
    same([visitor.js("return document.getElementById('search').value"), visitor.rows()[0][0]], ["6443/tcp", "sun-sr-https"], "the link of k8s")
    visitor.search("wireguard")
    same("51820/udp" in visitor.texts("#remarks a"), True, "wireguard has a port")
    for typo in TYPOS:
        said = subprocess.run([program, "lookup", typo], capture_output=True, text=True).stderr
        visitor.search(typo)
        same(visitor.texts("#remarks a"), re.search("closest names are (.*)", said)[1].split(", "), f"suggestions for {typo}")
    visitor.search("httpss")
    visitor.follow("#remarks a")
    same(visitor.rows()[0][1], "443", "the first suggestion for httpss")
    # A report of unauthorized use marks its ports.
    for text, badges in [("6003", ["unauthorized use: 6003"]), ("33436-33655", ["unauthorized use: 33436-33534"]), ("2194", ["unauthorized use"])]:
        visitor.search(text)
        same(visitor.texts("#rows tr:first-child .badge"), badges, f"the mark of {text}")


def maps(visitor, same):
    visitor.click("[aria-controls=map]")
    x, y, width = visitor.js("const { left, top, width } = document.getElementById('pixels').getBoundingClientRect(); return [left, top, width]")
    visitor.driver.move(x + (443 % 256 + 0.5) * width / 256, y + (443 // 256 + 0.5) * width / 256)
    same(visitor.text("#port"), "https 443/tcp: http protocol over TLS/SSL", "443 on the map")
    visitor.driver.click(x + (443 % 256 + 0.5) * width / 256, y + (443 // 256 + 0.5) * width / 256)
    same(visitor.rows()[0][:3], ["https", "443", "tcp"], "a click on the map")


def phone(visitor, same):
    for width, height in [(375, 667), (1280, 800)]:
        visitor.driver.size(width, height)
        for state in ["", "#search=443", "#ports=788-1100", "#status=unassigned", "#search=_&sort=Changed", "#search=-http", "#since=2026-08"]:
            visitor.open(state)
            same(visitor.js(BROKEN, "#rows th, #rows tr[data-row] td, #remarks p"), [], f"broken words, {width} pixels, {state}")
            same(visitor.js("return document.documentElement.scrollWidth <= innerWidth"), True, f"nothing is too wide, {width} pixels, {state}")
    visitor.driver.size(375, 667)
    visitor.open("#search=http")
    lines = "const { height } = document.getElementById('remarks').getBoundingClientRect(); return height / parseFloat(getComputedStyle(document.body).lineHeight)"
    same([visitor.js(lines) < 2, visitor.texts("#remarks a")[:2]], [True, ["8080/tcp", "81/tcp"]], "the remark on http takes a line")
    # With the keyboard alone, on a phone
    visitor.open()
    visitor.driver.press("/")
    visitor.driver.type("ssh")
    visitor.driver.press("ArrowDown")
    visitor.driver.press("Enter")
    same(len(visitor.texts("#rows .detail")), 1, "a row that Enter opens")
    visitor.driver.press("Tab")
    same(visitor.js("return document.activeElement.textContent"), "Copy link", "a button to reach with the keyboard")
    visitor.driver.press("Enter")
    same(visitor.js("return document.activeElement.textContent"), "Copied", "Enter copies")
    visitor.driver.press("Escape")
    same(visitor.js("return document.getElementById('search').value"), "", "Escape")
    visitor.driver.size(1280, 800)


def run(driver, address, xml_rows, program, same):
    """Runs all tasks. `same` compares, and `xml_rows` are the rows of the registry."""
    visitor = Visitor(driver, address, same)
    for task, *arguments in [(people,), (ports,), (system_ports, xml_rows), (changes, program), (free,), (copies,), (prints,), (names, program), (maps,), (phone,)]:
        visitor.open()
        task(visitor, same, *arguments)


def broken_script(driver, address, same):
    """If the script fails, the table of the System Ports stays."""
    driver.open(address)
    for _ in range(100):
        shown = driver.js("return [document.getElementById('plain')?.offsetHeight > 1000, document.getElementById('app').offsetHeight, document.readyState]")
        if shown[2] == "complete":
            break
    same(shown[:2], [True, 0], "the table of a page whose script fails")
    for width in [1280, 375]:
        driver.size(width, 800)
        same(driver.js(BROKEN, "#plain td, #plain th"), [], f"broken words without the script, {width} pixels")
