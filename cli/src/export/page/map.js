// The map of all ports, and the directory of people.

const canvas = element("pixels"), context = canvas.getContext("2d");
let at = 0;

function draw() {
  const image = context.createImageData(256, 256);
  portsOn(wanted.map).kind.forEach((kind, port) => image.data.set([...kinds[kind][1], 255], 4 * port));
  context.putImageData(image, 0, 0);
  element("map-transport").value = wanted.map;
}

function point(port) {
  at = port;
  const ports = portsOn(wanted.map), row = rows[ports.row[port]], kind = kinds[ports.kind[port]][0];
  element("port").replaceChildren(make("strong", {}, row?.[NAME] || kind), ` ${port}/${wanted.map}`,
    row?.[NAME] && kind !== "assigned" ? `, ${kind}` : "", row?.[DESCRIPTION] ? `: ${row[DESCRIPTION]}` : "");
}

function portUnder(event) {
  const box = canvas.getBoundingClientRect();
  const place = (value, start, length) => Math.min(255, Math.max(0, Math.floor((value - start) / length * 256)));
  return place(event.clientY, box.top, box.height) * 256 + place(event.clientX, box.left, box.width);
}

const pick = () => searchFor(`${at}/${wanted.map}`);
["pointermove", "pointerdown"].forEach((type) => on(canvas, type, (event) => point(portUnder(event))));
on(canvas, "click", pick);
on(canvas, "focus", () => point(at));
on(canvas, "keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -256, ArrowDown: 256 }[event.key];
  if (event.key === "Enter") return pick();
  if (!step) return;
  event.preventDefault();
  point(Math.min(65535, Math.max(0, at + step)));
});
on(element("map-transport"), "change", (event) => change({ map: event.target.value }));

// The addresses of a person. IANA writes & for @.
const addresses = (uris) => uris.flatMap((uri) => {
  const address = /^mailto:/.test(uri) ? uri.replace("&", "@") : uri;
  return [link([address.replace("mailto:", "")], /^(?:mailto|tel|https?):/.test(uri) && address), " "];
});

// The directory of people is filled when the user opens it.
function fillPeople() {
  const table = all("#people tbody")[0];
  if (table.childElementCount) return;
  table.append(...people.map(([id, name, organization, uris, updated]) => {
    const cells = [[link([id], addressOf({ search: id }))], [name], [organization], addresses(uris), [updated]];
    return make("tr", {}, ...cells.map((cell) => make("td", {}, ...cell)));
  }));
}

// What the directory says about a person, and the rows that name the person.
function card(id) {
  const [, name, organization, uris] = directory.get(id);
  const own = [...lines([...rows.keys()].filter((index) => [...rows[index][ASSIGNEE], ...rows[index][CONTACT]].includes(id))).values()];
  return make("div", { class: "card" }, make("strong", {}, name || organization), name && organization, ...addresses(uris),
    ...own.slice(0, 20).map((members) => link([labelOf(members)], linkTo(members))),
    own.length > 20 ? link([`all ${own.length}`], addressOf({ search: id })) : "");
}

// Shows the card of a person below a link to the person, by default below the first one.
function showPerson(id, place = all("#rows dd a").find(({ textContent }) => textContent === id)) {
  body.querySelector(".card")?.remove();
  if (id && place) place.closest("dd").append(card(id));
}
