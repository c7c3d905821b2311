// Sits down as somebody, follows what they see, and draws it.

import { closeByKey, drawAside } from "./aside.js";
import { block } from "./blocks.js";
import { composer } from "./composer.js";
import { el, iconButton, sync } from "./dom.js";
import { drawMessages } from "./messages.js";
import { drawModal } from "./modal.js";
import { drawPlaces, seen, togglePlaces } from "./places.js";
import { act, changed, dm, follow, here, now, onChange, person } from "./state.js";

const at = (id) => document.getElementById(id);
let [stop, drawnFor] = [() => {}, ""];

async function begin() {
  const people = await (await fetch("/page/people")).json();
  const [name, place] = decodeURIComponent(location.hash.slice(1)).split("/");
  const me = (people.find((one) => one.name === name) ?? people[0])?.id;
  now.wanted = place;
  if (me) become(me, true);
}

/** Sit down as this person; a page that is loaded `anew` has lost what only they saw. */
async function become(me, anew = false) {
  stop();
  Object.assign(now, { me, thread: null, panel: now.panel === "thread" ? null : now.panel, notice: null });
  if (anew) await act("reload");
  stop = follow(me, told, lost);
}

function told(snap) {
  const before = now.snap;
  now.snap = snap;
  if (now.wanted !== undefined || !(here() || now.place === "home")) now.place = wantedPlace();
  if (before?.me === snap.me) speak(before, snap);
  changed();
}

/** Where the address says, else the first channel. */
function wantedPlace() {
  const wanted = now.wanted;
  delete now.wanted;
  const found = now.snap.channels.find((one) => one.name === wanted && one.kind !== "im");
  if (wanted === "home") act("open_tab", { tab: "home" });
  return { home: "home", messages: dm()?.id }[wanted] ?? (found ?? now.snap.channels[0])?.id;
}

/** New messages are read out by their `text`, as Slack does it. */
function speak(before, snap) {
  const known = new Set(before.channels.flatMap((one) => one.messages.map((message) => message.ts)));
  const fresh = (snap.channels.find((one) => one.id === now.place)?.messages ?? []).filter(
    (one) => !known.has(one.ts) && one.user !== now.me,
  );
  if (fresh.length) at("spoken").textContent = fresh.map((one) => one.text).join("\n");
}

function lost(gone) {
  document.body.classList.toggle("lost-line", gone);
  if (gone && now.snap)
    changed({ notice: { words: "The sandbox does not answer. Start it again, then reload this page.", slack: false } });
}

let pressed = false;
let due = false;

/** A button that is drawn anew between press and release is never clicked: drawing waits until the pointer is up. */
function drawUnlessPressed() {
  due = pressed;
  if (!pressed) draw();
}

document.addEventListener("pointerdown", () => (pressed = true), { capture: true });
for (const released of ["pointerup", "pointercancel", "dragend"])
  document.addEventListener(released, () => {
    pressed = false;
    setTimeout(() => due && !pressed && drawUnlessPressed()); // behind the click
  });

function draw() {
  const place = here();
  const name = `${now.me} ${now.place}`;
  if (name !== drawnFor) {
    drawnFor = name;
    at("main").replaceChildren(...(place ? channelParts(place) : homeParts()));
    location.replace(`#${person(now.me).name}/${place ? (place.kind === "im" ? "messages" : place.name) : "home"}`);
  }
  document.title = `${place ? title(place) : "Home"} · Quotedesk sandbox`;
  if (place) {
    seen(place);
    drawMessages(at("messages"), place, null);
  } else drawHome();
  drawNotice(place);
  drawPlaces(at("places"), become);
  drawAside(at("aside"));
  drawTools();
  drawModal();
}

const title = (place) => (place.kind === "im" ? now.snap.app.name : `#${place.name}`);

function channelParts(place) {
  const about =
    place.kind === "im"
      ? "Direct messages with the app; send it a file here"
      : `${place.members} members${place.has_app ? "" : `, ${now.snap.app.name} not among them`}`;
  const box = composer("composer-main", place, null, `Message ${title(place)}`);
  const tips = now.snap.tips.map((tip) =>
    el("button", { type: "button", class: "tip", click: () => box.fill(tip) }, tip),
  );
  return [
    el("div", { class: "main-head" }, el("h1", {}, title(place)), el("small", { class: "muted" }, about)),
    el("div", { id: "messages", class: "messages", tabIndex: 0, role: "region", "aria-label": "Messages" }),
    el("div", { id: "notice", role: "alert" }),
    el("div", { class: "tips" }, tips.length ? el("span", {}, "Try") : "", ...tips),
    box,
  ];
}

function homeParts() {
  return [
    el(
      "div",
      { class: "main-head" },
      el("h1", {}, `${now.snap.app.name}: Home`),
      el("small", { class: "muted" }, "What the app publishes for you alone"),
    ),
    el("div", { id: "home", class: "home", tabIndex: 0, role: "region", "aria-label": "Home" }),
    el("div", { id: "notice", role: "alert" }),
  ];
}

function drawHome() {
  const view = now.snap.home;
  const use = { target: { view: view?.id }, filled: view?.values };
  const empty = {
    key: "empty",
    stamp: "",
    draw: () => el("p", { class: "muted" }, "The app has published nothing for you yet."),
  };
  sync(
    at("home"),
    view
      ? view.blocks.map((one) => ({
          key: one.block_id,
          stamp: JSON.stringify([one, view.id]),
          draw: () => block(one, use),
        }))
      : [empty],
  );
}

function drawNotice(place) {
  const { notice } = now;
  const invite = /Invite them\?$/.test(notice?.words ?? "") && place;
  const told = { key: "notice", stamp: JSON.stringify([notice, now.place]), draw: () => noticeNode(notice, invite) };
  sync(at("notice"), notice ? [told] : []); // told once: it is not read out again with every change
}

function noticeNode(notice, invite) {
  const bring = () => act("command", { channel: now.place, name: "/invite" });
  return el(
    "p",
    { class: "notice" },
    notice.slack ? el("strong", {}, "Slack shows: ") : null,
    el("span", {}, notice.words),
    invite ? el("button", { type: "button", class: "button", click: bring }, "Invite") : null,
    iconButton("close", "Dismiss", () => changed({ notice: null })),
  );
}

function drawTools() {
  const count = now.snap.refusals.length;
  const tool = (panel, ...words) =>
    el(
      "button",
      {
        type: "button",
        id: `tool-${panel}`,
        class: "tool",
        "aria-pressed": String(now.panel === panel),
        click: () => changed({ panel: now.panel === panel ? null : panel, thread: null }),
      },
      ...words,
    );
  const focus = document.activeElement?.id;
  const roomy = (words) => el("span", { class: "roomy" }, words);
  at("tools").replaceChildren(
    tool("wire", "Wire", roomy(` Log (${now.snap.wire})`)),
    tool("faults", "Faults", count ? ` (${count}` : "", count ? roomy(" refused") : "", count ? ")" : ""),
  );
  if (focus?.startsWith("tool-")) at(focus)?.focus();
}

at("places-open").addEventListener("click", () => togglePlaces());
at("places").addEventListener("keydown", (event) => event.key === "Escape" && togglePlaces(false));
at("aside").addEventListener("keydown", closeByKey);
at("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address tells who sits here and where, and nothing else
  at("main").focus();
});
onChange(drawUnlessPressed);
begin();
