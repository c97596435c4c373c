"use strict";
// The search finds the rows that answer every word, and the rows of a list of ports and names, with remarks about them. A word
// finds the rows that `iana-ports search` and `iana-ports lookup` find.

const { columns, rows, people, maps, kinds, meanings, familiar, calls, hints } = JSON.parse(document.getElementById("data").textContent);
const [NAME, PORT, TRANSPORT, STATUS, DESCRIPTION, ASSIGNEE, CONTACT, REGISTERED, MODIFIED, REFERENCE] = columns.keys();
const OVERLAY = columns.length, CHANGED = OVERLAY - 1, ON = OVERLAY + 1, MISUSE = OVERLAY + 2, RUN = OVERLAY + 3; // behind the columns
const DATES = [REGISTERED, MODIFIED, CHANGED];
const TRANSPORTS = ["tcp", "udp", "sctp", "dccp"];
const SEARCHED = [...columns.keys()].filter((column) => ![STATUS, ...DATES].includes(column));

// Rows that differ only in the transport have the number of the first one in common.
const twins = rows.map((row, index) => row.length > 3 ? index : row[0]);
rows.forEach((row, index) => {
  if (row.length > 3) row[CHANGED] ||= row[MODIFIED] || row[REGISTERED];
  else rows[index] = Object.assign([...rows[row[0]]], { [TRANSPORT]: row[1], [ON]: row[2] });
});

// The texts of a cell. A reference has its target too, which its label may hide.
function parts(row, column) {
  const cell = column === ASSIGNEE && !row[ASSIGNEE].length ? row[CONTACT] : row[column];
  return column === REFERENCE ? cell.flatMap(([shown, , target]) => target ? [shown, target] : [shown]) : [cell].flat();
}

const texts = rows.map((row) => SEARCHED.flatMap((column) => parts(row, column)).join("\u0001").toLowerCase());
const portsOfRow = rows.map((row) => row[PORT] === "" ? null : ranges(row[PORT])[0]);
const withPorts = [...rows.keys()].filter((index) => portsOfRow[index]);
const named = new Map();
rows.forEach((row, index) => {
  const name = row[NAME].toLowerCase();
  if (named.has(name)) named.get(name).push(index);
  else named.set(name, [index]);
});

// The ranges of a list such as 80,8000-8080, null if it cannot be read.
function ranges(text) {
  const items = text.split(",").map((item) => item.trim()).filter(Boolean);
  const pairs = items.map((item) => /^\d+(-\d+)?$/.test(item) ? item.split("-").map(Number) : [NaN]);
  const full = pairs.map(([first, last = first]) => [first, last]);
  return full.every(([first, last]) => first <= last && last <= 65535) ? full : null;
}

// The words of a search. Quotation marks keep words together.
function wordsOf(text) {
  const found = [...text.normalize("NFC").matchAll(/"([^"]*)"?|[^\s"]+/g)];
  return found.map(([word, phrase]) => phrase ?? word).filter(Boolean);
}

// Lists of ports. cli/tests/queries.py has a second reader with the same rules, and the test of the page compares the two.

const SPACE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
// In any case, but nmap's letters are capitals
const ANY = TRANSPORTS.join("|").replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`), WORD = `(?:${ANY})[46]?`;
const OTHER_NAMES = { 6: "tcp", 17: "udp", 33: "dccp", 132: "sctp", 136: "udp", t: "tcp", u: "udp", s: "sctp" };
const setOf = (words) => `(?:${words})(?:[+/](?:${words}))*`, SET = setOf(WORD), BEFORE = setOf(`${WORD}|[TUS]`), BEHIND = setOf(`${WORD}|6|17|33|132|136`);
const BYTE = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)", ADDRESS = `(?:\\*|(?:${BYTE}\\.){3}${BYTE})`;
const pattern = (source) => new RegExp(`^(?:${source})$`, "s");
const [IS_SET, IS_BEFORE, HAS_BEFORE, HAS_BEHIND] = [SET, BEFORE, `(${BEFORE}):(.*)|(${SET})/(.*)`, `(.*?)/(${BEHIND})`].map(pattern);
const HAS_SCHEME = /^[A-Za-z][A-Za-z\d+.-]*:\/\//, IS_URL = pattern("([^:]*)://(?:[^/@]*@)?(\\[[^\\]/]*\\]|[^:/]*)(?::(\\d*))?(?:/.*)?");
const IS_HOST = /^[\w-]+(?:\.[\w-]+)*\.?$/, IS_ADDRESS = pattern(`|${ADDRESS}(?:%[\\w.-]+)?`), HAS_DOT = pattern(`${ADDRESS}\\.([^:]+)`);
const LABEL = "[\\w*+-]+", IS_DNS = pattern(`(?:.*?\\.)??_(${LABEL})\\._(${ANY})(?:\\.[\\w.-]*)?`);
const IS_INSTANCE = pattern(`([^_,;|].*?)\\._(${LABEL})\\._(${ANY})(?:\\.[\\w.-]*)?`);
const WITHOUT_PORTS = ["icmp", "icmp4", "icmp6", "icmpv6", "ipv6-icmp", "igmp", "gre", "esp", "ah", "ospf", "pim", "vrrp"];

class Refusal extends Error {}
const refuse = (why) => { throw new Refusal(why); };
const lower = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()); // the Kelvin sign is not a k
const meantBy = (name) => Object.hasOwn(familiar, name) ? familiar[name] : undefined;
const isKnown = (name) => named.has(name) && name !== "" || meantBy(name) !== undefined;
const bitsOf = (set) => lower(set).split(/[+/]/)
  .reduce((bits, word) => bits | 1 << TRANSPORTS.indexOf(OTHER_NAMES[word] ?? word.replace(/[46]$/, "")), 0);

function isIpv6(text) {
  const [, address] = /^([\da-f:.]*:[\da-f:.]*)(?:%[\w.-]+)?$/i.exec(text) ?? [];
  if (address === undefined || /[:.]0\d+\.|\.0\d+$/.test(address)) return false; // octal numbers
  try { return !!new URL(`http://[${address}]/`); } catch { return false; }
}

// A port, a range or a name.
function subjectOf(text) {
  const name = lower(text), [, start, end = start] = /^(\d+)(?:[-:](\d+))?$/.exec(text) ?? [], [first, last] = [Number(start), Number(end)];
  if (isKnown(name)) return { name };
  if (first <= last && last <= 65535) return { first, last };
  if (start) refuse(`${text} is not a port or a range of ports from 0 to 65535`);
  if (text.includes("->")) refuse(`${text} is a mapping; search for one of its ports`);
  if (text.includes("/")) refuse(`${text.replace(/.*\//s, "")} is not one of the transports ${TRANSPORTS.join(", ")}`);
  const isName = /^[a-z\d*+._-]*[a-z][a-z\d*+._-]*$/.test(name) && !/^0x[\da-f]*$|(?:^|\.)_[^.]+\._/.test(name);
  return isName ? { name } : refuse(/\d/.test(text) ? `${text} is not a port, a range of ports or a name` : ""); // "" for plain text
}

// A subject, perhaps with an address or a host before it.
function targetOf(text) {
  const [, host, port] = /^(.*):([^:]*)$/s.exec(text) ?? [], [, behindDot] = HAS_DOT.exec(text) ?? [];
  const [, ipv6, behindIpv6] = /^(.*)\.(\d+)$/s.exec(text) ?? [];
  if (/^[\dA-F]{8}:[\dA-F]{4}$/.test(text)) refuse(`${text} has hexadecimal digits; search for ${parseInt(port, 16)}`);
  if (isKnown(lower(text)) || text.includes("->") || /^\d+:\d*$/.test(text)) return subjectOf(text);
  if (isIpv6(ipv6 ?? "")) return { ...subjectOf(behindIpv6), hasAddress: true };
  if (behindDot) return { ...subjectOf(behindDot), hasAddress: true };
  if (host === undefined) return subjectOf(text);
  const [, inBrackets] = /^\[(.*)\](?:%[\w.-]+)?$/s.exec(host) ?? [];
  if (IS_ADDRESS.test(host) || isIpv6(inBrackets ?? host)) return { ...subjectOf(port), hasAddress: true };
  if (WITHOUT_PORTS.includes(lower(host)) || host === "P") refuse(`${host} has no ports`);
  if (IS_BEFORE.test(host)) refuse(`${text} has two transports`);
  return IS_HOST.test(host) && !/^[\d-]+$/.test(host) ? { ...subjectOf(port), hasAddress: true } : refuse(`${text} is not an address and a port`);
}

// Reads an item: its subject, its transports as bits (0 if it names none), and where it names them.
function itemOf(text) {
  if (isKnown(lower(text))) return { name: lower(text), bits: 0 };
  if (HAS_SCHEME.test(text)) {
    const [, scheme, host, port] = IS_URL.exec(text) ?? refuse(`${text} is not a URL with a host`);
    if (!(host.startsWith("[") ? isIpv6(host.slice(1, -1)) : IS_HOST.test(host))) refuse(`${text} has no host`);
    return { ...subjectOf(port || scheme), bits: 0, hasAddress: true };
  }
  const dns = IS_DNS.exec(text), behind = HAS_BEHIND.exec(text), before = HAS_BEFORE.exec(text);
  if (dns) return ofDns(dns[1], dns[2]);
  if (before) {
    const set = before[1] ?? before[3], rest = before[2] ?? before[4];
    if (HAS_BEHIND.test(rest) && !isKnown(lower(rest))) refuse(`${text} has two transports`);
    return { ...targetOf(rest), bits: bitsOf(set), place: "before" };
  }
  return behind ? { ...targetOf(behind[1]), bits: bitsOf(behind[2]), place: "behind" } : { ...targetOf(text), bits: 0 };
}

function ofDns(label, transport) {
  if (!/^\d+$|[a-z]/i.test(label)) refuse(`${label} is not a name or a port`);
  return { ...subjectOf(label), bits: bitsOf(transport), place: "dns" };
}

// True if the first and the last character are brackets that belong together.
function isInBrackets(text) {
  const [open, close] = /^\[.*\]$/s.test(text) ? "[]" : /^\(.*\)$/s.test(text) ? "()" : "";
  let depth = 0;
  return open !== undefined && [...text].every((letter, at, all) => {
    depth += (letter === open) - (letter === close);
    return depth > 0 || at === all.length - 1;
  }) && depth === 0;
}

// The items of a list, each with its transports, including those that it shares with its neighbors.
function itemsOf(list) {
  const trimmed = new RegExp(`^[${SPACE}]*\ufeff?[${SPACE}]*|[${SPACE}]+$`, "g");
  let text = list.replace(trimmed, "");
  if (isKnown(lower(text))) return [itemOf(text)];
  const isAddress = /^\[[^:]*:[^:]*:/.test(text) && !new RegExp(`[,${SPACE}]`).test(text);
  if (isInBrackets(text) && !isAddress) text = text.slice(1, -1).replace(new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g"), "");
  // The name of a DNS-SD instance may contain white space.
  const [, instance, label, transport] = IS_INSTANCE.exec(text) ?? [];
  if (instance && new RegExp(`[${SPACE}]`).test(instance) && !new RegExp(`[.${SPACE}]_|[,;|]`).test(instance)) return [ofDns(label, transport)];

  return itemsOfPieces([...text.matchAll(new RegExp(`([^,;|${SPACE}]+)([,;|${SPACE}]*)`, "g"))]
    .map(([, piece, separator]) => ({ piece, isJoined: separator === "," })));
}

// The items of the pieces of a list. A single comma joins a piece to the next one.
function itemsOfPieces(pieces) {
  const isSet = (at) => at < pieces.length && IS_SET.test(pieces[at].piece) && (pieces.length > 1 || !isKnown(lower(pieces[at].piece)));
  const elements = []; // items, and transport sets that stand alone
  let run = [];
  const endRun = () => {
    share(run);
    run = [];
  };
  for (let at = 0; at < pieces.length;) {
    let bits = 0, isJoined = true; // the transports that single commas join
    for (; isSet(at) && isJoined; at++) {
      bits |= bitsOf(pieces[at].piece);
      ({ isJoined } = pieces[at]);
    }
    const item = at < pieces.length && isJoined && !isSet(at) ? itemOf(pieces[at].piece) : null, last = run[run.length - 1];
    const isOfItem = item && (!bits || item.place === "before" && last?.place !== "behind");
    if (isOfItem) {
      item.bits |= bits;
      run.push(item);
      elements.push(item);
      ({ isJoined } = pieces[at++]);
    } else if (last?.place === "behind") {
      last.bits |= bits;
    } else {
      endRun();
      elements.push({ set: bits });
    }
    if (!isJoined) endRun();
  }
  endRun();
  return withSets(elements);
}

// In an uninterrupted run, the last suffix counts for all items if no other item has a transport, and a prefix counts until the next
// item that has one.
function share(run) {
  const last = run[run.length - 1];
  if (last?.place === "behind" && run.every((item) => item === last || !item.place)) run.forEach((item) => { item.bits = last.bits; });
  let prefix = 0;
  run.forEach((item) => {
    if (item.place) prefix = item.place === "before" ? item.bits : 0;
    else item.bits ||= prefix;
  });
}

// Gives the items the transport sets that stand alone. If the list begins with a set, each set counts for the items that follow it,
// otherwise for those before it.
function withSets(elements) {
  const items = elements.filter(({ set }) => !set), isFirst = elements[0]?.set, isLast = elements[elements.length - 1]?.set;
  if (!items.length) refuse(elements.length ? "a transport is no list of ports; write it as in 53/tcp" : "");
  if (isFirst && isLast) refuse("the list begins and ends with a transport");
  let current = 0, isNext = false;
  (isFirst ? elements : [...elements].reverse()).forEach((element) => {
    if (element.set) current = isNext ? current | element.set : element.set;
    else if (current && element.bits && element.bits !== current) refuse("a port has two transports that contradict each other");
    else element.bits ||= current;
    isNext = element.set > 0;
  });
  return items;
}

// Reads a list of ports and names. Returns its items, or an error that says why it is not one.
function readList(text) {
  try {
    return { items: itemsOf(text) };
  } catch (error) {
    if (error instanceof Refusal) return { error: error.message };
    throw error;
  }
}

// The rows that an item names.
function lookup({ name, first, last, bits, hasAddress }) {
  const all = name === undefined
    ? withPorts.filter((index) => portsOfRow[index][0] <= last && portsOfRow[index][1] >= first)
    : [...named.get(name) ?? [], ...(!bits && !hasAddress || !named.has(name) ? (meantBy(name)?.rows ?? []) : [])];
  return bits ? all.filter((index) => rows[index][ON] & bits) : all;
}

// Remarks about an item: what people mean by a name, and which port has no row.
function remarksOn({ name, first, last, bits }) {
  if (name !== undefined) return meantBy(name)?.remarks ?? [];
  const asked = TRANSPORTS.filter((_, at) => !bits || bits & 1 << at), on = new Map();
  const calledAt = (port) => (calls[port] ?? []).filter((call) => asked.some((transport) => call.includes("/" + transport)));
  if (first < last) { // what people run on ports of others or on free ones
    const inside = Object.keys(calls).filter((port) => first <= port && port <= last);
    return [inside.flatMap(calledAt).filter((call) => call.includes("people run")).slice(0, 20).join("; ")].filter(Boolean);
  }
  const called = calledAt(first);
  asked.forEach((transport) => {
    const { kind, row } = portsOn(transport), state = row[first] < 0 ? kinds[kind[first]][0] : null;
    on.set(state, [...on.get(state) ?? [], transport]);
  });
  if (on.has(null)) return called;
  return [...called, ...[...on].map(([state, on]) => `${first}/${on.join(",")}: ${meanings[state] ?? state}`)];
}

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

function keyOf(index, column) {
  if (column === PORT) return portsOfRow[index]?.[0] ?? null;
  return (column === REFERENCE ? rows[index][REFERENCE].map(([shown]) => shown) : parts(rows[index], column)).join(" ").toLowerCase() || null;
}

// How many letters must change, appear, disappear or swap places.
function distance(one, other) {
  const cost = [[...other, 0].map((_, at) => at)], seen = {};
  for (let i = 1; i <= one.length; i++) {
    let match = 0;
    cost.push([i]);
    for (let j = 1; j <= other.length; j++) {
      const k = seen[other[j - 1]], isSame = one[i - 1] === other[j - 1];
      const swapped = k && match ? cost[k - 1][match - 1] + i - k + j - match - 1 : Infinity;
      cost[i].push(Math.min(cost[i - 1][j - 1] + !isSame, cost[i - 1][j] + 1, cost[i][j - 1] + 1, swapped));
      if (isSame) match = j;
    }
    seen[one[i - 1]] = i;
  }
  return cost[one.length][other.length];
}

// The registered names that the command suggests.
function closest(name) {
  const near = [...named.keys()].filter((other) => other && Math.abs(other.length - name.length) <= 4).sort();
  const order = near.map((other) => [distance(name, other) - (other.startsWith(name) || name.startsWith(other)) / 2, other]);
  return order.sort(([a], [b]) => a - b).slice(0, 5).map(([, other]) => rows[named.get(other)[0]][NAME]);
}

const PLACES = /(\d+\/[a-z]+(?:,[a-z]+)*)/g;

// The numbers of the rows that a search finds, those that its words name first, and what to show with them.
function find({ search, ports, transports, status, since, sort }) {
  const pairs = ranges(ports), links = [], column = columns.indexOf(sort.replace("-", "")), dated = DATES.includes(column) ? column : since ? CHANGED : null;
  if (!pairs) return { found: [], links, dated, remarks: [`Ports: "${ports}" cannot be read; write ports such as 443, 0-1023 or 80,8000-8080`] };
  const spoken = wordsOf(search), words = spoken.map((word) => word.toLowerCase());
  // A list of ports and registered names finds the rows of all its items, and those that contain every word. In other texts,
  // each word may be a list.
  const areKnown = ({ items }) => items?.every(({ name }) => name === undefined || isKnown(name)), whole = readList(search), isList = areKnown(whole);
  const lists = isList ? [whole] : spoken.map((word) => /\s/.test(word) ? {} : readList(word));
  const items = lists.flatMap(({ items }) => items ?? []), answers = lists.map(({ items }) => new Set((items ?? []).flatMap(lookup)));
  const isNamed = (index) => answers.length > 0 && answers.every((answer) => answer.has(index));
  const hasWord = (index) => (word, at) => texts[index].includes(word) || !isList && answers[at].has(index);
  const mask = TRANSPORTS.reduce((mask, name, bit) => transports.includes(name) ? mask | 1 << bit : mask, 0);
  const isSince = (date) => date !== "" && date >= since.slice(0, date.length); // a month may mean its last day
  const passes = (index) => {
    const row = rows[index], own = portsOfRow[index];
    return (row[ON] & mask || mask === 15) && (!status || row[STATUS].toLowerCase() === status) && (!since || isSince(row[CHANGED].replace("by ", "")))
      && (!pairs.length || own && pairs.some(([from, to]) => own[0] <= to && own[1] >= from));
  };
  hints.forEach(([words, text, address]) => {
    if (new RegExp(words, "i").test(search)) links.push([text, address + (search.match(/\d+|tcp|udp|sctp|dccp/gi) ?? []).join("+")]);
  });
  const known = spoken.filter((_, at) => !isList && areKnown(lists[at])).join(" ");
  if (known && spoken.length > 1) links.push([known, addressOf({ search: known })]);
  let found = [...rows.keys()].filter((index) => (isNamed(index) || words.every(hasWord(index))) && passes(index));
  const remarks = items.flatMap(remarksOn), errors = lists.some(({ error }) => error) ? lists : [whole];
  if (!found.length) {
    const port = items.find(({ first }) => first !== undefined)?.first, places = remarks.join(" ").match(PLACES);
    const unknown = items.find(({ name }) => name !== undefined && !isKnown(name));
    if (status === "dynamic") {
      remarks.push("IANA does not assign the Dynamic Ports.", ...remarksOn({ first: 49152, last: 65535, bits: mask }));
    } else if (status && port !== undefined) {
      const gap = (index) => Math.max(portsOfRow[index][0] - port, port - portsOfRow[index][1]);
      found = withPorts.filter(passes).sort((a, b) => gap(a) - gap(b)).slice(0, 20);
      remarks.unshift(`${port} is not ${status}. The nearest rows that are:`);
    } else if (places && !port) { // where people use a name
      const there = readList(places.join(" ")).items;
      found = [...new Set(there.flatMap(lookup))].filter(passes);
      if (!found.length) remarks.push(...there.flatMap(remarksOn));
    }
    if (!found.length) remarks.unshift("No row contains all of this.", ...errors.flatMap(({ error }) => error || []));
    if (unknown && !links.length) links.push(...closest(unknown.name).map((name) => [name, addressOf({ search: name })]));
  }
  const marks = [...new Set([...words, ...items.map(({ name, first, last }) => name ?? (first < last ? `${first}-${last}` : `${first}`))])];
  const result = { found, words, marks, remarks, links, dated };
  if (column < 0) return { ...result, found: [...found.filter(isNamed), ...found.filter((index) => !isNamed(index))] };
  const keys = new Map(found.map((index) => [index, keyOf(index, column)])), sign = sort.startsWith("-") ? -1 : 1;
  found.sort((a, b) => {
    const [one, other] = [keys.get(a), keys.get(b)];
    if ((one === null) !== (other === null)) return one === null ? 1 : -1; // comes last, whichever way the rows are sorted
    return one < other ? -sign : one > other ? sign : a - b;
  });
  return result;
}
