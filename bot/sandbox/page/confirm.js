// The question that Slack puts before a click with `confirm` is sent.

import { el, fresh } from "./dom.js";
import { words } from "./text.js";

/** Whether the person says yes; at once where nothing is to be asked. */
export function confirmed(ask) {
  if (!ask) return Promise.resolve(true);
  return new Promise((answered) => {
    const title = fresh("confirm");
    const end = (yes) => {
      dialog.remove();
      answered(yes);
    };
    const button = (text, kind, yes) =>
      el("button", { type: "button", class: `button ${kind}`, click: () => end(yes) }, text.text);
    const dialog = el(
      "dialog",
      {
        class: "modal small",
        "aria-labelledby": title,
        cancel: (event) => {
          event.preventDefault();
          end(false);
        },
      },
      el("h2", { id: title }, ask.title.text),
      el("div", { class: "modal-body" }, ...words(ask.text)),
      el(
        "div",
        { class: "modal-foot" },
        button(ask.deny, "", false),
        button(ask.confirm, ask.style ?? "primary", true),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
