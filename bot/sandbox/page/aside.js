// What stands at the side: a thread, the wire, or the faults with all that was refused.

import { composer } from "./composer.js";
import { el, iconButton, sync } from "./dom.js";
import { drawMessages, refusal } from "./messages.js";
import { act, changed, here, now } from "./state.js";
import { timeOf } from "./text.js";

const wire = [];
const MOST = 300; // exchanges shown; the record keeps them all
let open = null; // what is drawn now
let opener = ""; // where the focus goes back to: a selector, as what stands there may be drawn anew

/** Draw the panel that is open, if any; it takes the focus, and gives it back when it is closed. */
export function drawAside(aside) {
  const panel = now.panel === "thread" && !here() ? null : now.panel;
  const name = panel && `${panel} ${panel === "thread" ? `${now.me} ${now.place} ${now.thread}` : ""}`;
  const within = aside.contains(document.activeElement);
  if (name !== open && panel && !within) opener = whereFocusIs();
  aside.hidden = !panel;
  document.body.classList.toggle("aside-open", Boolean(panel));
  if (name !== open) {
    open = name;
    aside.replaceChildren(...(panel ? PANELS[panel].begin() : []));
    if (panel) (aside.querySelector("textarea") ?? aside.querySelector("h2")).focus();
    else if (within) document.querySelector(opener)?.focus();
  }
  if (panel) PANELS[panel].draw(aside);
}

/** Close on Escape, which a menu in the panel keeps for itself. */
export function closeByKey(event) {
  if (event.key === "Escape" && !event.defaultPrevented && !event.target.closest("[popover]")) close();
}

const close = () => changed({ panel: null, thread: null });

function whereFocusIs() {
  const at = document.activeElement;
  const message = at.closest("[data-key]")?.dataset.key;
  return at.id ? `#${at.id}` : message ? `[data-key="${message}"] .${at.classList[0]}` : "#main";
}

const head = (title) =>
  el(
    "div",
    { class: "aside-head" },
    el("h2", { tabIndex: -1 }, title),
    iconButton("close", `Close: ${title}`, close),
  );

const thread = {
  begin: () => [
    head("Thread"),
    el("div", { class: "messages", tabIndex: 0, role: "region", "aria-label": "Messages of the thread" }),
    composer("composer-thread", here(), now.thread, "Reply in the thread"),
  ],
  draw: (aside) => drawMessages(aside.querySelector(".messages"), here(), now.thread),
};

const wireLog = {
  begin: () => [
    head("Wire Log"),
    el(
      "p",
      { class: "aside-note" },
      `Every request and its answer, the newest first, at most ${MOST}. Tokens, response URLs and triggers are masked.`,
    ),
    el("div", { class: "wire" }),
  ],
  async draw(aside) {
    if (wire.length < now.snap.wire) await read();
    const list = aside.querySelector(".wire");
    if (list)
      sync(
        list,
        wire
          .slice(-MOST)
          .toReversed()
          .map((one) => ({ key: `wire-${one.number}`, stamp: "", draw: () => exchange(one) })),
      );
  },
};

/** Fetch what is new on the wire; where that fails, the lost line is told already. */
async function read() {
  try {
    const answer = await fetch(`/page/wire?from=${wire.length}`);
    for (const one of await answer.json()) wire[one.number] = one;
  } catch {
    return;
  }
}

function exchange(one) {
  const out = one.direction === "from the app";
  const json = (title, value) =>
    el(
      "div",
      {},
      el("h3", {}, title),
      el("pre", { tabIndex: 0 }, typeof value === "string" ? value : JSON.stringify(value, null, 2)),
    );
  return el(
    "details",
    { class: one.status === 200 && one.answer?.ok !== false ? "" : "failed" },
    el(
      "summary",
      {},
      el("span", { class: "arrow", title: one.direction }, out ? "app → Slack" : "Slack → app"),
      el("strong", {}, one.name),
      el(
        "small",
        {},
        `${one.answer?.error ?? one.status ?? "no answer"} · ${Math.round(one.ms)} ms · ${timeOf(one.at)}`,
      ),
    ),
    json("Request", one.request),
    json("Answer", one.answer ?? "(none)"),
  );
}

const faults = {
  begin: () => [head("Faults and Refusals"), el("div", { class: "faults" })],
  draw(aside) {
    const button = (one) =>
      el(
        "div",
        { class: "fault" },
        el(
          "button",
          { type: "button", class: "button", id: `fault-${one.key}`, click: () => act("fault", { key: one.key }) },
          one.label,
        ),
        el("p", {}, one.effect),
      );
    const { armed, refusals, cautions } = now.snap;
    const list = aside.querySelector(".faults");
    const stamp = JSON.stringify([now.snap.faults, armed]);
    sync(list, [
      {
        key: "armed",
        stamp: JSON.stringify(armed),
        draw: () =>
          el(
            "p",
            { class: "armed", role: "status" },
            armed.length ? `To come: ${armed.join("; ")}.` : "Nothing is armed: all goes well.",
          ),
      },
      { key: "buttons", stamp, draw: () => el("div", {}, ...now.snap.faults.map(button)) },
      {
        key: "told",
        stamp: String(refusals.length),
        draw: () =>
          el("h3", {}, refusals.length ? "What Slack would have refused" : "Slack would have refused nothing so far"),
      },
      ...refusals.toReversed().map(refusal),
      {
        key: "cautions",
        stamp: String(cautions.length),
        draw: () =>
          el(
            "div",
            {},
            cautions.length ? el("h3", {}, "What Slack takes, and a person would suffer from") : "",
            el("ul", {}, ...cautions.map((one) => el("li", {}, `${one.where}: ${one.message}`))),
          ),
      },
    ]);
  },
};

const PANELS = { thread, wire: wireLog, faults };
