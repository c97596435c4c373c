// The map of all ports, and the directory of people.

const canvas = element("ports"), context = canvas.getContext("2d");
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
  element("port").replaceChildren(make("strong", {}, row && row[NAME] ? row[NAME] : kind), ` ${port}/${wanted.map}`,
    row && row[NAME] && kind !== "assigned" ? `, ${kind}` : "", row && row[DESCRIPTION] ? `: ${row[DESCRIPTION]}` : "");
}

function portUnder(event) {
  const box = canvas.getBoundingClientRect();
  const place = (value, start, length) => Math.min(255, Math.max(0, Math.floor((value - start) / length * 256)));
  return place(event.clientY, box.top, box.height) * 256 + place(event.clientX, box.left, box.width);
}

canvas.addEventListener("pointermove", (event) => point(portUnder(event)));
canvas.addEventListener("click", (event) => searchFor(`${portUnder(event)}/${wanted.map}`));
canvas.addEventListener("focus", () => point(at));
canvas.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -256, ArrowDown: 256 }[event.key];
  if (event.key === "Enter") return searchFor(`${at}/${wanted.map}`);
  if (!step) return;
  event.preventDefault();
  point(Math.min(65535, Math.max(0, at + step)));
});
element("map-transport").addEventListener("change", (event) => change({ map: event.target.value }));

const drawing = (tag, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  Object.entries(attributes).forEach((pair) => made.setAttribute(...pair));
  return made;
};
kinds.forEach(([name, color]) => {
  const square = drawing("svg", { viewBox: "0 0 1 1", "aria-hidden": true });
  square.append(drawing("rect", { width: 1, height: 1, fill: `rgb(${color})` }));
  element("legend").append(make("li", {}, square, name));
});

// The directory of people is filled when the user opens it.
function fillPeople() {
  const table = document.querySelector("#people tbody");
  if (table.childElementCount) return;
  table.append(...people.map(([id, name, organization, uris, updated]) => {
    const cells = [id, name, organization, uris.join(" "), updated].map((cell) => make("td", {}, cell));
    return make("tr", { id: "person-" + id }, ...cells);
  }));
}

function showPerson(id) {
  document.querySelectorAll("#people .here").forEach((row) => row.classList.remove("here"));
  const row = id ? element("person-" + id) : null;
  row?.classList.add("here");
  row?.scrollIntoView({ block: "center" });
}
