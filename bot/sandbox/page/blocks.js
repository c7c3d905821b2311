// Blocks: a table from a block's type to what is drawn. `use` is what elements need; see elements.js.

import { el, fresh } from "./dom.js";
import { element, image } from "./elements.js";
import { paragraphs, richText, words } from "./text.js";

/** A block's node; `node.read` gives what is filled in, where it is an input. */
export function block(one, use) {
  const node = el("div", { class: `block ${one.type}` });
  BLOCKS[one.type](node, one, { ...use, block: one });
  return node;
}

/** What is filled in for an element: by the person, else what it begins with. */
function stateOf(one, block, use) {
  const state = use.filled?.[block.block_id]?.[one.action_id];
  const [, value] = Object.entries(state ?? {}).find(([name]) => name !== "type") ?? [];
  if (state) return value;
  return Object.entries(one).find(([name]) => name.startsWith("initial_"))?.[1];
}

const drawn = (one, use) => element(one, { ...use, state: stateOf(one, use.block, use) }).node;

const BLOCKS = {
  divider: (node) => node.append(el("hr", {})),
  header: (node, one) => node.append(el("h2", {}, one.text.text)),
  markdown: (node, one) => node.append(el("p", { class: "plain" }, one.text)),
  rich_text: (node, one) => node.append(...richText(one)),
  image: (node, one) => node.append(image(one).node),
  alert: (node, one) => node.append(el("div", { class: `alert-${one.level ?? "default"}` }, ...words(one.text))),
  section(node, one, use) {
    const text = el("div", { class: "section-text" }, ...words(one.text));
    if (one.fields)
      text.append(el("div", { class: "fields" }, ...one.fields.map((field) => el("div", {}, ...words(field)))));
    node.append(text);
    if (one.accessory)
      node.append(el("div", { class: "accessory" }, drawn(one.accessory, { ...use, label: one.text?.text })));
  },
  context(node, one) {
    node.append(
      ...one.elements.map((part) => (part.type === "image" ? image(part).node : el("div", {}, ...words(part)))),
    );
  },
  actions: (node, one, use) => node.append(...one.elements.map((part) => drawn(part, use))),
  context_actions: (node, one, use) => node.append(...one.elements.map((part) => drawn(part, use))),
  table(node, one) {
    const cell = (given) => el("td", {}, ...(given.type === "rich_text" ? richText(given) : [given.text]));
    node.append(el("table", {}, el("tbody", {}, ...one.rows.map((row) => el("tr", {}, ...row.map(cell))))));
  },
  input(node, one, use) {
    const [id, note, error] = [fresh("input"), fresh("hint"), fresh("error")];
    const made = element(one.element, {
      ...use,
      id,
      label: one.label.text,
      describedBy: `${note} ${error}`,
      state: stateOf(one.element, one, use),
    });
    const named =
      made.node.id === id ? el("label", { for: id }, one.label.text) : el("p", { class: "label" }, one.label.text);
    if (one.optional) named.append(el("small", {}, " (optional)"));
    node.append(
      named,
      made.node,
      el("p", { class: "hint", id: note }, one.hint?.text ?? ""),
      el("p", { class: "error", id: error }),
    );
    node.read = made.read;
  },
};

/** A message's or view's blocks, or its text where it has none. */
export function content(blocks, fallback, use) {
  return blocks.length ? blocks.map((one) => block(one, use)) : paragraphs(fallback);
}
