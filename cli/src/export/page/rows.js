// The rows and their details. The registry's text only becomes text, never markup.

const VISIBLE = [NAME, PORT, TRANSPORT, STATUS, DESCRIPTION], HEADINGS = ["Name", "Port", "Transport", "Status", "Description"];
const HIDDEN = [...columns.keys()].filter((column) => !VISIBLE.includes(column));
const AT_ONCE = 60;

const element = (id) => document.getElementById(id);
const body = document.querySelector("#rows tbody");
const directory = new Map(people.map((person) => [person[0], person]));

function make(tag, attributes, ...content) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...content);
  return made;
}

// A text with the words that were searched for marked.
function marked(text, words) {
  const folded = text.toLowerCase(), pieces = [];
  if (folded.length !== text.length) return [text];
  let at = 0;
  for (;;) {
    const [start, length] = words.reduce(([start, length], word) => {
      const next = folded.indexOf(word, at);
      const isBetter = next >= 0 && (start < 0 || next < start || next === start && word.length > length);
      return isBetter ? [next, word.length] : [start, length];
    }, [-1, 0]);
    if (start < 0) return [...pieces, text.slice(at)];
    pieces.push(text.slice(at, start), make("mark", {}, text.slice(start, start + length)));
    at = start + length;
  }
}

// For each word that no visible column contains, a line that says which column contains it.
function where(row, words) {
  const shown = [NAME, PORT, TRANSPORT, DESCRIPTION].map((column) => row[column].toLowerCase());
  const missing = words.filter((word) => !shown.some((text) => text.includes(word)));
  const places = missing.map((word) => {
    for (const column of HIDDEN.filter((column) => SEARCHED.includes(column))) {
      const text = parts(row, column).find((part) => part.toLowerCase().includes(word));
      if (text === undefined) continue;
      const at = text.toLowerCase().indexOf(word), from = Math.max(0, at - 30), to = at + word.length + 50;
      const excerpt = (from > 0 ? "…" : "") + text.slice(from, to) + (to < text.length ? "…" : "");
      return make("div", { class: "where" }, `${columns[column]}: `, ...marked(excerpt, [word]));
    }
    return "";
  });
  return places;
}

const labelOf = (row) => [row[NAME] || row[DESCRIPTION], row[PORT], row[TRANSPORT]].filter((part) => part).join(" ");

function rowElement(index, { words, marks }) {
  const row = rows[index];
  const button = make("button", { type: "button", tabindex: -1, "aria-expanded": false, "aria-label": `Details of ${labelOf(row)}` });
  const badge = row[OVERLAY] ? [make("span", { class: "badge" }, "overlay")] : [];
  const cells = [
    [button, ...marked(row[NAME], marks), ...badge],
    marked(row[PORT], marks),
    marked(row[TRANSPORT], marks),
    [row[STATUS]],
    [...marked(row[DESCRIPTION], marks), ...where(row, words)],
  ];
  const made = make("tr", { "data-row": index }, ...cells.map((content) => make("td", {}, ...content)));
  if (row[OVERLAY]) made.className = "overlay";
  return made;
}

const link = (content, address) => address ? make("a", { href: address, rel: "noopener noreferrer" }, ...content) : make("span", {}, ...content);
const personLink = (id, marks) => directory.has(id)
  ? make("a", { href: "#person=" + encodeURIComponent(id), "data-person": id }, ...marked(id, marks))
  : make("span", {}, ...marked(id, marks));

// All other columns of a row, below it.
function detail(index, { marks }) {
  const row = rows[index];
  const facts = HIDDEN.flatMap((column) => {
    const cell = column === ASSIGNEE && !row[ASSIGNEE].length ? row[CONTACT] : row[column];
    if (!cell.length) return [];
    const contents = column === REFERENCE ? cell.map(([shown, address]) => link(marked(shown, marks), address))
      : Array.isArray(cell) ? cell.map((id) => personLink(id, marks)) : marked(cell, marks);
    const separated = Array.isArray(cell) ? contents.flatMap((content, at) => at ? [" ", content] : [content]) : contents;
    return [make("dt", {}, columns[column]), make("dd", {}, ...separated)];
  });
  const content = facts.length ? make("dl", {}, ...facts) : "The registry has no other information about it.";
  return make("tr", { class: "detail", id: `detail-${index}` }, make("td", { colspan: VISIBLE.length }, content));
}

// The list of rows. It grows when the user comes near its end.
const list = { result: { found: [] }, shown: 0, opened: new Set() };
const nearEnd = new IntersectionObserver((seen) => {
  if (seen.some((entry) => entry.isIntersecting)) append(AT_ONCE);
}, { rootMargin: "1500px" });

const elementOf = (index) => body.querySelector(`tr[data-row="${index}"]`);

function append(count) {
  const { found } = list.result, made = document.createDocumentFragment();
  for (const index of found.slice(list.shown, list.shown + count)) {
    made.append(rowElement(index, list.result));
    if (list.opened.has(index)) made.append(detail(index, list.result));
  }
  body.append(made);
  list.opened.forEach((index) => elementOf(index)?.querySelector("button").setAttribute("aria-expanded", true));
  list.shown = Math.min(found.length, list.shown + count);
  element("more").hidden = list.shown >= found.length;
  element("more").textContent = `Show more of the other ${found.length - list.shown} rows`;
  // The observer reports changes only: observed anew, it reports that the end is still near.
  nearEnd.unobserve(element("more"));
  nearEnd.observe(element("more"));
}

function fillList(result, opened) {
  Object.assign(list, { result, shown: 0, opened });
  body.replaceChildren();
  append(AT_ONCE);
  body.querySelector("td > button")?.setAttribute("tabindex", 0);
}

function toggle(index) {
  const row = elementOf(index), button = row.querySelector("button");
  const isOpen = !list.opened.delete(index);
  if (isOpen) {
    list.opened.add(index);
    row.after(detail(index, list.result));
  } else {
    row.nextElementSibling.remove();
  }
  button.setAttribute("aria-expanded", isOpen);
}

function focusRow(row) {
  body.querySelector("td > button[tabindex='0']")?.setAttribute("tabindex", -1);
  const button = row.querySelector("button");
  button.setAttribute("tabindex", 0);
  button.focus();
  row.scrollIntoView({ block: "nearest" });
}

// From a row to the next or the one before it.
function step(row, isDown) {
  let next = row;
  do {
    if (isDown && !next.nextElementSibling) append(AT_ONCE);
    next = isDown ? next.nextElementSibling : next.previousElementSibling;
  } while (next?.classList.contains("detail"));
  if (next) focusRow(next);
  else if (!isDown) element("search").focus();
}

// Brings the first row into view, and the remarks above it if there is room.
function showFirst() {
  const first = body.firstElementChild ?? element("remarks"), box = first.getBoundingClientRect();
  if (box.top >= document.querySelector("#rows th").getBoundingClientRect().bottom - 1 && box.bottom <= innerHeight) return;
  const room = innerHeight - element("filters").offsetHeight, remarks = element("remarks").getBoundingClientRect().top;
  const start = box.bottom - remarks <= room ? remarks : element("rows").getBoundingClientRect().top;
  scrollBy({ top: start - element("filters").offsetHeight });
}
