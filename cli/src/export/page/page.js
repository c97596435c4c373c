// The state of the page. Its address contains the state, as in #search=http&ports=0-1023&transports=tcp,udp&sort=-Port+Number

const SECTIONS = ["more-filters", "map", "people", "about"], DEFAULTS = {
  search: "", ports: "", transports: TRANSPORTS, sort: null, descending: false, open: [], map: "tcp", person: "", rows: [],
};
let wanted = DEFAULTS;

// A row's name in the address: port, transport and service name, and a number if several rows share these.
const numberOf = new Map(), nameOf = rows.map((row, index) => {
  const base = [row[PORT], row[TRANSPORT], row[NAME]].join("/");
  let name = base;
  for (let count = 2; numberOf.has(name); count++) name = `${base}/${count}`;
  numberOf.set(name, index);
  return name;
});

function address() {
  const parts = new URLSearchParams();
  const { search, ports, transports, sort, descending, open, map, person } = wanted;
  if (search) parts.set("search", search);
  if (ports) parts.set("ports", ports);
  if (transports.length < TRANSPORTS.length) parts.set("transports", transports.join(","));
  if (sort !== null) parts.set("sort", (descending ? "-" : "") + columns[sort]);
  if (open.length) parts.set("open", open.join(","));
  if (map !== DEFAULTS.map) parts.set("map", map);
  if (person) parts.set("person", person);
  wanted.rows.forEach((index) => parts.append("row", nameOf[index]));
  return parts.toString();
}

function read(hash) {
  const parts = new URLSearchParams(hash), listed = (name) => (parts.get(name) ?? "").split(",");
  const sort = parts.get("sort") ?? "", column = columns.indexOf(sort.replace(/^-/, "")), person = parts.get("person") ?? "";
  return {
    search: parts.get("search") ?? "",
    ports: parts.get("ports") ?? "",
    transports: parts.has("transports") ? TRANSPORTS.filter((name) => listed("transports").includes(name)) : TRANSPORTS,
    sort: column < 0 ? null : column,
    descending: column >= 0 && sort.startsWith("-"),
    open: SECTIONS.filter((name) => listed("open").includes(name) || name === "people" && person),
    map: TRANSPORTS.includes(parts.get("map")) ? parts.get("map") : DEFAULTS.map,
    person,
    rows: parts.getAll("row").map((name) => numberOf.get(name)).filter((index) => index !== undefined),
  };
}

// Shows the state.
function show() {
  const result = find(wanted), set = (id, value) => { if (element(id).value !== value) element(id).value = value; };
  set("search", wanted.search);
  set("range", wanted.ports);
  set("sort", wanted.sort === null ? "" : columns[wanted.sort]);
  element("range").setAttribute("aria-invalid", ranges(wanted.ports) === null);
  element("descending").checked = wanted.descending;
  document.querySelectorAll("[name=transport]").forEach((box) => { box.checked = wanted.transports.includes(box.value); });
  const active = [wanted.ports, wanted.transports.length < TRANSPORTS.length, wanted.sort !== null].filter((is) => is).length;
  element("filters-button").textContent = active ? `Filters (${active})` : "Filters";
  fillList(result, new Set(wanted.rows));
  element("remarks").replaceChildren(...[...new Set(result.remarks)].map((remark) => make("p", {}, remark)));
  element("count").textContent = `${result.found.length} of ${rows.length} rows`;
  document.querySelectorAll("#rows th").forEach((head, at) => {
    const way = wanted.descending ? "descending" : "ascending";
    head.setAttribute("aria-sort", wanted.sort === VISIBLE[at] ? way : "none");
  });
  showSections();
}

function showSections() {
  document.querySelectorAll("button[aria-controls]").forEach((button) => {
    const name = button.getAttribute("aria-controls"), isOpen = wanted.open.includes(name);
    button.setAttribute("aria-expanded", isOpen);
    if (name === "more-filters") element(name).classList.toggle("open", isOpen);
    else element(name).hidden = !isOpen;
  });
  if (wanted.open.includes("map")) draw();
  if (wanted.open.includes("people")) fillPeople();
  showPerson(wanted.person);
}

// Back leads to the last search: a new entry in the history begins if the user paused, or changed more than one letter.
let hasPaused = true, pause;
function changeAddress(isNew) {
  const hash = address(), url = hash ? "#" + hash : location.pathname + location.search;
  history[isNew || hasPaused ? "pushState" : "replaceState"](null, "", url);
  hasPaused = false;
  clearTimeout(pause);
  pause = setTimeout(() => { hasPaused = true; }, 1000);
}

// Changes the state, and shows the first row.
function change(changes) {
  const before = wanted.search;
  wanted = { ...wanted, rows: [], person: "", ...changes };
  const [short, long] = [before, wanted.search].sort((a, b) => a.length - b.length);
  changeAddress(!long.startsWith(short) || long.length > short.length + 1);
  show();
  showFirst();
}

function searchFor(text) {
  change({ search: text, ports: "", transports: TRANSPORTS });
}

function follow() {
  wanted = read(location.hash.slice(1));
  show();
  if (!wanted.person) showFirst();
}

element("filters").addEventListener("input", (event) => {
  if (event.target.id === "search") return change({ search: event.target.value });
  if (event.target.id === "range") return change({ ports: event.target.value });
  const sort = columns.indexOf(element("sort").value);
  change({
    transports: [...document.querySelectorAll("[name=transport]:checked")].map((box) => box.value),
    sort: sort < 0 ? null : sort,
    descending: sort >= 0 && element("descending").checked,
  });
});
element("filters").addEventListener("change", () => { hasPaused = true; });
element("filters").addEventListener("submit", (event) => event.preventDefault());
element("filters").addEventListener("reset", (event) => {
  event.preventDefault();
  change({ ...DEFAULTS, open: wanted.open, map: wanted.map });
});
window.addEventListener("hashchange", follow);

columns.forEach((name) => element("sort").append(make("option", {}, name)));
VISIBLE.forEach((column, at) => {
  const button = make("button", { type: "button" }, HEADINGS[at]);
  button.addEventListener("click", () => {
    if (wanted.sort !== column) change({ sort: column, descending: false });
    else if (!wanted.descending) change({ descending: true });
    else change({ sort: null, descending: false });
  });
  document.querySelector("#rows thead tr").append(make("th", { scope: "col" }, button));
});

document.querySelectorAll("button[aria-controls]").forEach((button) => button.addEventListener("click", () => {
  const name = button.getAttribute("aria-controls"), isOpen = wanted.open.includes(name);
  wanted = { ...wanted, open: isOpen ? wanted.open.filter((other) => other !== name) : [...wanted.open, name], person: "" };
  changeAddress(true);
  showSections();
  if (!isOpen && name !== "more-filters") scrollTo({ top: scrollY + element(name).getBoundingClientRect().top - element("filters").offsetHeight });
}));

body.addEventListener("click", (event) => {
  const row = event.target.closest("tr"), person = event.target.closest("[data-person]");
  if (person) {
    event.preventDefault();
    wanted = { ...wanted, person: person.dataset.person, open: [...new Set([...wanted.open, "people"])] };
    changeAddress(true);
    showSections();
  } else if (row.dataset.row && !event.target.closest("a") && !getSelection().toString()) {
    toggle(Number(row.dataset.row));
    wanted = { ...wanted, rows: [...list.opened] };
    changeAddress(false);
  }
});
element("more").addEventListener("click", () => append(AT_ONCE));

document.addEventListener("keydown", (event) => {
  const row = event.target.closest("#rows tbody tr[data-row]"), isDown = event.key === "ArrowDown";
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    element("search").focus();
    element("search").select();
  } else if (event.key === "Escape") {
    event.preventDefault();
    clear(row && Number(row.dataset.row));
  } else if (isDown && event.target.id === "search") {
    event.preventDefault();
    if (body.firstElementChild) focusRow(body.firstElementChild);
  } else if (row && (isDown || event.key === "ArrowUp")) {
    event.preventDefault();
    step(row, isDown);
  }
});

// Clears the search. A row that has the focus keeps it.
function clear(focused) {
  change({ search: "" });
  if (focused === null || !list.result.found.includes(focused)) return;
  append(Math.max(0, list.result.found.indexOf(focused) + 1 - list.shown));
  focusRow(elementOf(focused));
}

// All rows go to the printer.
let shownBefore = 0;
window.addEventListener("beforeprint", () => {
  shownBefore = list.shown;
  append(list.result.found.length);
});
window.addEventListener("afterprint", () => {
  const first = elementOf(list.result.found[shownBefore]);
  while (first?.nextElementSibling) first.nextElementSibling.remove();
  first?.remove();
  list.shown = shownBefore;
  append(0);
});

// The user's choice of a theme. Some browsers store nothing for a file.
const stored = { get: () => { try { return localStorage.getItem("theme"); } catch { return null; } },
  set: (theme) => { try { localStorage.setItem("theme", theme); } catch { /* then it holds until the page is closed */ } } };
if (stored.get()) document.documentElement.dataset.theme = stored.get();
element("theme").addEventListener("click", () => {
  const isDark = getComputedStyle(document.documentElement).colorScheme.includes("dark");
  document.documentElement.dataset.theme = isDark ? "light" : "dark";
  stored.set(document.documentElement.dataset.theme);
});

element("app").hidden = false;
new ResizeObserver(() => {
  document.documentElement.style.setProperty("--form", element("filters").offsetHeight + "px");
}).observe(element("filters"));
history.scrollRestoration = "manual";
if (!people.length) document.querySelector("[aria-controls=people]").hidden = true;
follow();
document.documentElement.dataset.ready = Math.round(performance.now());
