// What opens beside a button: a menu with roving focus. Esc and a click elsewhere close it, focus goes back.

import { el } from "./dom.js";

const GAP = 4;

/** Put an element into the top layer, beside its opener, within the window. */
export function openBeside(opener, node, closed = () => {}) {
  node.popover = "auto";
  opener.after(node);
  opener.setAttribute("aria-expanded", "true");
  node.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const back = node.contains(document.activeElement) || document.activeElement === document.body;
    node.remove();
    opener.setAttribute("aria-expanded", "false");
    if (back) opener.focus();
    closed();
  });
  node.showPopover();
  place(opener, node);
}

function place(opener, node) {
  const at = opener.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = node;
  const left = Math.min(at.left, window.innerWidth - width - GAP);
  const below = at.bottom + GAP;
  const top = below + height > window.innerHeight ? at.top - height - GAP : below;
  node.style.left = `${Math.max(GAP, left)}px`;
  node.style.top = `${Math.max(GAP, top)}px`;
}

/** A menu of `{label, note, choose}`; a `null` is a line between. */
export function openMenu(opener, label, items) {
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label, keydown: roam });
  for (const item of items) menu.append(item === null ? el("hr", {}) : entry(menu, item));
  openBeside(opener, menu);
  menu.querySelector("[role=menuitem]")?.focus();
}

function entry(menu, { label, note, choose }) {
  const chosen = () => {
    menu.hidePopover();
    choose();
  };
  const lines = [el("span", {}, label), note ? el("small", {}, note) : null];
  return el("button", { type: "button", role: "menuitem", tabIndex: -1, click: chosen }, ...lines);
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function roam(event) {
  const items = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { Home: 0, End: items.length - 1 }[event.key] ?? (event.key in STEPS ? at + STEPS[event.key] : null);
  if (event.key === "Tab") event.currentTarget.hidePopover();
  if (to === null) return;
  event.preventDefault();
  items[(to + items.length) % items.length].focus();
}
