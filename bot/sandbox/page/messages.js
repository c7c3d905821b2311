// Messages: of a channel or a thread, with what Slack would have refused between them.

import { content } from "./blocks.js";
import { el, icon, iconButton, sync } from "./dom.js";
import { openMenu } from "./popup.js";
import { act, changed, now, person } from "./state.js";
import { paragraphs, timeOf } from "./text.js";

/** All that stands in a channel outside its threads, or in one thread; oldest first. */
export function drawMessages(list, channel, thread) {
  const inPlace = (one) =>
    thread ? one.thread_ts === thread || one.ts === thread : !one.thread_ts || one.thread_ts === one.ts;
  const told = channel.messages.filter(inPlace).map((one) => item(one, channel, thread));
  const refused = thread ? [] : now.snap.refusals.filter((one) => before(one, channel)).map(refusal);
  const newest = list.lastElementChild?.dataset.key;
  const anew = sync(
    list,
    [...told, ...refused].sort((a, b) => a.at - b.at),
  );
  const last = list.lastElementChild;
  if (last && last.dataset.key !== newest) show(list, last);
  else if (anew && anew.offsetTop < list.scrollTop) show(list, anew);
}

const AIR = 10; // pixels around what is scrolled to

/** Scroll to a message's end, or to its beginning where it is taller than the window. */
function show(list, node) {
  const top = node.offsetTop - AIR;
  list.scrollTop = Math.min(top, node.offsetTop + node.offsetHeight + AIR - list.clientHeight);
}

function item(one, channel, thread) {
  const replies = thread
    ? 0
    : channel.messages.filter((other) => other.thread_ts === one.ts && other.ts !== one.ts).length;
  return {
    key: one.ts,
    at: Number(one.ts),
    stamp: JSON.stringify([one, replies]),
    draw: (old) => message(one, replies, thread, old),
  };
}

function message(one, replies, thread, old) {
  const who = person(one.user);
  const target = { channel: one.channel, ts: one.ts };
  const spoken = el(
    "div",
    { class: "spoken", hidden: old?.querySelector(".spoken")?.hidden ?? true },
    el("p", {}, "What a screen reader gets:"),
    el("div", {}, ...paragraphs(one.paragraphs)),
  );
  const node = el(
    "article",
    { class: `message${one.ephemeral ? " ephemeral" : ""}`, "aria-label": `${who.real_name}, ${timeOf(one.ts)}` },
    el(
      "span",
      { class: `face-of ${one.by_bot ? "bot" : ""}`, "aria-hidden": "true" },
      one.by_bot ? "“" : who.real_name[0],
    ),
    el(
      "div",
      { class: "message-body" },
      one.ephemeral
        ? el(
            "p",
            { class: "only-you", title: "It is gone when you reload the page." },
            icon("eye"),
            "Only visible to you",
          )
        : null,
      el(
        "p",
        { class: "byline" },
        el("strong", {}, who.real_name),
        who.bot ? el("span", { class: "app" }, "App") : null,
        el("time", {}, timeOf(one.ts)),
      ),
      el("div", { class: "content" }, ...content(one.blocks, one.paragraphs, { target })),
      ...one.files.map((file) => el("p", { class: "file" }, icon("file"), `${file.name} (${size(file.size)})`)),
      one.edited ? el("small", { class: "muted" }, "(edited)") : null,
      replies
        ? el(
            "button",
            { type: "button", class: "replies", click: () => changed({ thread: one.ts, panel: "thread" }) },
            `${replies} ${replies === 1 ? "reply" : "replies"}`,
          )
        : null,
      spoken,
    ),
    tools(one, spoken, thread),
  );
  return node;
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`;
}

function tools(one, spoken, thread) {
  const reader = {
    label: "What a Screen Reader Gets",
    note: "the text that stands in for the blocks",
    choose: () => {
      spoken.hidden = !spoken.hidden;
    },
  };
  const shortcuts = now.snap.app.shortcuts
    .filter((shortcut) => shortcut.on_messages && !one.ephemeral)
    .map((shortcut) => ({
      label: shortcut.name,
      note: shortcut.description,
      choose: () => act("message_shortcut", { channel: one.channel, ts: one.ts, callback_id: shortcut.callback_id }),
    }));
  const items = [...shortcuts, ...(shortcuts.length ? [null] : []), reader];
  const more = iconButton("dots", "Message menu", () => openMenu(more, "Message menu", items), {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
  });
  const reply =
    thread || one.ephemeral
      ? null
      : iconButton("reply", "Reply in thread", () => changed({ thread: one.ts, panel: "thread" }));
  return el("div", { class: "message-tools" }, reply, more);
}

/** Whether a refusal is shown here: where the message would have stood, else where the person is looking. */
function before(refused, channel) {
  const mine = !refused.user || refused.user === now.me;
  return mine && (refused.channel === channel.id || (!refused.channel && refused.user === now.me));
}

/** What Slack would not have shown, and why. */
export function refusal(one) {
  return { key: `refused-${one.number}`, at: one.at, stamp: "", draw: () => refusalNode(one) };
}

function refusalNode(one) {
  const list = one.messages.length
    ? el("ul", {}, ...one.messages.map((words) => el("li", {}, el("code", {}, words))))
    : null;
  return el(
    "div",
    { class: "refusal" },
    el("p", {}, el("strong", {}, "Slack would have refused this: "), el("code", {}, one.error), ` (${one.where})`),
    list,
  );
}
