// What every part of the cockpit uses: words, numbers, times, elements, and reading from the city.
const settings = JSON.parse(document.getElementById("settings").textContent);
const words = settings.words;
const key = new URLSearchParams(location.search).get("code") ?? "";
const mainLine = ["filed", "triaged", "dispatched", "accepted", "handling", "replied", "verified", "closed"];
const everyMs = 2000, ratesEveryMs = 30000;

const byId = id => document.getElementById(id);
const t = (name, ...args) => args.reduce((text, value, i) => text.replaceAll(`{${i}}`, value), words[name] ?? name);
const capital = text => text[0].toUpperCase() + text.slice(1);
const named = name => (name ? name[settings.language] : "–");
const number = new Intl.NumberFormat(settings.language);
const percent = share => new Intl.NumberFormat(settings.language, { style: "percent", maximumFractionDigits: 1 }).format(share);
const inZone = options => new Intl.DateTimeFormat(settings.language, { timeZone: settings.timeZone, hourCycle: "h23", ...options });
const timeOfDay = inZone({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = inZone({ year: "numeric", month: "short", day: "numeric", weekday: "short" });
const moment = inZone({ month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });

function make(tag, properties = {}, ...children) {
  const { data, ...rest } = properties;
  const node = Object.assign(document.createElement(tag), rest);
  Object.assign(node.dataset, data);
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** Replaces children only when something changed, so that focus, hover and scrolling survive a refresh. */
function show(parent, signature, build) {
  const now = JSON.stringify(signature);
  if (parent.shown !== now) {
    parent.shown = now;
    parent.replaceChildren(...build());
  }
}

function span(hours) {
  if (hours === null || hours === undefined) return { value: "–", unit: "" };
  if (hours < 1) return { value: number.format(Math.round(hours * 60)), unit: t("CockpitMinutes") };
  if (hours < 48) return { value: number.format(Math.round(hours * 10) / 10), unit: t("CockpitHoursUnit") };
  return { value: number.format(Math.round(hours / 2.4) / 10), unit: t("CockpitDays") };
}

const spanText = hours => { const { value, unit } = span(hours); return `${value} ${unit}`.trim(); };

async function read(path) {
  const answer = await fetch(path, { headers: { "x-functions-key": key, accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(8000) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

const row = (id, title, end, below, belowEnd, bad) => make("li", {}, make("button", { type: "button", data: id ? { caseId: id } : {} },
  make("b", { textContent: title }), make("span", { className: bad ? "end bad" : "end", textContent: end }), make("span", { textContent: below }), make("span", { className: "end", textContent: belowEnd })));
const nothing = text => make("li", {}, make("p", { className: "none", textContent: text }));
