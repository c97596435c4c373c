// The rows and their details. The registry's text only becomes text, never markup.

const VISIBLE = [NAME, PORT, TRANSPORT, STATUS, DESCRIPTION];
const HIDDEN = [...columns.keys()].filter((column) => ![...VISIBLE, CHANGED].includes(column));
const AT_ONCE = 60;

const element = (id) => document.getElementById(id), form = element("filters"), more = element("more");
const all = (selector) => [...document.querySelectorAll(selector)];
const on = (target, type, ...handler) => target.addEventListener(type, ...handler);
const body = element("rows");
const directory = new Map(people.map((person) => [person[0], person]));

function make(tag, attributes, ...content) {
  const made = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...content);
  return made;
}

// A text with the words that were searched for marked, the longest one first.
function marked(text, words) {
  const patterns = [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/\W/g, "\\$&"));
  if (!words.length) return [text];
  return text.split(new RegExp(`(${patterns.join("|")})`, "i")).map((part, at) => at % 2 ? make("mark", {}, part) : part);
}

// For each word that no visible column contains, a line that says which column contains it.
function where(row, words) {
  const shown = [NAME, PORT, TRANSPORT, DESCRIPTION].map((column) => row[column].toLowerCase());
  return words.filter((word) => !shown.some((text) => text.includes(word))).map((word) => {
    const texts = HIDDEN.filter((column) => SEARCHED.includes(column)).flatMap((column) => parts(row, column).map((text) => [columns[column], text]));
    const [title, text] = texts.find(([, text]) => text.toLowerCase().includes(word)) ?? [];
    if (!title) return "";
    const at = text.toLowerCase().indexOf(word), from = Math.max(0, at - 30), to = at + word.length + 50;
    return make("div", { class: "where" }, `${title}: ${from ? "…" : ""}`, ...marked(text.slice(from, to), [word]), to < text.length ? "…" : "");
  });
}

// The rows of a line of the table differ only in the transport.
function lines(found) {
  const all = new Map();
  found.forEach((index) => all.set(twins[index], [...all.get(twins[index]) ?? [], index]));
  return all;
}

const transportsOf = (members) => TRANSPORTS.filter((name) => members.some((index) => rows[index][TRANSPORT] === name)).join(", ");
const labelOf = (members) => [rows[members[0]][NAME] || rows[members[0]][DESCRIPTION], rows[members[0]][PORT], transportsOf(members)].filter(Boolean).join(" ");
const linked = (text) => text.split(PLACES).map((part, at) => at % 2 ? link([part], addressOf({ search: part })) : part);

// A link that finds and opens rows.
function linkTo(members) {
  const row = rows[members[0]], on = transportsOf(members).replaceAll(", ", "+");
  return addressOf({ search: row[PORT] ? row[PORT] + (on && "/" + on) : row[NAME], row: [members[0]] });
}

function lineElement(line, { words, marks, dated }) {
  const members = list.lines.get(line), row = rows[members[0]];
  const button = make("button", { type: "button", tabindex: -1, "aria-expanded": list.opened.has(line), "aria-label": `Details of ${labelOf(members)}` });
  const badges = [row[OVERLAY] && "overlay", row[MISUSE]].filter(Boolean);
  const cells = [
    [button, ...marked(row[NAME], marks), ...badges.map((badge) => make("span", { class: "badge" }, badge))],
    marked(row[PORT], marks),
    marked(transportsOf(members), marks),
    [row[STATUS]],
    [...marked(row[DESCRIPTION], marks), ...where(row, words), row[RUN] ? make("div", { class: "where" }, row[RUN]) : ""],
    ...dated === null ? [] : [[row[dated]]],
  ];
  return make("tr", { "data-row": line, class: row[OVERLAY] ? "overlay" : "" }, ...cells.map((content) => make("td", {}, ...content)));
}

const link = (content, address) => address ? make("a", { href: address, rel: "noopener noreferrer" }, ...content) : make("span", {}, ...content);
function detail(line, { marks, dated }) {
  const members = list.lines.get(line), row = rows[members[0]];
  const facts = HIDDEN.flatMap((column) => {
    const cell = row[column];
    if (!cell.length) return [];
    const ofList = column === REFERENCE ? ([shown, address]) => [link(marked(shown, marks), address), " "]
      : (id) => [link(marked(id, marks), directory.has(id) && addressOf({ search: id })), " "];
    return [make("dt", {}, columns[column]), make("dd", {}, ...Array.isArray(cell) ? cell.flatMap(ofList) : marked(cell, marks))];
  });
  if (members.length > 1) facts.unshift(make("dt", {}, "Rows"), make("dd", {}, ...members.flatMap((index) => [link([labelOf([index])], linkTo([index])), " "])));
  const content = facts.length ? make("dl", {}, ...facts) : "No other information.";
  return make("tr", { class: "detail" }, make("td", { colspan: VISIBLE.length + (dated !== null) }, content));
}

// The list of lines. It grows when the user comes near its end. Firefox prints many short parts faster than a long one.
const list = { result: { found: [] }, lines: new Map(), order: [], shown: 0, opened: new Set() };
const nearEnd = new IntersectionObserver((seen) => {
  if (seen.some((entry) => entry.isIntersecting)) append(AT_ONCE);
}, { rootMargin: "1500px" });

const elementOf = (line) => body.querySelector(`tr[data-row="${line}"]`);

function append(count) {
  const made = make("tbody", {});
  for (const line of list.order.slice(list.shown, list.shown + count)) {
    made.append(lineElement(line, list.result));
    if (list.opened.has(line)) made.append(detail(line, list.result));
  }
  body.append(made);
  list.shown = Math.min(list.order.length, list.shown + count);
  more.hidden = list.shown >= list.order.length;
  // The observer reports changes only: observed anew, it reports that the end is still near.
  nearEnd.unobserve(more);
  nearEnd.observe(more);
}

const empty = () => all("#rows tbody").forEach((part) => part.remove());

function fillList(result, opened) {
  const of = lines(result.found);
  Object.assign(list, { result, lines: of, order: [...of.keys()], shown: 0, opened });
  empty();
  append(AT_ONCE);
  body.querySelector("td > button")?.setAttribute("tabindex", 0);
}

function toggle(line) {
  const row = elementOf(line), isOpen = !list.opened.delete(line);
  if (isOpen) {
    list.opened.add(line);
    row.after(detail(line, list.result));
  } else {
    row.nextElementSibling.remove();
  }
  row.querySelector("button").setAttribute("aria-expanded", isOpen);
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
  const at = list.order.indexOf(Number(row.dataset.row)) + (isDown ? 1 : -1);
  if (at === list.shown) append(AT_ONCE);
  if (at < 0) element("search").focus();
  else if (at < list.order.length) focusRow(elementOf(list.order[at]));
}

// Brings the first row into view, and the remarks above it if there is room.
function showFirst() {
  const first = elementOf(list.order[0]) ?? element("remarks"), box = first.getBoundingClientRect();
  if (box.top >= all("#rows th")[0].getBoundingClientRect().bottom - 1 && box.bottom <= innerHeight) return;
  const room = innerHeight - form.offsetHeight, remarks = element("remarks").getBoundingClientRect().top;
  const start = box.bottom - remarks <= room ? remarks : element("rows").getBoundingClientRect().top;
  scrollBy({ top: start - form.offsetHeight });
}

// Two buttons in the line that has the pointer or the focus copy its link, and its cells.
let copiers;
["pointerover", "focusin"].forEach((type) => on(body, type, ({ target }) => {
  const row = target.closest("tr[data-row]");
  if (!row || row.contains(copiers)) return;
  const members = list.lines.get(Number(row.dataset.row)), [first] = members.map((index) => rows[index]);
  const button = (title, text) => {
    const made = make("button", { type: "button" }, title);
    on(made, "click", (event) => {
      event.stopPropagation();
      on(document, "copy", (copied) => {
        copied.preventDefault();
        copied.clipboardData.setData("text/plain", text);
      }, { once: true });
      made.textContent = document.execCommand("copy") ? "Copied" : text;
    });
    return made;
  };
  copiers?.remove();
  copiers = make("span", { class: "copy" }, button("Copy link", location.href.replace(/#.*/, "") + linkTo(members)),
    button("Copy row", [first[NAME], first[PORT], transportsOf(members), first[STATUS], first[DESCRIPTION]].join("\t")));
  row.cells[4].append(copiers);
}));
