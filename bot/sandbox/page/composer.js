// The message box: Enter sends, a slash offers the app's commands, an @ people; the plus has files and shortcuts.

import { el, fresh, iconButton } from "./dom.js";
import { openMenu } from "./popup.js";
import { act, everyone, now, upload } from "./state.js";

const INVITE = { name: "/invite", usage_hint: "brings the app into this channel", description: "Slack's own" };

/** A message box for a channel, or for a thread in it. */
export function composer(id, channel, thread, label) {
  const list = fresh("hints");
  let [hints, at, files] = [[], 0, []];
  const chosen = el("span", { class: "chosen-files" });
  const usage = el("p", { class: "usage", id: fresh("usage") });
  const options = el("div", {
    role: "listbox",
    id: list,
    class: "hints",
    "aria-label": "Commands and people",
    hidden: true,
  });
  const input = el("textarea", {
    id,
    rows: 1,
    class: "field",
    "aria-label": label,
    placeholder: label,
    autocomplete: "off",
    dir: "auto",
    "aria-controls": list,
    "aria-autocomplete": "list",
    "aria-describedby": usage.id,
    input: suggest,
    keydown: keys,
  });
  const picked = el("input", {
    type: "file",
    multiple: true,
    hidden: true,
    "aria-label": "Files",
    change: () => {
      files = [...picked.files];
      showFiles();
    },
  });
  const plus = iconButton("plus", "Files and shortcuts", () => openMenu(plus, "Files and shortcuts", extras()), {
    "aria-haspopup": "menu",
    "aria-expanded": "false",
  });
  const form = el(
    "form",
    {
      class: "composer",
      submit: (event) => {
        event.preventDefault();
        send();
      },
    },
    options,
    chosen,
    el(
      "div",
      { class: "composer-line" },
      plus,
      input,
      picked,
      el("button", { class: "button primary", type: "submit" }, "Send"),
    ),
    usage,
  );

  function extras() {
    const shortcut = (one) => ({
      label: one.name,
      note: one.description,
      choose: () => act("global_shortcut", { callback_id: one.callback_id }),
    });
    const attach = thread ? [] : [{ label: "Attach Files", choose: () => picked.click() }];
    return [...now.snap.app.shortcuts.filter((one) => !one.on_messages).map(shortcut), ...attach];
  }
  function showFiles() {
    const drop = () => {
      files = [];
      picked.value = "";
      showFiles();
    };
    chosen.replaceChildren(
      ...files.map((file) => el("span", { class: "chip" }, file.name)),
      ...(files.length ? [iconButton("close", "Remove the files", drop)] : []),
    );
    if (files.length) input.focus();
  }
  function known() {
    const commands = [...now.snap.app.commands, ...(channel.kind !== "im" && !channel.has_app ? [INVITE] : [])];
    return commands.map((one) => ({
      typed: `${one.name} `,
      label: one.name,
      note: one.description,
      usage: one.usage_hint,
    }));
  }
  function suggest() {
    grow();
    const text = input.value;
    const mention = /(?:^|\s)@([\w.-]*)$/.exec(text.slice(0, input.selectionStart));
    const people = [{ name: now.snap.app.user_name, real_name: now.snap.app.name }, ...everyone()];
    if (/^\/\S*$/.test(text)) hints = known().filter((one) => one.label.startsWith(text));
    else if (mention)
      hints = people
        .filter((one) => one.name.startsWith(mention[1]))
        .map((one) => ({
          typed: `${text.slice(0, input.selectionStart - mention[1].length)}${one.name} `,
          label: `@${one.name}`,
          note: one.real_name,
        }));
    else hints = [];
    const command = known().find((one) => text.startsWith(one.typed));
    usage.textContent = command?.usage ? `${command.label} ${command.usage}` : "";
    at = 0;
    draw();
  }
  function draw() {
    options.hidden = !hints.length;
    options.replaceChildren(
      ...hints.map((one, place) =>
        el(
          "div",
          {
            role: "option",
            id: `${list}-${place}`,
            class: place === at ? "at" : "",
            "aria-selected": String(place === at),
            pointerdown: (event) => {
              event.preventDefault();
              take(one);
            },
          },
          el("strong", {}, one.label),
          el("small", {}, [one.note, one.usage].filter(Boolean).join(" · ")),
        ),
      ),
    );
    if (hints.length) input.setAttribute("aria-activedescendant", `${list}-${at}`);
    else input.removeAttribute("aria-activedescendant");
  }
  function take(one) {
    input.value = one.typed;
    input.focus();
    suggest();
  }
  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const typed = hints[at]?.typed.trim() === input.value.trim();
    if (hints.length && step) at = (at + step + hints.length) % hints.length;
    else if (hints.length && event.key === "Escape") hints = [];
    else if (hints.length && (event.key === "Tab" || (event.key === "Enter" && !typed))) take(hints[at]);
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) form.requestSubmit();
    else return;
    event.preventDefault();
    draw();
  }
  function grow() {
    input.rows = Math.min(8, input.value.split("\n").length);
  }
  async function send() {
    const text = input.value.trim();
    if (!text && !files.length) return;
    const sent = [text, files];
    input.value = "";
    files = [];
    showFiles();
    suggest();
    const done = await deliver(...sent);
    if (done.problem && !input.value) {
      input.value = text; // what could not be sent is not lost
      suggest();
    }
  }
  function deliver(text, attached) {
    if (attached.length) return upload(channel.id, attached, text);
    const command = /^(\/[\w-]+)(?:\s+([\s\S]*))?$/.exec(text);
    const place = { channel: channel.id, thread_ts: thread };
    return command
      ? act("command", { ...place, name: command[1], text: command[2] ?? "" })
      : act("say", { ...place, text });
  }
  form.fill = (text) => {
    input.value = text;
    input.focus();
    suggest();
  };
  return form;
}
