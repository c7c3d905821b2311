// Elements made from plain values. Words are always text nodes: nothing that anybody wrote is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";
const AS_PROPERTY = new Set([
  "value",
  "checked",
  "disabled",
  "hidden",
  "indeterminate",
  "multiple",
  "open",
  "rows",
  "tabIndex",
]);

/** An element: functions become listeners by their event's name, null and undefined leave an attribute out. */
export function el(name, given = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue;
    if (typeof value === "function") node.addEventListener(key, value);
    else if (AS_PROPERTY.has(key)) node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zm10 3a3 3 0 100-6 3 3 0 000 6z",
  reply: "M4 5h16v11H9l-5 4z",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  plus: "M12 5v14M5 12h14",
  send: "M4 5l16 7-16 7 3-7z",
  close: "M6 6l12 12M18 6L6 18",
  up: "M7 21V11l4-8c2 0 3 1 3 3l-1 4h6l1 2-2 8-2 1zM3 11h4v10H3z",
  down: "M7 3v10l4 8c2 0 3-1 3-3l-1-4h6l1-2-2-8-2-1zM3 3h4v10H3z",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v6M14 11v6",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  caret: "M6 9l6 6 6-6",
};

/** A line drawing, for the eye alone: what it stands for must be said beside it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button with a drawing on it and its words for those who don't see it. */
export function iconButton(name, words, click, given = {}) {
  return el(
    "button",
    { type: "button", class: "icon-button", title: words, "aria-label": words, click, ...given },
    icon(name),
  );
}

const stamps = new WeakMap();

/**
 * Make the children these: `{key, stamp, draw}` each. One whose key and stamp stay is left as it is, focus and all.
 * Gives the one that was drawn anew around the focus, if any: it has the focus now.
 */
export function sync(parent, items) {
  const there = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = items.map(({ key, stamp, draw }) => {
    const old = there.get(key);
    if (old && stamps.get(old) === stamp) return old;
    const node = draw(old);
    node.dataset.key = key;
    stamps.set(node, stamp);
    return node;
  });
  const focused = document.activeElement;
  const losing = [...there.values()].find((node) => !wanted.includes(node) && node.contains(focused));
  wanted.forEach((node, place) => {
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
  while (parent.children.length > wanted.length) parent.lastElementChild.remove();
  const anew = losing && wanted.find((node) => node.dataset.key === losing.dataset.key);
  if (anew) refocus(anew);
  return anew;
}

function refocus(node) {
  if (!node.hasAttribute("tabindex")) node.tabIndex = -1;
  node.focus({ preventScroll: true });
}

/** A name that no other element has. */
export function fresh(prefix) {
  fresh.count = (fresh.count ?? 0) + 1;
  return `${prefix}-${fresh.count}`;
}
