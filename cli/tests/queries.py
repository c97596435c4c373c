"""Reads lists of ports in every notation, independently of the command, and compares the two readers.

queries.py generate SEED COUNT     prints random texts, one on each line
queries.py compare COMMAND FILE    compares what `COMMAND lookup` answers for each line of FILE with this reader
queries.py table FILE.tsv          checks both readers with the lines of FILE: a text, a tab, and what it means (or `!` and a regular
                                   expression for the error)

The command is one argument, such as "cargo run --quiet --package iana-ports-cli --". `table` takes it as a second argument, because
service names come from the command. `compare` prints the first 20 differences. The exit status is 1 if there are differences.
"""

import csv
import io
import ipaddress
import random
import re
import string
import subprocess
import sys
import tempfile

TRANSPORTS = ["tcp", "udp", "sctp", "dccp"]
NUMBERS = {"6": "tcp", "17": "udp", "33": "dccp", "132": "sctp", "136": "udp"}
LETTERS = {"T": "tcp", "U": "udp", "S": "sctp"}
WITHOUT_PORTS = ["icmp", "icmp4", "icmp6", "icmpv6", "ipv6-icmp", "igmp", "gre", "esp", "ah", "ospf", "pim", "vrrp"]

# The characters with the property White_Space. `\\s` and `str.isspace` also include the separators U+001C to U+001F.
SPACE = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
WORD = "(?:" + "|".join(f"[{a}{a.upper()}][{b}{b.upper()}]" + "".join(f"[{c}{c.upper()}]" for c in rest) for a, b, *rest in TRANSPORTS) + ")[46]?"
SET = f"{WORD}(?:[+/]{WORD})*"
BEHIND = rf"(?:{WORD}|{'|'.join(NUMBERS)})"
BEFORE = rf"(?:{WORD}|[{''.join(LETTERS)}])"
HOST = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?"
ZONE = r"%[A-Za-z0-9._-]+"
LABEL = "[A-Za-z0-9_*+-]+"


def is_without_ports(word):
    """True for the protocols above, and for nmap's P, which stands for numbers of IP protocols."""
    return lower(word) in WITHOUT_PORTS or word == "P"


class Refused(Exception):
    """The text is not a list of ports."""


class Item:
    """What one item says. `place` says where it says its transports: before, behind, in a DNS name, or nowhere."""

    def __init__(self, subject, transports=None, place=None, has_address=False):
        self.subject, self.transports, self.place, self.has_address = subject, transports, place, has_address


def lower(text):
    """Converts only ASCII letters, because the Kelvin sign is not a k."""
    return "".join(c.lower() if c.isascii() else c for c in text)


def words_of(text):
    """The transports in a set such as tcp/udp6+17, or T before a colon."""
    parts = re.split("[+/]", text)
    return frozenset(LETTERS.get(part) or NUMBERS.get(part) or lower(part).rstrip("46") for part in parts)


def is_ipv6(text):
    address, percent, zone = text.partition("%")
    if percent and not re.fullmatch("[A-Za-z0-9._-]+", zone):
        return False
    try:
        return bool(ipaddress.IPv6Address(address))
    except ValueError:
        return False


def is_ipv4(text):
    parts = text.split(".")
    return len(parts) == 4 and all(re.fullmatch("[0-9]{1,3}", part) and int(part) <= 255 for part in parts)


class Reader:
    """Reads lists. A text with one of the names means that service, even if it looks like something else."""

    def __init__(self, names):
        self.names = frozenset(map(lower, names))
        self.characters = set(string.ascii_lowercase + string.digits + "-").union(*self.names)

    def number(self, text):
        """A port. Leading zeros are decimal."""
        if len(text.lstrip("0")) > 5 or int(text) > 65535:
            raise Refused(f"{text} is over 65535, the largest port number")
        return int(text)

    def subject(self, text):
        """A port, a range or a name."""
        name = lower(text)
        if name in self.names:
            return name
        if re.fullmatch("[0-9]+", text):
            return (self.number(text),) * 2
        if pair := re.fullmatch("([0-9]+)[-:]([0-9]+)", text):
            first, last = map(self.number, pair.groups())
            if first > last:
                raise Refused(f"{text} runs backwards; write {last}-{first}")
            return first, last
        if open_range := re.fullmatch("([0-9]+)[-:]", text):
            raise Refused(f"{text} has no end; write {open_range[1]}, or {open_range[1]}-65535 for a range")
        if open_range := re.fullmatch("-([0-9]+)", text):
            raise Refused(f"{text} has no start; did you mean 0{text}?")
        if "->" in text:
            raise Refused(f"{text} is a mapping; give one of its ports")
        if text.startswith("!"):
            raise Refused(f"{text} is an exclusion, which is not read; give the ports that you want")
        if re.fullmatch("[+]?[0-9]+[.:]?", text):
            raise Refused(f"{text!r} is not a port; write {text.strip('+.:')}")
        if "/" in text:
            last = text.rpartition("/")[2]
            if is_without_ports(last):
                raise Refused(f"{last} has no ports; expected tcp, udp, sctp or dccp")
            quic = "; QUIC runs on udp" if lower(last) == "quic" else ""
            raise Refused(f"{last!r} is not a transport; expected tcp, udp, sctp or dccp{quic}")
        if re.search(r"(?:^|\.)_[^.]+\._", text):
            raise Refused(f"{text!r} has no transport; expected a label such as _tcp or _udp")
        is_name = set(name) <= self.characters and re.search("[a-z]", name) and not re.fullmatch("0x[0-9a-f]*", name)
        if not is_name:
            raise Refused(f"{text!r} is not a port, a range or a name")
        return name

    def target(self, text):
        """A subject, perhaps with an address or a host before it. Returns the subject, and whether there is an address."""
        if re.fullmatch("[0-9A-F]{8}:[0-9A-F]{4}", text):
            raise Refused(f"{text} is an address and a port in hexadecimal digits; write {int(text[9:], 16)}")
        if (dotted := re.fullmatch(r"(.*)\.([0-9]+)", text)) and is_ipv6(dotted[1]):
            return self.subject(dotted[2]), True
        if lower(text) in self.names or "->" in text or re.fullmatch("[0-9]+:[0-9]*", text):
            return self.subject(text), False
        found = re.fullmatch(r"\[(.*)\]((?:%[^:]*)?):([^:]*)", text)
        if found and is_ipv6(found[1]) and (not found[2] or re.fullmatch(ZONE, found[2])):
            return self.subject(found[3]), True
        if found := re.fullmatch(rf"(\*|[0-9.]+?)(?:{ZONE})?:([^:]*)|(\*|[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+)\.([^:]+)", text):
            address, port = (found[1], found[2]) if found[1] else (found[3], found[4])
            if address == "*" or is_ipv4(address):
                return self.subject(port), True
        if is_ipv4(text) or is_ipv6(text) and not is_ipv6(text.rpartition(":")[0]):
            raise Refused(f"{text} is an address without a port")
        host, colon, port = text.rpartition(":")
        if not colon:
            return self.subject(text), False
        if not host or is_ipv6(host):
            return self.subject(port), True
        if is_without_ports(host):
            raise Refused(f"{host} has no ports; expected tcp, udp, sctp or dccp")
        if re.fullmatch(BEFORE, host):
            raise Refused(f"{text!r} has two transports")
        if re.fullmatch(HOST, host) and not re.fullmatch("[0-9-]+", host):
            return self.subject(port), True
        raise Refused(f"{text!r} is not an address and a port")

    def item(self, text):
        """One item, without what it shares with others."""
        if lower(text) in self.names:
            return Item(lower(text))
        if re.match("[A-Za-z][A-Za-z0-9+.-]*://", text):
            return self.url(text)
        if dns := re.fullmatch(rf"(?:.*?\.)??_({LABEL})\._({'|'.join(TRANSPORTS)})(?:\.[a-z0-9._-]*)?", text, re.ASCII | re.I):
            return self.dns(dns[1], dns[2])
        before = re.fullmatch(rf"({BEFORE}(?:[+/]{BEFORE})*):(.*)|({SET})/(.*)", text)
        if before:
            transports, rest = (before[1], before[2]) if before[1] else (before[3], before[4])
            if re.fullmatch(rf".*/{BEHIND}", rest) and lower(rest) not in self.names:
                raise Refused(f"{text!r} has two transports")
            subject, has_address = self.target(rest)
            return Item(subject, words_of(transports), "before", has_address)
        if behind := re.fullmatch(rf"(.*?)/({BEHIND}(?:[+/]{BEHIND})*)", text):
            subject, has_address = self.target(behind[1])
            return Item(subject, words_of(behind[2]), "behind", has_address)
        subject, has_address = self.target(text)
        return Item(subject, None, None, has_address)

    def url(self, text):
        parts = re.fullmatch(r"([^:]*)://(?:[^/@]*@)?(\[[^\]/]*\]|[^:/]*)(?::([0-9]*))?(?:/.*)?", text)
        if not parts:
            raise Refused(f"{text!r} is not a URL with a host")
        scheme, host, port = parts.groups()
        is_host = is_ipv6(host[1:-1]) if host.startswith("[") else re.fullmatch(HOST, host)
        if not is_host:
            raise Refused(f"{text!r} has no host")
        return Item(self.subject(port) if port else self.subject(scheme), has_address=True)

    def dns(self, name, transport):
        if not re.fullmatch("[0-9]+", name) and not re.search("[A-Za-z]", name):
            raise Refused(f"{name!r} is not a name or a port")
        return Item(self.subject(name), frozenset([lower(transport)]), "dns")

    def read(self, text):
        text = re.sub(f"^[{SPACE}]*\ufeff?[{SPACE}]*|[{SPACE}]+$", "", text)
        if lower(text) in self.names:
            return [(lower(text), None, False)]
        if is_pair(text):
            inside = text[1:-1]
            if text[0] == "(" or inside.count(":") < 2 or re.search(f"[,{SPACE}]", inside):
                text = re.sub(f"^[{SPACE}]+|[{SPACE}]+$", "", inside)
        # An instance with white space: nothing before it looks like a DNS label with an underscore.
        instance = re.fullmatch(rf"([^_,;|].*?)\._({LABEL})\._({'|'.join(TRANSPORTS)})(?:\.[A-Za-z0-9._-]*)?", text, re.ASCII | re.I)
        if instance and re.search(f"[{SPACE}]", instance[1]) and not re.search(rf"[.{SPACE}]_|[,;|]", instance[1]):
            item = self.dns(instance[2], instance[3])
            return [(item.subject, item.transports, item.has_address)]
        return self.shared(re.findall(f"([^,;|{SPACE}]+)([,;|{SPACE}]*)", text))

    def shared(self, pieces):
        """Reads the items, each with the separator behind it, and gives each the transports that it shares with others."""
        if not pieces:
            raise Refused("the list is empty; expected a port or a service name")
        runs, at = [[]], 0
        while at < len(pieces):
            text, separator = pieces[at]
            # Transports that single commas join: they belong to the item before them (53/tcp,udp), to the item after them (tcp,udp/53),
            # or stand alone.
            together = at + 1
            while together < len(pieces) and re.fullmatch(SET, text) and pieces[together - 1][1] == "," and re.fullmatch(SET, pieces[together][0]):
                together += 1
            if re.fullmatch(SET, text) and (len(pieces) > 1 or lower(text) not in self.names):
                found = frozenset().union(*[words_of(piece) for piece, _ in pieces[at:together]])
                previous = runs[-1][-1] if runs[-1] else None
                following = self.item(pieces[together][0]) if together < len(pieces) and pieces[together - 1][1] == "," else None
                if isinstance(previous, Item) and previous.place == "behind":
                    previous.transports |= found
                elif following and following.place == "before":
                    following.transports |= found
                    runs[-1].append(following)
                    together += 1
                else:
                    runs += [[found], []]
                at = together
            else:
                runs[-1].append(self.item(text))
                at += 1
            if pieces[at - 1][1] != ",":
                runs.append([])
        share_in_runs(runs)
        return alone([element for run in runs for element in run])


def is_pair(text):
    """True if the first and the last character are brackets that belong together."""
    if len(text) < 2 or text[0] + text[-1] not in ("[]", "()"):
        return False
    depth = 0
    for at, character in enumerate(text):
        depth += (character == text[0]) - (character == text[-1])
        if depth == 0:
            return at == len(text) - 1
    return False


def share_in_runs(runs):
    """Gives the items of each uninterrupted run the last suffix, or the prefix before them."""
    for run in runs:
        items = [item for item in run if isinstance(item, Item)]
        if items and items[-1].place == "behind" and all(item.place is None for item in items[:-1]):
            for item in items:
                item.transports = items[-1].transports
        prefix = None
        for item in items:
            if item.place:
                prefix = item.transports if item.place == "before" else None
            elif prefix:
                item.transports = prefix


def alone(elements):
    """Gives the items the transport sets that stand alone."""
    merged = []
    for element in elements:
        if merged and not isinstance(element, Item) and not isinstance(merged[-1], Item):
            merged[-1] |= element
        else:
            merged.append(element)
    items = [element for element in merged if isinstance(element, Item)]
    if not items:
        raise Refused("a transport stands without a port; write it as in 53/tcp")
    starts, ends = (not isinstance(merged[at], Item) for at in (0, -1))
    if starts and ends:
        raise Refused("the list begins and ends with a transport, so each port could belong to either")
    current = None
    for element in merged if starts else reversed(merged):
        if not isinstance(element, Item):
            current = element
        elif current and element.transports and element.transports != current:
            raise Refused("a port has two transports that contradict each other")
        elif current:
            element.transports = current
    return [(item.subject, item.transports, item.has_address) for item in items]


def read(text, names):
    """A list of (first and last port, or the name in lower case; the transports or None; whether there is an address). Raises `Refused`."""
    return (names if isinstance(names, Reader) else Reader(names)).read(text)


# Random texts

NAMES = ["http", "https", "ssh", "domain", "HTTP", "914c/g", "cl/1", "z39.50", "novell-lu6.2", "sql*net", "whois++", "EtherNet/IP-1", "tcp", "udp",
         "icmp", "esp", "tcp-aco", "x11", "ipp", "no-such-name", "web_x", "tcp80"]
REFUSED = ["icmp:8", "gre:47", "vrrp:1", "icmp4:8", "443/ah", "ospf:89", "443/icmp", "443/quic", "!443", "a:1->b:2", "0.0.0.0:8080->80/tcp", "80->8080", "1024:", "1024-", ":1024-", "-1024",
           "udp:tcp:53", "90-80", "70000", "T:22,P:1", "00000000:0016", "80/443", "http:/x", "+8080", "0x50", "443.", "80:", "_sip._tls.example.org", "1.2.3.4", "::1", "fe80::1%eth0", "-", "*", "<x>"]
ADDRESSES = ["0.0.0.0:", "127.0.0.1:", ":", "*:", "*.", "127.0.0.1.", "[::1]:", "[::]:", "[fe80::1%eth0]:", "[fe80::1]%eth0:", "127.0.0.53%lo:",
             "::1:", ":::", "::ffff:192.0.2.5:", "fe80::1%eth0:", "db:", "example.org:", "my-host_1:", "2001:db8::2:", "fe80::1%lo0.",
             "::1.", "0100007F:", "00000000:", "9090-9091:"]
SEPARATORS = [",", ",", ",", ", ", ";", "; ", " ", " ", "  ", "|", " | ", ",,", " ,", "\xa0", "\u3000", "\u2003,"]
LABELS = ["_http._tcp", "_printer._sub._http._tcp.local", "My-Printer._ipp._tcp.local.", "_443._tcp.example.org", "_DOMAIN._UDP", "_00443._tcp", "_sip._udp"]
ALPHABET = "0123456789:/.,;|+-*_[]()% tTuUsSpcdx6\xa0k"


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def port(self):
        pick = self.random.choice
        number = str(pick([22, 53, 80, 443, 4000, 6000, 8080, 65535, 0, 6, 17, self.random.randrange(65536)]))
        return pick([number] * 8 + [number.zfill(5)])

    def subject(self):
        kind = self.random.random()
        if kind < 0.6:
            return self.port()
        if kind < 0.75:
            first, last = sorted([int(self.port()), int(self.port())])
            return f"{first}{self.random.choice('--:')}{min(last, first + 50)}"
        return self.random.choice(NAMES)

    def words(self, kinds=""):
        pick = self.random.choice
        word = lambda: pick([pick(["tcp", "udp"])] * 6 + [pick(["sctp", "dccp", "TCP", "Udp", "tcp6", "UDP4"])] * 2 + list(kinds))
        return pick(["/", "+"]).join(word() for _ in range(pick([1, 1, 1, 1, 2, 2, 3])))

    def item(self):
        pick, kind = self.random.choice, self.random.random()
        target = (pick(ADDRESSES) if self.random.random() < 0.25 else "") + self.subject()
        if kind < 0.35:
            return target
        if kind < 0.55:
            return f"{target}/{self.words(NUMBERS)}"
        if kind < 0.62:
            return f"{pick(['53', '22', 'domain'])}/tcp,udp"
        if kind < 0.72:
            return f"{self.words(LETTERS)}:{target}"
        if kind < 0.78:
            return f"{self.words()}/{target}"
        if kind < 0.80:
            return f"tcp,udp{pick(':/')}{target}"
        if kind < 0.86:
            scheme, user = pick(["https", "postgresql", "SSH", "foo"]), pick(["", "me@", "me:x@"])
            host, port = pick(["db", "10.0.0.1", "[::1]"]), pick(["", f":{self.port()}"])
            return f"{scheme}://{user}{host}{port}{pick(['', '/', '/login'])}"
        if kind < 0.90:
            return pick(LABELS)
        if kind < 0.97:
            return self.words()
        return pick(REFUSED)

    def text(self):
        pick = self.random.choice
        if self.random.random() < 0.01:
            text = pick(["My Printer._ipp._tcp.local.", "Living Room._http._tcp", "a b c._printer._tcp.local"])
        else:
            text = self.item()
            separator = pick(SEPARATORS)
            while self.random.random() < 0.6 and len(text) < 120:
                text += (separator if self.random.random() < 0.7 else pick(SEPARATORS)) + self.item()
        if self.random.random() < 0.06:
            text = pick(["[{}]", "({})", "[ {} ]"]).format(text)
        if self.random.random() < 0.03:
            text = pick([" {}", "{} ", "{},", ",{}", "\ufeff{}"]).format(text)
        if self.random.random() < 0.25:
            at, letter = self.random.randrange(len(text)), pick(ALPHABET)
            end = pick([at, at + 1])
            text = text[:at] + pick(["", letter, letter]) + text[end:]
        return text

    def texts(self, count):
        while count:
            text = self.text()
            if re.sub(f"[{SPACE}\ufeff]", "", text) and not re.match(f"[{SPACE}\ufeff]*#", text):
                count -= 1
                yield text


# Comparisons

# A query that stands between the texts in the input, so that its answer separates theirs. No text is equal to it.
BETWEEN = "64999/dccp"

REFUSED_ROW = ("refused", "", "", "", "")


def answers(command, texts):
    """The rows that the command prints for each text, without the columns that repeat the text or explain it. `REFUSED_ROW` replaces
    the rows of a text that the command refuses; names that are not registered have no rows."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n") as file:
        file.write("".join(f"{text}\n{BETWEEN}\n" for text in texts))
        file.flush()
        run = subprocess.run([*command, "lookup", "--format", "csv", "--file", file.name], capture_output=True, encoding="utf-8")
    found = [set()]
    for row in csv.DictReader(io.StringIO(run.stdout, newline="")):
        if row["query"] == BETWEEN:
            found.append(set())
        elif not row["remark"]:
            found[-1].add(tuple(row[column] for column in ("service_name", "first_port", "last_port", "transport", "status")))
        elif not re.search("is not (?:registered$|registered;|on [a-z, ]+; it is on)", row["remark"]):
            found[-1].add(REFUSED_ROW)
    if len(found) != len(texts) + 1:
        sys.exit(f"the command answered {len(found) - 1} of {len(texts)} texts: {run.stderr[:1000]}")
    return found[:-1]


def plain(subject, transports):
    """The plainest queries for an item. tcp/udp would be a transport set, so the service tcp on udp is a DNS name."""
    name = subject if isinstance(subject, str) else "-".join(map(str, sorted(set(subject))))
    form = "_{}._{}" if name in TRANSPORTS else "{}/{}"
    return [form.format(name, transport) for transport in sorted(transports)] if transports else [name]


def lines(path):
    with open(path, encoding="utf-8", newline="\n") as file:
        return [line for line in file.read().split("\n") if line.strip()]


def compare(command, texts):
    readings, reader = [], Reader(registered(command))
    for text in texts:
        try:
            readings.append([(item, query) for item in read(text, reader) for query in plain(*item[:2])])
        except Refused as error:
            readings.append(error)
    meanings = {pair for reading in readings if not isinstance(reading, Refused) for pair in reading}
    queries = sorted({query for item, query in meanings if not isinstance(item[0], str) or item[0] in reader.names})
    rows_of = dict(zip(queries, answers(command, queries)))
    differences = refused = 0
    for text, reading, found in zip(texts, readings, answers(command, texts)):
        if isinstance(reading, Refused):
            refused, expected, said = refused + 1, {REFUSED_ROW}, f"refused: {reading}"
        else:
            expected = {row for _, query in reading for row in rows_of.get(query, ())}
            said = " ".join(dict.fromkeys(query for _, query in reading))
        if found == expected:
            continue
        differences += 1
        if differences <= 20:
            more, less = sorted(found - expected), sorted(expected - found)
            print(f"{text!r}: expected {said}; the command has {shown(more) or 'nothing'} in addition, and lacks {shown(less) or 'nothing'}")
    print(f"{differences} of {len(texts)} texts differ; {refused} were refused")
    return differences == 0


def shown(rows):
    texts = [f"{name or '?'} {first}-{last}/{transport}" for name, first, last, transport, _ in rows[:3]]
    return ", ".join(texts + ["..."] * (len(rows) > 3))


def registered(command=("cargo", "run", "--quiet", "--package", "iana-ports-cli", "--")):
    said = subprocess.run([*command, "export", "csv"], capture_output=True, encoding="utf-8", check=True).stdout
    return {row["Service Name"] for row in csv.DictReader(io.StringIO(said, newline="")) if row["Service Name"]}


def meaning(items):
    """A reading as the tables write it: 22/tcp 6000-6010/* https/udp."""
    names = [(subject if isinstance(subject, str) else "-".join(map(str, sorted(set(subject)))), transports) for subject, transports, _ in items]
    return [f"{name}/{transport}" for name, transports in names for transport in transports or "*"]


def port_by_port(meaning):
    """Writes each range of at most 100 ports as its ports, because a table may write 80/tcp 81/tcp for 80-81/tcp."""
    found = set()
    for part in meaning:
        subject, _, transport = lower(part).rpartition("/")
        pair = re.fullmatch("([0-9]+)-([0-9]+)", subject)
        ports = range(int(pair[1]), int(pair[2]) + 1) if pair else []
        found |= {f"{port}/{transport}" for port in ports} if 0 < len(ports) <= 100 else {lower(part)}
    return found


def table(path, command):
    reader, wrong, count, texts = Reader(registered(command)), 0, 0, []
    for line in lines(path):
        written, _, expected = line.partition("\t")
        text = written.replace("<TAB>", "\t")
        count += 1
        texts.append(text)
        try:
            found = port_by_port(meaning(read(text, reader)))
            is_right = not expected.startswith("!") and found == port_by_port(expected.split())
        except Refused as error:
            found = f"refused: {error}"
            is_right = expected.startswith("!") and re.search(expected[1:].strip(), str(error))
        run = subprocess.run([*command, "lookup", "--", text], capture_output=True, encoding="utf-8")
        if expected.startswith("!"):
            is_right = is_right and run.returncode == 2 and re.search(expected[1:].strip(), run.stderr)
        if not is_right:
            wrong += 1
            print(f"{written!r}: expected {expected}, found {found}, and the command said {run.stderr!r}")
    print(f"{count - wrong} of {count} lines hold")
    return wrong == 0 and compare(command, texts)


def main():
    mode, *rest = sys.argv[1:] or ["help"]
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    if mode == "generate" and len(rest) == 2:
        for text in Generator(rest[0]).texts(int(rest[1])):
            print(text)
    elif mode == "compare" and len(rest) == 2:
        sys.exit(not compare(rest[0].split(), lines(rest[1])))
    elif mode == "table" and len(rest) in (1, 2):
        command = rest[1].split() if rest[1:] else ["cargo", "run", "--quiet", "--package", "iana-ports-cli", "--"]
        sys.exit(not table(rest[0], command))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
