// Modals: the view on top of the person's stack, in a dialog that keeps the focus.

import { block } from "./blocks.js";
import { el, fresh, iconButton, sync } from "./dom.js";
import { act, now } from "./state.js";

let [dialog, body, shown] = [null, null, null];
let left = null; // the view whose closing was asked for

/** Show the view on top, or nothing. */
export function drawModal() {
  const view = now.snap.modals.at(-1);
  if (!view) return end();
  if (!dialog || shown?.id !== view.id) begin(view);
  if (dialog.dataset.hash !== view.hash) {
    fill(view);
    settle(false);
  }
  shown = view;
}

function end() {
  const had = dialog;
  [dialog, body, shown] = [null, null, null];
  had?.close();
  had?.remove();
}

function begin(view) {
  const back = dialog?.back ?? document.activeElement;
  dialog?.remove();
  const title = fresh("title");
  body = el("div", { class: "modal-body" });
  dialog = el(
    "dialog",
    {
      class: "modal",
      "aria-labelledby": title,
      cancel: (event) => {
        event.preventDefault();
        close(false);
      },
    },
    el(
      "form",
      {
        novalidate: true,
        submit: (event) => {
          event.preventDefault();
          submit();
        },
      },
      el(
        "div",
        { class: "modal-head" },
        el("h2", { id: title, tabIndex: -1 }),
        iconButton("close", "Close", () => close(true)),
      ),
      body,
      el("p", { class: "modal-notice", role: "alert" }),
      el("div", { class: "modal-foot" }),
    ),
  );
  dialog.back = back;
  dialog.addEventListener("close", () => dialog === null && back?.isConnected && back.focus());
  document.body.append(dialog);
  dialog.showModal();
  fill(view);
  settle(true);
}

/** Give the focus to the first input, in a view that is new, or where nothing had it because the view was loading. */
function settle(anew) {
  const title = dialog.querySelector("h2");
  if (!anew && ![title, dialog, document.body].includes(document.activeElement)) return;
  (body.querySelector(".input .field, .input .select, .input input") ?? title).focus();
}

/** What stands in the inputs now, by block_id. */
function values() {
  return Object.fromEntries(
    [...body.children].filter((node) => node.read).map((node) => [node.dataset.key, node.read()]),
  );
}

function fill(view) {
  dialog.dataset.hash = view.hash;
  dialog.querySelector("h2").textContent = view.title.text;
  const filled = keep(view);
  const use = { target: { view: view.id }, filled, values };
  sync(
    body,
    view.blocks.map((one) => ({ key: one.block_id, stamp: JSON.stringify(one), draw: () => block(one, use) })),
  );
  const depth = now.snap.modals.length;
  const back = el(
    "button",
    { type: "button", class: "button", click: () => close(false) },
    view.close?.text ?? "Close",
  );
  const send = view.submit ? el("button", { type: "submit", class: "button primary" }, view.submit.text) : null;
  dialog
    .querySelector(".modal-foot")
    .replaceChildren(
      ...[
        el("small", { class: "muted" }, depth > 1 ? `View ${depth} of a stack of at most 3` : ""),
        hidden(view),
        back,
        send,
      ].filter(Boolean),
    );
}

/** What the stand-in holds, and over it what was typed here since, where the input is still the same. */
function keep(view) {
  const filled = structuredClone(view.values);
  for (const node of body.children) {
    const [[action, state] = []] = Object.entries(filled[node.dataset.key] ?? {});
    const one = view.blocks.find((other) => other.block_id === node.dataset.key);
    if (!node.read || !state || one.element?.type !== state.type) continue;
    const name = Object.keys(state).find((key) => key !== "type");
    filled[node.dataset.key][action] = { ...state, [name]: restored(one.element, node.read()) };
  }
  return filled;
}

/** A value as the state has it: an option where the page sends only its value. */
function restored(element, value) {
  const options = element.options ?? element.option_groups?.flatMap((group) => group.options);
  const option = (wanted) => options?.find((one) => one.value === wanted) ?? wanted;
  return Array.isArray(value) ? value.map(option) : option(value);
}

function hidden(view) {
  const told = Object.entries(view.private).filter(([, value]) => value);
  if (!told.length) return null;
  const lines = told.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, el("code", {}, value))]);
  return el("details", { class: "private" }, el("summary", {}, "What only the app sees"), el("dl", {}, ...lines));
}

// Whoever is in a hurry presses twice: the second time there is nothing to close, or to send, any more.
async function close(all) {
  if (left === shown.id) return;
  left = shown.id;
  const done = await act("close", { all });
  if (done.problem) left = null;
}

async function submit() {
  const send = dialog.querySelector("[type=submit]");
  if (send.hasAttribute("aria-busy")) return;
  send.setAttribute("aria-busy", "true");
  const done = await act("submit", { view: shown.id, values: values() });
  send.removeAttribute("aria-busy");
  if (dialog) showErrors(done);
}

function showErrors(done) {
  const errors = done.errors ?? {};
  dialog.querySelector(".modal-notice").textContent = done.notice ?? done.problem ?? "";
  const wrong = [...body.children].filter((node) => {
    const field = node.querySelector(".error");
    if (field) field.textContent = errors[node.dataset.key] ?? "";
    node.classList.toggle("wrong", node.dataset.key in errors);
    const input = node.querySelector(".field, .select, .boxes");
    if (node.dataset.key in errors) input?.setAttribute("aria-invalid", "true");
    else input?.removeAttribute("aria-invalid");
    return node.dataset.key in errors;
  });
  wrong[0]?.querySelector(".field, .select, .boxes input")?.focus();
}
