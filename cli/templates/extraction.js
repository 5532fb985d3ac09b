"use strict";
const parts = [...document.querySelectorAll("[data-facts]")];
const cards = [...document.querySelectorAll(".fact")];
function mark(keys) {
  for (const part of parts) part.classList.toggle("on", part.dataset.facts.split(" ").some((key) => keys.includes(key)));
  for (const card of cards) card.classList.toggle("on", keys.includes(card.id));
}
for (const card of cards) {
  const show = () => {
    mark([card.id]);
    const first = parts.find((part) => part.dataset.facts.split(" ").includes(card.id));
    if (first) first.scrollIntoView({ block: "nearest" });
  };
  card.addEventListener("mouseenter", () => mark([card.id]));
  card.addEventListener("click", show);
  card.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
}
for (const part of parts) {
  part.addEventListener("click", () => {
    const keys = part.dataset.facts.split(" ");
    mark(keys);
    document.getElementById(keys[0]).scrollIntoView({ block: "nearest" });
  });
}
function filter() {
  const kinds = [...document.querySelectorAll("input[data-kind]:checked")].map((box) => box.dataset.kind);
  const least = Number(document.getElementById("least").value);
  for (const card of cards) {
    card.classList.toggle("hidden", !kinds.includes(card.dataset.kind) || Number(card.dataset.confidence) < least);
  }
}
document.querySelector("header").addEventListener("input", filter);
