"use strict";
const form = document.querySelector("form");
const list = document.querySelector("ol");
const items = [...list.children];
const told = document.querySelector("output");
const weights = { error: 0, warning: 1, note: 2 };

function visible() {
  return items.filter((item) => !item.hidden);
}

function filter() {
  const words = form.search.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of items) {
    const { severity, rule, folder } = item.dataset;
    const text = item.textContent.toLowerCase();
    item.hidden = !form[severity].checked
      || (form.rule.value !== "" && form.rule.value !== rule)
      || (form.folder.value !== "" && form.folder.value !== folder)
      || !words.every((word) => text.includes(word));
  }
  told.textContent = `${visible().length} of ${items.length} shown`;
}

function sort() {
  const order = (item) => Number(item.dataset.order);
  const place = (a, b) => (a.dataset.place < b.dataset.place ? -1 : Number(a.dataset.place > b.dataset.place));
  const by = {
    data: (a, b) => order(a) - order(b),
    place,
    severity: (a, b) => weights[a.dataset.severity] - weights[b.dataset.severity] || place(a, b),
    rule: (a, b) => a.dataset.rule.localeCompare(b.dataset.rule) || place(a, b),
  }[form.sort.value];
  items.sort(by);
  list.append(...items);
}

form.addEventListener("input", filter);
form.addEventListener("change", filter);
form.sort.addEventListener("change", sort);
form.addEventListener("submit", (event) => event.preventDefault());
form.open.addEventListener("click", () => {
  const shown = visible().map((item) => item.querySelector("details"));
  const open = !shown.every((one) => one.open);
  for (const one of shown) one.open = open;
});

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    form.search.focus();
  } else if (event.key === "j" || event.key === "k") {
    const shown = visible().map((item) => item.querySelector("summary"));
    const at = shown.indexOf(document.activeElement);
    const next = event.key === "j" ? at + 1 : Math.max(at, 1) - 1;
    shown[Math.min(next, shown.length - 1)]?.focus();
  }
});

addEventListener("beforeprint", () => {
  for (const item of items) item.querySelector("details").open = true;
});

sort();
filter();
