// The state of the page. Its address contains the state, as in #search=http&ports=0-1023&transports=tcp,udp&sort=-Port+Number

const FIELDS = ["search", "ports", "status", "since"], DEFAULTS = {
  search: "", ports: "", transports: TRANSPORTS.join(), status: "", since: "", sort: "", open: "", map: "tcp", person: "", row: [],
};
let wanted = DEFAULTS;

// A row's name in the address: port, transport and service name, and /2 if an earlier row has the same ones.
const numberOf = new Map(), nameOf = rows.map((row, index) => {
  let name = [row[PORT], row[TRANSPORT], row[NAME]].join("/");
  while (numberOf.has(name)) name += "/2";
  numberOf.set(name, index);
  return name;
});

// The address of a state, as far as it differs from the defaults.
function addressOf(state) {
  const parts = new URLSearchParams();
  Object.entries({ ...DEFAULTS, ...state }).forEach(([name, value]) => {
    if (name === "row") value.forEach((index) => parts.append(name, nameOf[index]));
    else if (value !== DEFAULTS[name]) parts.set(name, value);
  });
  return "#" + parts;
}

function follow() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const row = parts.getAll("row").map((name) => numberOf.get(name)).filter((index) => index !== undefined);
  wanted = { ...DEFAULTS, ...Object.fromEntries(parts), row };
  if (!TRANSPORTS.includes(wanted.map)) wanted.map = DEFAULTS.map;
  show();
  showFirst();
}

// Shows the state.
function show() {
  const result = find(wanted), set = (id, value) => { if (element(id).value !== value) element(id).value = value; };
  const { ports, transports, status, since, sort } = wanted, isDescending = sort.startsWith("-"), { found, dated, links } = result;
  FIELDS.forEach((name) => set(name, wanted[name]));
  if (since.length === 7) set("since", since + "-01"); // a month of a link
  set("class", ports);
  set("sort", sort.replace("-", ""));
  element("descending").checked = isDescending;
  element("ports").setAttribute("aria-invalid", ranges(ports) === null);
  all("[name=transport]").forEach((box) => { box.checked = transports.includes(box.value); });
  const active = [ports && `ports ${ports}`, transports !== DEFAULTS.transports && transports, status, since && `changed since ${since}`, sort && `by ${sort}`].filter(Boolean);
  element("filters-button").textContent = active.length ? `Filters (${active.length})` : "Filters";
  fillList(result, new Set(wanted.row.map((index) => twins[index])));
  const remarks = [...new Set(result.remarks)].map(linked);
  if (links.length) remarks.push(["Try ", ...links.flatMap(([text, address]) => [link([text], address), " "])]);
  element("remarks").replaceChildren(...remarks.map((remark) => make("p", {}, ...remark)));
  element("count").textContent = `${found.length} of ${rows.length} rows`;
  element("asked").textContent = [wanted.search, ...active, element("count").textContent].filter(Boolean).join("; ");
  all("#rows th").forEach((head, at) => {
    const title = columns[[...VISIBLE, dated][at]];
    if (at === VISIBLE.length) head.firstChild.textContent = title ?? "";
    head.hidden = !title;
    head.setAttribute("aria-sort", sort.replace("-", "") !== title ? "none" : isDescending ? "descending" : "ascending");
  });
  showSections();
}

function showSections() {
  all("button[aria-controls]").forEach((button) => {
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
  const hash = addressOf(wanted), url = hash === "#" ? location.pathname + location.search : hash;
  history[isNew || hasPaused ? "pushState" : "replaceState"](null, "", url);
  hasPaused = false;
  clearTimeout(pause);
  pause = setTimeout(() => { hasPaused = true; }, 1000);
}

// Changes the state, and shows the first row.
function change(changes) {
  const before = wanted.search;
  wanted = { ...wanted, row: [], person: "", ...changes };
  const [short, long] = [before, wanted.search].sort((a, b) => a.length - b.length);
  changeAddress(!long.startsWith(short) || long.length > short.length + 1);
  show();
  showFirst();
}

function searchFor(text) {
  change({ ...DEFAULTS, search: text, open: wanted.open, map: wanted.map });
}

on(form, "input", ({ target: { id, value } }) => {
  if (id === "class") return change({ ports: value });
  if (FIELDS.includes(id)) return change({ [id]: value });
  const sort = element("sort").value;
  change({ transports: all("[name=transport]:checked").map((box) => box.value).join(), sort: sort && element("descending").checked ? "-" + sort : sort });
});
on(form, "change", () => { hasPaused = true; });
on(form, "submit", (event) => event.preventDefault());
on(form, "reset", (event) => {
  event.preventDefault();
  searchFor("");
});
on(window, "hashchange", follow);

all("#rows th button").forEach((button, at) => on(button, "click", () => {
  const title = columns[[...VISIBLE, list.result.dated][at]];
  change({ sort: wanted.sort === title ? "-" + title : wanted.sort === "-" + title ? "" : title });
}));

all("button[aria-controls]").forEach((button) => on(button, "click", () => {
  const name = button.getAttribute("aria-controls"), isOpen = wanted.open.includes(name);
  const others = wanted.open.split(",").filter((other) => other && other !== name);
  wanted = { ...wanted, open: (isOpen ? others : [...others, name]).join() };
  changeAddress(true);
  showSections();
  if (!isOpen && name !== "more-filters") scrollTo({ top: scrollY + element(name).getBoundingClientRect().top - form.offsetHeight });
}));

on(body, "click", (event) => {
  const row = event.target.closest("tr"), link = event.target.closest("a"), person = link?.textContent;
  if (directory.has(person)) {
    event.preventDefault();
    wanted = { ...wanted, person: body.querySelector(".card")?.parentNode === link.parentNode && wanted.person === person ? "" : person };
    changeAddress(true);
    showPerson(wanted.person, link);
  } else if (row.dataset.row && !link && (event.detail === 2 || !getSelection().toString())) { // the second click of two takes the first one back
    toggle(Number(row.dataset.row));
    wanted = { ...wanted, row: [...list.opened] };
    changeAddress(false);
  }
});
on(more, "click", () => append(AT_ONCE));

on(document, "keydown", (event) => {
  const { key, target } = event, row = target.closest("tr[data-row]"), isDown = key === "ArrowDown", search = element("search");
  const action = key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) ? () => [search.focus(), search.select()]
    : key === "Escape" ? () => clear(row && Number(row.dataset.row))
      : isDown && target === search ? () => list.order.length && focusRow(elementOf(list.order[0]))
        : row && (isDown || key === "ArrowUp") ? () => step(row, isDown) : null;
  if (!action) return;
  event.preventDefault();
  action();
});

// Clears the search. A row that has the focus keeps it.
function clear(focused) {
  change({ search: "" });
  if (!list.lines.has(focused)) return;
  append(Math.max(0, list.order.indexOf(focused) + 1 - list.shown));
  focusRow(elementOf(focused));
}

// All rows go to the printer.
let shownBefore = 0;
on(window, "beforeprint", () => {
  shownBefore = list.shown;
  while (list.shown < list.order.length) append(AT_ONCE);
});
on(window, "afterprint", () => {
  empty();
  list.shown = 0;
  append(shownBefore);
});

// The user's choice of a theme. Some browsers store nothing for a file.
const root = document.documentElement, storage = (action) => { try { return action(localStorage); } catch { return null; } };
root.dataset.theme = storage((store) => store.getItem("theme")) ?? "";
on(element("theme"), "click", () => {
  root.dataset.theme = getComputedStyle(root).colorScheme.includes("dark") ? "light" : "dark";
  storage((store) => store.setItem("theme", root.dataset.theme));
});

// The table of the System Ports follows the script. The style hides it when the page is ready.
element("app").hidden = false;
try {
  new ResizeObserver(() => root.style.setProperty("--form", form.offsetHeight + "px")).observe(form);
  history.scrollRestoration = "manual";
  follow();
  root.dataset.ready = Math.round(performance.now());
} catch (error) {
  element("app").hidden = true;
  throw error;
}
