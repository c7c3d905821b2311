// What the page knows: the last snapshot of what the person sees, and where they look. All else is drawn from it.

/** `place` is a channel's id or "home"; `thread` a message's ts; `panel` what stands at the side. */
export const now = { snap: null, me: "", place: "", thread: null, panel: null, notice: null, read: {} };

const drawers = [];

/** Have `draw` called after every change. */
export function onChange(draw) {
  drawers.push(draw);
}

/** Something changed: draw what shows it. */
export function changed(given = {}) {
  Object.assign(now, given);
  if (now.snap) drawers.forEach((draw) => draw());
}

export const channel = (id) => now.snap.channels.find((one) => one.id === id);
export const person = (id) => now.snap.people.find((one) => one.id === id);
export const here = () => channel(now.place);
export const dm = () => now.snap.channels.find((one) => one.kind === "im");
export const everyone = () => now.snap.people.filter((one) => !one.bot && one.active);

/** Do something as the person; what came of it. A failure that Slack shows is shown where the person is. */
export async function act(name, told = {}) {
  return tell(await post("/page/act", JSON.stringify({ ...told, as: now.me, act: name }), "application/json"));
}

/** Send files as the person. */
export async function upload(channelId, files, text) {
  const form = new FormData();
  form.append("as", now.me);
  form.append("channel", channelId);
  form.append("text", text);
  files.forEach((file) => form.append("file", file, file.name));
  return tell(await post("/page/upload", form));
}

async function post(path, body, type) {
  try {
    const answer = await fetch(path, { method: "POST", body, headers: type ? { "Content-Type": type } : {} });
    return answer.ok ? await answer.json() : { problem: await answer.text() };
  } catch {
    return { problem: "The sandbox does not answer. Start it again, then reload this page." };
  }
}

function tell(done) {
  const words = done.notice ?? done.problem;
  changed({ notice: words ? { words, slack: Boolean(done.notice) } : null });
  return done;
}

/** Follow what the person sees; `told` is called with each snapshot, `lost` with whether the line is down. */
export function follow(who, told, lost) {
  const line = new EventSource(`/page/live?as=${encodeURIComponent(who)}`);
  line.addEventListener("message", (event) => told(JSON.parse(event.data)));
  line.addEventListener("open", () => lost(false));
  line.addEventListener("error", () => lost(true));
  return () => line.close();
}
