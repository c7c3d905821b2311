// Words: mrkdwn that the stand-in has read into runs, rich text, plain text, and times of the clock.

import { el } from "./dom.js";
import { now, person } from "./state.js";

/** A text object, or what a plain string says. */
export function words(text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? paragraphs(text.paragraphs) : [el("p", { class: "plain" }, text.text)];
}

/** Paragraphs as bot/sandbox/mrkdwn.py reads them. */
export function paragraphs(found) {
  return found.map(({ kind, runs }) => {
    const inner = runs.map(run);
    if (kind === "code") return el("pre", {}, ...inner);
    return el(kind === "quote" ? "blockquote" : "p", { class: "plain", dir: "auto" }, ...inner);
  });
}

/** One stretch of words in one style. */
function run(one) {
  let node = document.createTextNode(one.date === undefined ? one.text : clock(one.date, one.format, one.text));
  if (one.mention) node = el("span", { class: "mention" }, node);
  if (one.url) node = link(one.url, node);
  for (const [style, tag] of [
    ["code", "code"],
    ["strike", "s"],
    ["italic", "em"],
    ["bold", "strong"],
  ]) {
    if (one[style]) node = el(tag, {}, node);
  }
  return node;
}

const LEADS = new Set(["http:", "https:", "mailto:"]);

/** A link that tells its target nothing of us; what is no web or mail address stays words. */
export function link(url, ...children) {
  if (!leads(url)) return el("span", {}, ...children);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, ...children);
}

/** Whether a person may be led there. */
export function leads(url) {
  return URL.canParse(url) && LEADS.has(new URL(url).protocol);
}

const LEAVES = {
  text: (leaf) => ({ text: leaf.text }),
  link: (leaf) => ({ text: leaf.text || leaf.url, url: leaf.url }),
  user: (leaf) => ({ text: `@${leaf.name}`, mention: leaf.user_id }),
  usergroup: (leaf) => ({ text: `@${leaf.name}`, mention: leaf.usergroup_id }),
  channel: (leaf) => ({ text: `#${leaf.name}`, mention: leaf.channel_id }),
  broadcast: (leaf) => ({ text: `@${leaf.range}`, mention: leaf.range }),
  emoji: (leaf) => ({
    text: leaf.unicode
      ? String.fromCodePoint(...leaf.unicode.split("-").map((one) => parseInt(one, 16)))
      : `:${leaf.name}:`,
  }),
  color: (leaf) => ({ text: leaf.value, code: true }),
  date: (leaf) => ({ text: leaf.fallback ?? "", date: leaf.timestamp, format: leaf.format, url: leaf.url }),
};

const leaf = (one) => run({ ...LEAVES[one.type](one), ...(one.style ?? {}) });

const PARTS = {
  rich_text_section: (part) => el("p", { class: "plain" }, ...part.elements.map(leaf)),
  rich_text_quote: (part) => el("blockquote", { class: "plain", dir: "auto" }, ...part.elements.map(leaf)),
  rich_text_preformatted: (part) => el("pre", {}, ...part.elements.map(leaf)),
  rich_text_list: (part) => {
    const given = part.style === "ordered" ? { start: String((part.offset ?? 0) + 1) } : {};
    const items = part.elements.map((item) => el("li", {}, ...item.elements.map(leaf)));
    return el(part.style === "ordered" ? "ol" : "ul", { class: `indent-${part.indent ?? 0}`, ...given }, ...items);
  },
};

/** The parts of a rich_text block. */
export function richText(block) {
  return block.elements.map((part) => PARTS[part.type](part));
}

const zoned = (options) => new Intl.DateTimeFormat("en-US", { timeZone: person(now.me)?.tz, ...options });
const TOKENS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { month: "long", day: "numeric", year: "numeric" },
  date_short: { month: "short", day: "numeric", year: "numeric" },
  date_long: { weekday: "long", month: "long", day: "numeric", year: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** A clock time in the person's zone, in Slack's tokens (`{date_short_pretty} at {time}`). */
function clock(seconds, format, fallback) {
  const at = new Date(seconds * 1000);
  const filled = format.replace(/\{(\w+?)(_pretty)?\}/g, (whole, token, pretty) => {
    if (!TOKENS[token]) return whole;
    return (pretty && nearby(at)) || zoned(TOKENS[token]).format(at);
  });
  return filled.includes("{") ? fallback : filled;
}

function nearby(at) {
  const day = (when) => zoned(TOKENS.date_num).format(when);
  const days = {
    [day(Date.now())]: "today",
    [day(Date.now() - 864e5)]: "yesterday",
    [day(Date.now() + 864e5)]: "tomorrow",
  };
  return days[day(at)];
}

/** A message's time of day. */
export function timeOf(ts) {
  return zoned(TOKENS.time).format(new Date(Number(ts) * 1000));
}
