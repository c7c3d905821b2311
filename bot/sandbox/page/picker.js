// Every select menu, single or multiple: a button, and beside it a list that can be searched by typing.

import { el, fresh, icon, iconButton } from "./dom.js";
import { openBeside } from "./popup.js";
import { everyone, now, person } from "./state.js";

const PAUSE = 250; // milliseconds after the last letter before the app is asked

/** An option for a person or conversation. */
const ofPerson = (one) => ({ value: one.id, text: { text: one.real_name }, description: { text: `@${one.name}` } });
const ofChannel = (one) => ({ value: one.id, text: { text: named(one) } });
const named = (one) => (one.kind === "im" ? `${now.snap.app.name} (direct message)` : `#${one.name}`);
const KINDS = { im: "im", mpim: "mpim", private: "private_channel", public: "public_channel" };

function conversations(element) {
  const wanted = element.filter?.include?.map((name) => KINDS[name]);
  const fits = (one) => !one.archived && (!wanted || wanted.includes(one.kind));
  return now.snap.channels.filter((one) => fits(one) && !(one.kind === "im" && element.filter?.exclude_bot_users));
}

/** By the word before `_select`: what can be chosen, and what is sent of a chosen option. */
const SOURCES = {
  static: {
    groups: (element) => element.option_groups ?? [{ options: element.options }],
    sent: (option) => option.value,
  },
  external: { sent: (option) => option },
  users: { groups: () => [{ options: everyone().map(ofPerson) }], sent: (option) => option.value },
  conversations: {
    groups: (element) => [{ options: conversations(element).map(ofChannel) }],
    sent: (option) => option.value,
  },
  channels: {
    groups: () => [{ options: now.snap.channels.filter((one) => one.kind === "public_channel").map(ofChannel) }],
    sent: (option) => option.value,
  },
};

/** The option that a state's value stands for: it is one, or the id of a person or conversation. */
function optionOf(value) {
  if (typeof value === "object") return value;
  const conversation = now.snap.channels.find((one) => one.id === value);
  if (conversation) return ofChannel(conversation);
  return person(value) ? ofPerson(person(value)) : { value, text: { text: value } };
}

/** `{node, read}` for a select. `ask(typed)` gives an external select's options, `choose(value)` hears every change. */
export function picker(element, { state, label, describedBy, optional, ask, choose }) {
  const many = element.type.startsWith("multi_");
  const source = SOURCES[element.type.replace("multi_", "").replace("_select", "")];
  let chosen = (many ? (state ?? []) : state ? [state] : []).map(optionOf);
  if (!chosen.length && element.default_to_current_conversation && now.place !== "home")
    chosen = [optionOf(now.place)].slice(0, 1);
  const read = () => (many ? chosen.map(source.sent) : chosen.length ? source.sent(chosen[0]) : null);
  const chips = el("span", { class: "chips" });
  const face = el("span", { class: "face" });
  const opener = el(
    "button",
    {
      type: "button",
      class: "select",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-describedby": describedBy,
      click: open,
    },
    face,
    icon("caret"),
  );
  const node = el("div", { class: "picker" }, chips, opener);
  const taken = (option) => chosen.some((one) => one.value === option.value);
  const full = () => many && element.max_selected_items && chosen.length >= element.max_selected_items;

  function draw() {
    const shown = many ? "" : (chosen[0]?.text.text ?? "");
    const empty = element.placeholder?.text ?? (many ? "Select some" : "Select one");
    face.textContent = shown || empty;
    face.classList.toggle("empty", !shown);
    opener.setAttribute(
      "aria-label",
      [label, shown || (many && chosen.map((one) => one.text.text).join(", ")) || empty].filter(Boolean).join(": "),
    );
    chips.replaceChildren(...(many ? chosen.map(chip) : []));
  }
  function chip(option) {
    const remove = () => {
      pick(option);
      opener.focus();
    };
    return el("span", { class: "chip" }, option.text.text, iconButton("close", `Remove ${option.text.text}`, remove));
  }
  function pick(option) {
    if (many)
      chosen = taken(option)
        ? chosen.filter((one) => one.value !== option.value)
        : full()
          ? chosen
          : [...chosen, option];
    else chosen = option ? [option] : [];
    draw();
    choose(read());
  }
  function open() {
    const groups = source.groups
      ? async (typed) => searched(source.groups(element), typed)
      : async (typed) => asked(element, typed, ask);
    const clear = !many && optional && chosen.length ? () => pick(null) : null;
    openList(opener, { label: label || face.textContent, groups, live: !source.groups, taken, pick, many, clear });
  }
  draw();
  return { node, read };
}

function searched(groups, typed) {
  const wanted = typed.toLowerCase();
  const fits = (option) => `${option.text.text} ${option.description?.text ?? ""}`.toLowerCase().includes(wanted);
  return { groups: groups.map((group) => ({ ...group, options: group.options.filter(fits) })) };
}

async function asked(element, typed, ask) {
  const least = element.min_query_length ?? 3;
  if (typed.length < least) return { groups: [], hint: `Type ${least} letters or more.` };
  const done = await ask(typed);
  if (done.problem) return { groups: [], hint: done.problem };
  return { groups: [{ options: done.options }] };
}

function openList(opener, { label, groups, live, taken, pick, many, clear }) {
  const id = fresh("list");
  let [options, at, turn] = [[], 0, 0];
  let [stale, entered] = [false, false];
  const list = el("div", { role: "listbox", id, "aria-label": label, "aria-multiselectable": many ? "true" : null });
  const hint = el("p", { class: "list-hint", role: "status" });
  const search = el("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    placeholder: "Type to search",
    "aria-label": `Search: ${label}`,
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    "aria-controls": id,
    input: () => later(live ? PAUSE : 0),
    keydown: roam,
  });
  const box = el("div", { class: "list" }, search, list, hint);
  openBeside(opener, box, () => {
    turn = -1;
  });
  search.focus();
  fill();

  function later(pause) {
    const mine = ++turn;
    [stale, entered] = [true, false]; // what is shown is not of what is typed now: nothing of it is chosen by Enter
    setTimeout(() => mine === turn && fill(), pause);
  }
  async function fill() {
    const mine = ++turn;
    if (live) hint.textContent = "Asking the app …";
    const found = await groups(search.value);
    if (mine !== turn) return; // something else was typed, or the list is closed
    options = [];
    const drawn = found.groups.filter((group) => group.options.length).map(drawGroup);
    if (clear && !search.value) drawn.unshift(drawOption({ text: { text: "No choice" } }, () => finish(clear)));
    list.replaceChildren(...drawn);
    hint.textContent = found.hint ?? (options.length ? "" : "Nothing fits.");
    at = Math.max(
      0,
      options.findIndex((one) => one.node.getAttribute("aria-selected") === "true"),
    );
    mark();
    stale = false;
    if (entered) options[at]?.choose();
  }
  function drawGroup(group) {
    const lines = group.options.map((option) => drawOption(option, () => finish(() => pick(option))));
    if (!group.label) return el("div", { class: "group" }, ...lines);
    return el(
      "div",
      { class: "group", role: "group", "aria-label": group.label.text },
      el("p", { class: "group-name", "aria-hidden": "true" }, group.label.text),
      ...lines,
    );
  }
  function drawOption(option, choose) {
    const selected = option.value !== undefined && taken(option);
    const note = option.description ? el("small", {}, option.description.text) : null;
    const node = el(
      "div",
      { role: "option", id: fresh("option"), "aria-selected": String(selected), click: choose },
      el("span", {}, option.text.text),
      note,
    );
    options.push({ node, choose });
    return node;
  }
  function finish(choose) {
    box.hidePopover();
    choose();
    opener.focus();
  }
  function mark() {
    options.forEach(({ node }, place) => node.classList.toggle("at", place === at));
    const node = options[at]?.node;
    if (node) search.setAttribute("aria-activedescendant", node.id);
    else search.removeAttribute("aria-activedescendant");
    node?.scrollIntoView({ block: "nearest" });
  }
  function roam(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      at = (at + step + options.length) % options.length;
      mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (stale) entered = true;
      else options[at]?.choose();
    } else if (event.key === "Tab") box.hidePopover();
  }
}
