"use strict";
// The page searches like IANA's own: some column except the dates contains the text, ASCII case ignored. The registry's
// text only becomes text, never markup.

const { columns, rows, people, maps, kinds } = JSON.parse(document.getElementById("data").textContent);
const NAME = 0, PORT = 1, TRANSPORT = 2, DESCRIPTION = 3, ASSIGNEE = 4, CONTACT = 5, REGISTERED = 6, MODIFIED = 7,
  REFERENCE = 8, OVERLAY = 12, ON = 13;
const TRANSPORTS = ["tcp", "udp", "sctp", "dccp"], AT_ONCE = 60;

const element = (id) => document.getElementById(id);
const lower = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const ends = (port) => port.split("-").map(Number);
const directory = new Map(people.map((person) => [person[0], person]));

// The text that a search looks in: the parts of each column, separated. A reference is found by its target too, which its label
// may hide.
const texts = rows.map((row) => lower(row.slice(0, OVERLAY).flatMap((cell, column) => {
  if (column === REGISTERED || column === MODIFIED) return [];
  if (column === ASSIGNEE) return cell.length ? cell : row[CONTACT];
  return column === REFERENCE ? cell.flatMap(([shown, , target = ""]) => [shown, target]) : cell;
}).join("\u0001")));

const make = (tag, ...content) => {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
};
const link = (shown, address) =>
  address ? Object.assign(make("a", shown), { href: address, rel: "noopener noreferrer" }) : shown;
const bracketed = (parts) => parts.flatMap((part) => ["[", part, "]"]);
const person = (id) => link(id, directory.has(id) ? "#person=" + encodeURIComponent(id) : "");

function cells(row) {
  return columns.map((_, column) => {
    const cell = row[column];
    if (column === ASSIGNEE) return make("td", ...bracketed((cell.length ? cell : row[CONTACT]).map(person)));
    if (column === CONTACT) return make("td", ...bracketed(cell.map(person)));
    if (column === REFERENCE) return make("td", ...bracketed(cell.map(([shown, address]) => link(shown, address))));
    return make("td", cell);
  });
}

function rowElement(index) {
  const className = rows[index][OVERLAY] ? "overlay" : "";
  return Object.assign(make("tr", ...cells(rows[index])), { className, tabIndex: -1 });
}

// The state of the page, as in its address: #search=http&ports=0-1023&transports=tcp,udp&sort=-1
const wanted = { search: "", ports: "", transports: [...TRANSPORTS], sort: null, descending: false };
let found = [];
const body = document.querySelector("#rows tbody");

function ranges(text) {
  const parts = text.split(",").map((part) => part.trim()).filter((part) => part);
  const read = parts.map((part) => /^\d+(-\d+)?$/.test(part) ? ends(part) : [NaN]);
  const pairs = read.map(([first, last = first]) => [first, last]);
  return pairs.every(([first, last]) => first <= last && last <= 65535) ? pairs : null;
}

function key(row, column) {
  if (column === PORT) return row[PORT] === "" ? Infinity : ends(row[PORT])[0];
  const cell = column === ASSIGNEE && !row[ASSIGNEE].length ? row[CONTACT] : row[column];
  if (column === REFERENCE) return lower(cell.map(([shown]) => shown).join(" "));
  return lower(Array.isArray(cell) ? cell.join(" ") : cell);
}

function find() {
  const text = lower(wanted.search), pairs = ranges(wanted.ports) || [];
  const all = wanted.transports.length === TRANSPORTS.length;
  const mask = TRANSPORTS.reduce((mask, name, bit) => wanted.transports.includes(name) ? mask | 1 << bit : mask, 0);
  found = [];
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (!texts[index].includes(text)) continue;
    if (!all && !(row[ON] & mask)) continue;
    if (pairs.length) {
      if (row[PORT] === "") continue;
      const [first, last = first] = ends(row[PORT]);
      if (!pairs.some(([from, to]) => first <= to && last >= from)) continue;
    }
    found.push(index);
  }
  if (wanted.sort === null) return;
  const keys = new Map(found.map((index) => [index, key(rows[index], wanted.sort)]));
  const sign = wanted.descending ? -1 : 1;
  found.sort((a, b) => {
    const [one, other] = [keys.get(a), keys.get(b)];
    const none = (value) => value === "" || value === Infinity; // comes last, whichever way the rows are sorted
    if (none(one) !== none(other)) return none(one) ? 1 : -1;
    return one < other ? -sign : one > other ? sign : a - b;
  });
}

function append(count) {
  const from = body.childElementCount;
  const made = document.createDocumentFragment();
  found.slice(from, from + count).forEach((index) => made.append(rowElement(index)));
  body.append(made);
  element("more").hidden = body.childElementCount >= found.length;
  element("more").textContent = `${found.length - body.childElementCount} more rows below`;
}

function show() {
  find();
  body.replaceChildren();
  append(AT_ONCE);
  if (body.firstElementChild) body.firstElementChild.tabIndex = 0;
  element("count").textContent = `${found.length} of ${rows.length} rows`;
  document.querySelectorAll("#rows th").forEach((head, column) => {
    const way = wanted.descending ? "descending" : "ascending";
    head.setAttribute("aria-sort", wanted.sort === column ? way : "none");
  });
}

// The address of the page is a link to what it shows.
function address() {
  const parts = new URLSearchParams();
  if (wanted.search) parts.set("search", wanted.search);
  if (wanted.ports) parts.set("ports", wanted.ports);
  if (wanted.transports.length < TRANSPORTS.length) parts.set("transports", wanted.transports.join(","));
  if (wanted.sort !== null) parts.set("sort", (wanted.descending ? "-" : "") + columns[wanted.sort]);
  return parts.toString();
}

function follow() {
  const parts = new URLSearchParams(location.hash.slice(1));
  if (parts.has("person")) return showPerson(parts.get("person"));
  wanted.search = parts.get("search") || "";
  wanted.ports = ranges(parts.get("ports") || "") ? parts.get("ports") || "" : "";
  const named = (parts.get("transports") ?? TRANSPORTS.join(",")).split(",");
  wanted.transports = TRANSPORTS.filter((name) => named.includes(name));
  const sort = parts.get("sort") || "";
  const column = columns.indexOf(sort.replace(/^-/, ""));
  wanted.sort = column < 0 ? null : column;
  wanted.descending = sort.startsWith("-");
  element("search").value = wanted.search;
  element("range").value = wanted.ports;
  document.querySelectorAll("[name=transport]").forEach((box) => { box.checked = wanted.transports.includes(box.value); });
  show();
}

function changed() {
  const hash = address();
  history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  show();
}

element("filters").addEventListener("input", (event) => {
  if (event.target.id === "range") {
    const isRead = ranges(event.target.value) !== null;
    event.target.setCustomValidity(isRead ? "" : "Ports such as 443, 0-1023 or 80,8000-8080");
    if (!isRead) return event.target.reportValidity();
    wanted.ports = event.target.value;
  }
  wanted.search = element("search").value;
  wanted.transports = [...document.querySelectorAll("[name=transport]:checked")].map((box) => box.value);
  changed();
});
element("filters").addEventListener("submit", (event) => event.preventDefault());
element("filters").addEventListener("reset", (event) => {
  event.preventDefault();
  history.replaceState(null, "", location.pathname + location.search);
  element("range").setCustomValidity("");
  follow();
});
window.addEventListener("hashchange", follow);

columns.forEach((name, column) => {
  const button = make("button", name);
  button.type = "button";
  button.addEventListener("click", () => {
    if (wanted.sort !== column) Object.assign(wanted, { sort: column, descending: false });
    else if (!wanted.descending) wanted.descending = true;
    else Object.assign(wanted, { sort: null, descending: false });
    changed();
  });
  const head = make("th", button);
  head.scope = "col";
  document.querySelector("#rows thead tr").append(head);
});

// More rows near the end of the list, and all rows for the printer.
new IntersectionObserver((seen) => {
  if (seen.some((entry) => entry.isIntersecting) && body.childElementCount < found.length) append(AT_ONCE);
}, { rootMargin: "1500px" }).observe(element("more"));
window.addEventListener("beforeprint", () => append(found.length));

document.addEventListener("keydown", (event) => {
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    element("search").focus();
    element("search").select();
  } else if (event.key === "Escape") {
    element("search").value = wanted.search = "";
    changed();
  } else if (event.key === "ArrowDown" && event.target.id === "search") {
    event.preventDefault();
    if (body.firstElementChild) body.firstElementChild.focus();
  } else if (event.target.tagName === "TR" && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    if (event.key === "ArrowDown" && !event.target.nextElementSibling) append(AT_ONCE);
    const next = event.key === "ArrowDown" ? event.target.nextElementSibling : event.target.previousElementSibling;
    (next || element("search")).focus();
  }
});

element("theme").addEventListener("click", () => {
  const isDark = getComputedStyle(document.documentElement).colorScheme.includes("dark");
  document.documentElement.dataset.theme = isDark ? "light" : "dark";
});

// The map: what each port is, and the row that says so.
const canvas = element("ports"), context = canvas.getContext("2d");
let portKinds, portRows, at = 0;

function draw() {
  portKinds = new Uint8Array(65536);
  portRows = new Int32Array(65536);
  let port = 0;
  for (const [length, kind, row] of maps[element("map-transport").value]) {
    portKinds.fill(kind, port, port + length);
    portRows.fill(row, port, port + length);
    port += length;
  }
  const image = context.createImageData(256, 256);
  portKinds.forEach((kind, port) => image.data.set([...kinds[kind][1], 255], 4 * port));
  context.putImageData(image, 0, 0);
}

function point(port) {
  at = port;
  const row = rows[portRows[port]], place = `${port}/${element("map-transport").value}`;
  const kind = kinds[portKinds[port]][0];
  element("port").replaceChildren(make("strong", row && row[NAME] ? row[NAME] : kind), ` ${place}`,
    row && row[NAME] && kind !== "assigned" ? `, ${kind}` : "", row && row[DESCRIPTION] ? `: ${row[DESCRIPTION]}` : "");
}

function portUnder(event) {
  const box = canvas.getBoundingClientRect();
  const place = (value, start, length) => Math.min(255, Math.max(0, Math.floor((value - start) / length * 256)));
  return place(event.clientY, box.top, box.height) * 256 + place(event.clientX, box.left, box.width);
}

function open(port) {
  element("range").value = wanted.ports = String(port);
  element("search").value = wanted.search = "";
  changed();
  element("filters").scrollIntoView();
}

canvas.addEventListener("pointermove", (event) => point(portUnder(event)));
canvas.addEventListener("click", (event) => open(portUnder(event)));
canvas.addEventListener("focus", () => point(at));
canvas.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -256, ArrowDown: 256 }[event.key];
  if (event.key === "Enter") return open(at);
  if (!step) return;
  event.preventDefault();
  point(Math.min(65535, Math.max(0, at + step)));
});
element("map-transport").addEventListener("change", draw);
element("map-transport").addEventListener("click", (event) => event.stopPropagation());
const drawing = (tag, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach((pair) => made.setAttribute(...pair));
  return made;
};
kinds.forEach(([name, color]) => {
  const square = drawing("svg", { viewBox: "0 0 1 1" });
  square.append(drawing("rect", { width: 1, height: 1, fill: `rgb(${color})` }));
  element("legend").append(make("li", square, name));
});

// The directory of people is filled when the user opens it.
function showPeople() {
  const list = document.querySelector("#people tbody");
  if (list.childElementCount) return;
  list.append(...people.map(([id, name, organization, uris, updated]) => {
    const cells = [id, name, organization, uris.join(" "), updated].map((cell) => make("td", cell));
    return Object.assign(make("tr", ...cells), { id: "person-" + id });
  }));
}

function showPerson(id) {
  if (!body.childElementCount) show();
  element("people").open = true;
  showPeople();
  document.querySelectorAll("#people .here").forEach((row) => row.classList.remove("here"));
  const row = element("person-" + id);
  if (!row) return;
  row.classList.add("here");
  row.scrollIntoView({ block: "center" });
}

element("people").hidden = people.length === 0;
element("people").addEventListener("toggle", showPeople);
follow();
draw();
document.documentElement.dataset.ready = Math.round(performance.now());
