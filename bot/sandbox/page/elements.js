// What can be pressed, chosen or filled in: a table of block elements. Each gives `{node, read}`; `read` is there where
// something is filled in.

import { confirmed } from "./confirm.js";
import { el, fresh, icon, iconButton } from "./dom.js";
import { picker } from "./picker.js";
import { openMenu } from "./popup.js";
import { act } from "./state.js";
import { leads, link, words } from "./text.js";

/**
 * `use` is `{target, block, state, label, describedBy, values}`: where it stands, what is filled in by now, what it is
 * called, and a function that gives all that is filled in around it.
 */
export function element(one, use) {
  const draw = ELEMENTS[one.type] ?? (one.type.endsWith("_select") ? select : unknown);
  return draw(one, use);
}

const told = (one, use) => ({
  ...use.target,
  block_id: use.block.block_id,
  action_id: one.action_id,
  values: use.values?.() ?? {},
});

/** Tell the app, after asking where that is wanted; a failure is marked beside what was used. */
async function send(node, one, use, name, more, ask = one.confirm) {
  if (!(await confirmed(ask))) return;
  node.setAttribute("aria-busy", "true");
  const done = await act(name, { ...told(one, use), ...more });
  node.removeAttribute("aria-busy");
  const words = done.notice ?? done.problem;
  node.classList.toggle("failed", Boolean(words));
  if (words) node.title = words;
}

/** What was chosen: sent at once, but for an input that waits for its form. */
function chose(one, use, node, chosen) {
  if (use.block.type !== "input" || use.block.dispatch_action) send(node(), one, use, "choose", { chosen });
}

function button(one, use) {
  const node = el(
    "button",
    {
      type: "button",
      class: `button ${one.style ?? ""}`,
      "aria-label": one.accessibility_label,
      click: () => {
        visit(one.url);
        send(node, one, use, "press");
      },
    },
    one.text.text,
    one.url ? " ↗" : "",
  );
  return { node };
}

function visit(url) {
  if (url && leads(url)) window.open(url, "_blank", "noopener,noreferrer");
}

function overflow(one, use) {
  const choose = (option) => () => {
    visit(option.url);
    send(node, one, use, "choose", { chosen: option.value });
  };
  const items = () =>
    one.options.map((option) => ({ label: option.text.text, note: option.description?.text, choose: choose(option) }));
  const node = iconButton("dots", "More actions", () => openMenu(node, "More actions", items()), {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    class: "button square",
  });
  return { node };
}

function select(one, use) {
  const made = picker(one, {
    state: use.state,
    label: use.label,
    describedBy: use.describedBy,
    optional: use.block.optional ?? use.block.type !== "input",
    ask: (typed) => act("suggest", { ...told(one, use), typed }),
    choose: (chosen) => chose(one, use, () => made.node.querySelector(".select"), chosen),
  });
  return made;
}

function boxes(kind) {
  return (one, use) => {
    const name = fresh("boxes");
    const before = [use.state ?? []].flat().map((option) => option.value);
    const inputs = one.options.map((option) =>
      el("input", {
        type: kind,
        name,
        id: fresh("box"),
        value: option.value,
        checked: before.includes(option.value),
        change: () => chose(one, use, () => node, read()),
      }),
    );
    const lines = one.options.map((option, place) =>
      el(
        "div",
        { class: "box" },
        inputs[place],
        el(
          "label",
          { for: inputs[place].id },
          ...words(option.text),
          option.description ? el("small", {}, ...words(option.description)) : null,
        ),
      ),
    );
    const read = () => {
      const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
      return kind === "radio" ? (chosen[0] ?? null) : chosen;
    };
    const node = el(
      "div",
      {
        class: "boxes",
        role: kind === "radio" ? "radiogroup" : "group",
        "aria-label": use.label || "Choices",
        "aria-describedby": use.describedBy,
      },
      ...lines,
    );
    return { node, read };
  };
}

function native(type, toState = (value) => value || null, fromState = (value) => value ?? "") {
  return (one, use) => {
    const node = el("input", {
      type,
      class: "field",
      id: use.id,
      "aria-label": use.id ? null : use.label || one.placeholder?.text || "Date or time",
      "aria-describedby": use.describedBy,
      value: fromState(use.state),
      change: () => chose(one, use, () => node, read()),
    });
    const read = () => toState(node.value);
    return { node, read };
  };
}

const localTime = (seconds) => {
  if (!seconds) return "";
  const at = new Date(seconds * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
};

const INPUT_TYPES = {
  plain_text_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  number_input: "text",
};

function written(one, use) {
  const on = one.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = () => chose(one, use, () => node, read());
  const node = el(one.multiline ? "textarea" : "input", {
    type: one.multiline ? null : INPUT_TYPES[one.type],
    class: "field",
    id: use.id,
    "aria-describedby": use.describedBy,
    autocomplete: "off",
    dir: "auto",
    placeholder: one.placeholder?.text,
    maxlength: one.max_length ? String(one.max_length) : null,
    rows: one.multiline ? 4 : null,
    inputmode: one.type === "number_input" ? "decimal" : null,
    input: () => on.includes("on_character_entered") && tell(),
    keydown: (event) => {
      if (event.key !== "Enter" || one.multiline || !use.block.dispatch_action || !on.includes("on_enter_pressed"))
        return;
      event.preventDefault();
      tell();
    },
  });
  node.value = use.state ?? "";
  if (one.multiline) node.setSelectionRange(0, 0); // what is there already is read from its beginning
  const read = () => node.value || null;
  return { node, read };
}

function feedback(one, use) {
  const thumb = (given, drawing, positive) => {
    const node = el(
      "button",
      {
        type: "button",
        class: "button thumb",
        "aria-pressed": "false",
        "aria-label": given.accessibility_label,
        click: async () => {
          node.setAttribute("aria-pressed", "true");
          await send(node, one, use, "judge", { positive }, null);
        },
      },
      icon(drawing),
      given.text.text,
    );
    return node;
  };
  return {
    node: el(
      "span",
      { class: "thumbs" },
      thumb(one.positive_button, "up", true),
      thumb(one.negative_button, "down", false),
    ),
  };
}

function iconAction(one, use) {
  const node = iconButton(one.icon, one.accessibility_label ?? one.text.text, () => send(node, one, use, "press"));
  return { node };
}

/** An image from elsewhere is not fetched: what it shows is told, and where it lies. */
export function image(one) {
  const own = one.image_url.startsWith(`${location.origin}/`);
  const alt = one.alt_text || "no description";
  const shown = own
    ? el("img", { src: one.image_url, alt })
    : el("span", { class: "image-told" }, `Image: ${alt} `, link(one.image_url, "(open it)"));
  return { node: one.title ? el("figure", {}, el("figcaption", {}, one.title.text), shown) : shown };
}

function unknown(one) {
  return { node: el("span", { class: "image-told" }, `(${one.type}: the sandbox does not draw it)`) };
}

const ELEMENTS = {
  button,
  overflow,
  image,
  checkboxes: boxes("checkbox"),
  radio_buttons: boxes("radio"),
  datepicker: native("date"),
  timepicker: native("time"),
  datetimepicker: native(
    "datetime-local",
    (value) => (value ? Math.floor(new Date(value).getTime() / 1000) : null),
    localTime,
  ),
  plain_text_input: written,
  email_text_input: written,
  url_text_input: written,
  number_input: written,
  feedback_buttons: feedback,
  icon_button: iconAction,
};
