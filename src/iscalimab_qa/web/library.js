// The table's own script: filter, sort, hand clicks on. `element`, `trigger` and `watch` are Gradio's.
const chosen = {};
let order = { by: "source", down: false };

const rows = () => [...element.querySelectorAll("tbody tr")];

function fits(row) {
  return Object.entries(chosen).every(([name, value]) => {
    if (!value) return true;
    if (name === "words")
      return value.toLowerCase().split(/\s+/).every((word) => row.dataset.words.includes(word));
    return row.dataset[name].split("|").includes(value);
  });
}

function filter() {
  const all = rows();
  all.forEach((row) => (row.hidden = !fits(row)));
  const count = element.querySelector(".count");
  if (count) count.textContent = `${all.filter((row) => !row.hidden).length} of ${all.length} sources`;
}

function sort() {
  const body = element.querySelector("tbody");
  if (!body) return;
  const key = (row) => row.querySelector(`td.${order.by}`).dataset.key;
  const sorted = rows().sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }));
  body.append(...(order.down ? sorted.reverse() : sorted));
  element.querySelectorAll("th[aria-sort]").forEach((head) => {
    const here = head.classList.contains(order.by);
    head.setAttribute("aria-sort", here ? (order.down ? "descending" : "ascending") : "none");
  });
}

// A fresh table keeps what the reader had chosen.
function arrange() {
  Object.entries(chosen).forEach(([name, value]) => {
    const field = element.querySelector(`.filters [name=${name}]`);
    if (field) field.value = value;
    if (field && field.value !== value) delete chosen[name];
  });
  sort();
  filter();
}

element.addEventListener("input", (event) => {
  if (!event.target.closest(".filters")) return;
  chosen[event.target.name] = event.target.value;
  filter();
});

element.addEventListener("click", (event) => {
  const head = event.target.closest("button[data-sort]");
  const act = event.target.closest("button.act");
  if (head) {
    order = { by: head.dataset.sort, down: order.by === head.dataset.sort && !order.down };
    sort();
  }
  if (act) trigger("click", { source: act.dataset.source });
});

watch("value", arrange);
arrange();
