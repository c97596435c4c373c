"use strict";
// The search: it finds the rows that answer each word, and remarks about the words. A word finds the rows that
// `iana-ports search` and `iana-ports lookup` find.

const { columns, rows, people, maps, kinds, familiar, calls } = JSON.parse(document.getElementById("data").textContent);
const [NAME, PORT, TRANSPORT, STATUS, DESCRIPTION, ASSIGNEE, CONTACT, REGISTERED, MODIFIED, REFERENCE] = ["Service Name",
  "Port Number", "Transport Protocol", "Status", "Description", "Assignee", "Contact", "Registration Date", "Modification Date",
  "Reference"].map((name) => columns.indexOf(name));
const OVERLAY = columns.length, ON = columns.length + 1; // behind the columns
const TRANSPORTS = ["tcp", "udp", "sctp", "dccp"], ANY = TRANSPORTS.join("|");
const OF_DNS = new RegExp(`(?:^|\\.)_([^.]+)\\._(${ANY})(?:\\.|$)`), ON_TRANSPORT = new RegExp(`^(?:(.*)/(${ANY})|(${ANY})[:/](.*))$`);
const SEARCHED = [...columns.keys()].filter((column) => ![STATUS, REGISTERED, MODIFIED].includes(column));

// The texts of a cell. A reference has its target too, which its label may hide.
function parts(row, column) {
  const cell = column === ASSIGNEE && !row[ASSIGNEE].length ? row[CONTACT] : row[column];
  return column === REFERENCE ? cell.flatMap(([shown, , target]) => target ? [shown, target] : [shown]) : [cell].flat();
}

const texts = rows.map((row) => SEARCHED.flatMap((column) => parts(row, column)).join("\u0001").toLowerCase());
const portsOfRow = rows.map((row) => row[PORT] === "" ? null : ranges(row[PORT])[0]);
const named = Map.groupBy(rows.keys(), (index) => rows[index][NAME].toLowerCase());

// The ranges of a list such as 80,8000-8080, null if it cannot be read.
function ranges(text) {
  const items = text.split(",").map((item) => item.trim()).filter((item) => item);
  const pairs = items.map((item) => /^\d+(-\d+)?$/.test(item) ? item.split("-").map(Number) : [NaN]);
  const full = pairs.map(([first, last = first]) => [first, last]);
  return full.every(([first, last]) => first <= last && last <= 65535) ? full : null;
}

// The words of a search. Quotation marks keep words together.
function wordsOf(text) {
  const found = [...text.normalize("NFC").matchAll(/"([^"]*)"?|[^\s"]+/g)];
  return found.map(([word, phrase]) => (phrase ?? word).toLowerCase()).filter((word) => word);
}

// A word as a query: a name, a port or a range, and the transport if there is one.
function query(word) {
  if (named.has(word)) return { subject: word };
  const ofDns = OF_DNS.exec(word);
  if (ofDns) return { subject: ofDns[1], transport: ofDns[2] };
  const [, before, after, first, rest] = ON_TRANSPORT.exec(word) ?? [];
  const subject = before ?? rest ?? word;
  const [, port] = /^(?:\*|::|\[.*\]|(?!\d+:)[\w.-]*):([^:]+)$/.exec(subject) ?? [];
  return { subject: port ?? subject, transport: after ?? first };
}

// The rows and remarks for a name in everyday use.
const meantBy = (name) => Object.hasOwn(familiar, name) ? familiar[name] : undefined;

// The rows that a word names.
function lookup(word) {
  const { subject, transport } = query(word);
  const pair = (ranges(subject) ?? [])[0];
  const all = pair
    ? [...rows.keys()].filter((index) => portsOfRow[index] && portsOfRow[index][0] <= pair[1] && portsOfRow[index][1] >= pair[0])
    : [...named.get(subject) ?? [], ...(subject === word || !named.has(subject) ? (meantBy(subject)?.rows ?? []) : [])];
  const bit = 1 << TRANSPORTS.indexOf(transport);
  return new Set(transport ? all.filter((index) => rows[index][ON] & bit) : all);
}

// Remarks about a word. If the search found no rows, they say why.
function remarksOn(word, isFound) {
  const { subject, transport } = query(word);
  if (meantBy(subject)) return meantBy(subject).remarks;
  const pair = (ranges(subject) ?? [])[0];
  if (!pair && isFound) return [];
  if (!pair) {
    const [, port, other] = /^(\d+(?:-\d+)?)(?:\/(.*))?$/.exec(subject) ?? [];
    if (port && ranges(port) && other) return [`"${word}": ${other} is not one of the transports ${TRANSPORTS.join(", ")}`];
    if (port) return [`"${word}": ${port} is not a port or a range of ports from 0 to 65535`];
    return [];
  }
  if (pair[0] < pair[1]) return [];
  const asked = transport ? [transport] : TRANSPORTS;
  const called = (calls[pair[0]] ?? []).filter((call) => asked.some((name) => call.includes(`/${name}`)));
  const states = asked.map((name) => portsOn(name)).map(({ kind, row }) => row[pair[0]] < 0 ? kinds[kind[pair[0]]][0] : null);
  if (states.includes(null)) return called;
  const alike = Object.entries(Object.groupBy(asked, (_, at) => states[at]));
  return [...called, ...alike.map(([state, on]) => `${pair[0]}/${on.join(",")}: ${MEANINGS[state] ?? state}`)];
}

const MEANINGS = { reserved: "reserved, without a row of its own", dynamic: "one of the Dynamic Ports, 49152-65535, which IANA does not assign" };

// The kind of each port on a transport, and the number of the row that says so.
const expanded = new Map();
function portsOn(transport) {
  if (!expanded.has(transport)) {
    const kind = new Uint8Array(65536), row = new Int32Array(65536);
    let port = 0;
    for (const [length, kindOfRun, rowOfRun] of maps[transport]) {
      kind.fill(kindOfRun, port, port + length);
      row.fill(rowOfRun, port, port + length);
      port += length;
    }
    expanded.set(transport, { kind, row });
  }
  return expanded.get(transport);
}

function keyOf(row, column) {
  if (column === PORT) return row[PORT] === "" ? null : ranges(row[PORT])[0][0];
  return (column === REFERENCE ? row[REFERENCE].map(([shown]) => shown) : parts(row, column)).join(" ").toLowerCase() || null;
}

// The numbers of the rows that a search finds, with the words to mark and the remarks. The rows that the words name come first.
function find({ search, ports, transports, sort, descending }) {
  const pairs = ranges(ports);
  if (!pairs) return { found: [], words: [], marks: [], remarks: [`Ports: "${ports}" cannot be read; write ports such as 443, 0-1023 or 80,8000-8080`] };
  const words = wordsOf(search), exact = words.map(lookup);
  const mask = TRANSPORTS.reduce((mask, name, bit) => transports.includes(name) ? mask | 1 << bit : mask, 0);
  const found = [...rows.keys()].filter((index) => {
    if (!words.every((word, at) => texts[index].includes(word) || exact[at].has(index))) return false;
    if (mask !== 15 && !(rows[index][ON] & mask)) return false;
    const own = portsOfRow[index];
    return !pairs.length || own && pairs.some(([from, to]) => own[0] <= to && own[1] >= from);
  });
  const remarks = words.flatMap((word) => remarksOn(word, found.length > 0));
  if (!found.length) remarks.unshift("No row contains all of this.");
  const marks = [...new Set(words.flatMap((word) => [word, query(word).subject]))];
  if (sort === null) {
    const isExact = (index) => words.length > 0 && exact.every((named) => named.has(index));
    const { true: first = [], false: rest = [] } = Object.groupBy(found, isExact);
    return { found: [...first, ...rest], words, marks, remarks };
  }
  const keys = new Map(found.map((index) => [index, keyOf(rows[index], sort)]));
  const sign = descending ? -1 : 1;
  found.sort((a, b) => {
    const [one, other] = [keys.get(a), keys.get(b)];
    if ((one === null) !== (other === null)) return one === null ? 1 : -1; // comes last, whichever way the rows are sorted
    return one < other ? -sign : one > other ? sign : a - b;
  });
  return { found, words, marks, remarks };
}
