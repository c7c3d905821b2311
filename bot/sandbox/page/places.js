// The side: who one is, the channels, the app.

import { el } from "./dom.js";
import { act, changed, dm, everyone, now } from "./state.js";

/** Draw people and places; `become(id)` changes the person. */
export function drawPlaces(nav, become) {
  const focus = document.activeElement?.id;
  nav.replaceChildren(
    you(become),
    group("Channels", now.snap.channels.filter((one) => one.kind !== "im").map(channelLink)),
    group(now.snap.app.name, [homeLink(), ...[dm()].filter(Boolean).map(messagesLink)]),
  );
  if (focus && nav.contains(document.getElementById(focus))) document.getElementById(focus).focus();
}

function you(become) {
  const one = (person) =>
    el(
      "label",
      { class: person.id === now.me ? "you at" : "you" },
      el("input", {
        type: "radio",
        name: "you",
        id: `you-${person.name}`,
        value: person.id,
        checked: person.id === now.me,
        change: () => become(person.id),
      }),
      el(
        "span",
        {},
        person.real_name,
        person.title && !person.real_name.endsWith(person.title) ? el("small", {}, person.title) : null,
      ),
    );
  return el("fieldset", { class: "who" }, el("legend", {}, "You are"), ...everyone().map(one));
}

function group(name, links) {
  return el("section", {}, el("h2", {}, name), el("ul", {}, ...links.map((link) => el("li", {}, link))));
}

function place(id, name, mark, go, unread = false) {
  return el(
    "button",
    {
      type: "button",
      id: `place-${name.toLowerCase()}`,
      class: `place${unread ? " unread" : ""}`,
      "aria-current": now.place === id ? "page" : null,
      click: go,
    },
    el("span", { class: "place-mark", "aria-hidden": "true" }, mark),
    name,
    unread ? el("span", { class: "unseen" }, " (new messages)") : null,
  );
}

const newest = (one) => one.messages.at(-1)?.ts ?? "0";
const key = (one) => `${now.me} ${one.id}`;

/** Remember that the person has seen all of this channel. */
export function seen(one) {
  now.read[key(one)] = newest(one);
}

const unread = (one) => one.id !== now.place && newest(one) > (now.read[key(one)] ?? "0");

function channelLink(one) {
  return place(one.id, one.name, one.kind === "private_channel" ? "◆" : "#", () => goTo(one.id), unread(one));
}

function homeLink() {
  return place("home", "Home", "⌂", () => {
    goTo("home");
    act("open_tab", { tab: "home" });
  });
}

function messagesLink(one) {
  return place(
    one.id,
    "Messages",
    "✉",
    () => {
      goTo(one.id);
      act("open_tab", { tab: "messages" });
    },
    unread(one),
  );
}

/** Open or close the side where it lies over the page; without a word it changes. The focus goes back to its button. */
export function togglePlaces(open) {
  const was = document.body.classList.contains("places-open");
  const is = document.body.classList.toggle("places-open", open);
  const opener = document.getElementById("places-open");
  opener.setAttribute("aria-expanded", String(is));
  if (was && !is) opener.focus();
}

function goTo(id) {
  togglePlaces(false);
  changed({ place: id, thread: null, panel: now.panel === "thread" ? null : now.panel, notice: null });
}
