// Early warning: what is unusual now, and what people write of most.
let warnedStreets = new Set();

async function refreshWarnings() {
  const [{ warnings, precision }, { topics }] = await Promise.all([read("/api/warnings?limit=30"), read("/api/topics?limit=15")]);
  warnedStreets = new Set(warnings.filter(warning => !warning.end).flatMap(warning => warning.streets));
  byId("precision").textContent = precision.precision === undefined ? "" : t("CockpitPrecision", percent(precision.precision), number.format(precision.true + precision.false));
  show(byId("warnings"), warnings, () => warnings.length === 0 ? [nothing(t("CockpitNoWarnings"))] : warnings.map(warning => make("li", {}, make("button", { type: "button", className: warning.end ? "over" : "", data: { warning: warning.id } },
    make("b", {}, chip(warning.level), named(warning.category)), make("span", { className: "end", textContent: moment.format(new Date(warning.onset)) }),
    make("span", { textContent: named(warning.place) }), make("span", { className: "end", textContent: (warning.end ? t("CockpitEnded") + " · " : "") + seen(warning) })))));
  show(byId("topics"), topics, () => topics.length === 0 ? [nothing(t("CockpitNoTopics"))] : topics.map(topic => make("li", {}, make("button", { type: "button", data: { topic: topic.id, name: titleOf(topic) } },
    make("b", { textContent: titleOf(topic) }), make("span", { className: "end" }, spark(topic.days)),
    make("span", { textContent: t("CockpitTopicNote", number.format(topic.reporters), named(topic.areas[0]?.name)) }), make("span", { className: "end", textContent: t("CockpitHeat", number.format(Math.round(topic.index.value * 10) / 10)) })))));
}

const titleOf = topic => topic.name ?? (topic.category ? named(topic.category) : `#${topic.id}`);
const chip = level => make("i", { className: "level " + level, textContent: t("WarningLevel_" + capital(level)) });
const seen = warning => [warning.reporters ? t("CockpitPeople", number.format(warning.reporters)) : null, warning.devices ? t("CockpitDevices", number.format(warning.devices)) : null].filter(text => text).join(" · ");

/** A bar for each of the last days. */
function spark(days) {
  const counts = days.slice(-20).map(day => day.reporters);
  const most = Math.max(1, ...counts);
  return make("span", { className: "spark", ariaHidden: "true" }, ...counts.map(count => {
    const bar = make("i");
    bar.style.height = `${Math.max(8, count / most * 100)}%`;
    return bar;
  }));
}

/** The map once more, with nothing on it but the streets of a warning. */
function mapOf(streets) {
  const drawing = document.querySelector(".drawing svg").cloneNode(true);
  for (const street of drawing.querySelectorAll("[data-street]")) street.setAttribute("class", streets.includes(street.dataset.street) ? "street warned l3" : "street l0");
  return make("div", { className: "mini" }, drawing);
}

function openWarning(id) {
  openPanel(id);
  fill(async () => {
    const warning = await read(`/api/warnings/${encodeURIComponent(id)}`);
    byId("panelTitle").textContent = `${named(warning.category)} · ${named(warning.place)}`;
    const amount = value => number.format(Math.round(value * 100) / 100);
    const facts = [
      ["WarningLevel", t("WarningLevel_" + capital(warning.level)) + ` (${amount(warning.index)} = ${amount(warning.parts.severity)} × ${amount(warning.parts.confidence)} × ${amount(warning.parts.reach)})`],
      ["WarningSince", moment.format(new Date(warning.onset))], ["Area", warning.areas.map(area => named(area.name)).join(" · ") || t("CockpitWholeCity")],
      ["CockpitOwner", warning.owner], ["CockpitDisposition", warning.disposition && t("CockpitDisposition_" + capital(warning.disposition)) + (warning.note ? `: ${warning.note}` : "")],
    ].filter(([, value]) => value);
    return [
      make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", { textContent: t(name) }), make("dd", { textContent: value })])),
      warning.streets.length > 0 ? mapOf(warning.streets) : null,
      make("h3", { textContent: t("CockpitEvidence") }),
      make("table", { className: "signs" }, make("thead", {}, make("tr", {}, ...["CockpitSign", "CockpitSeen", "CockpitExpected", "CockpitScore"].map(name => make("th", { scope: "col", textContent: t(name) })))),
        make("tbody", {}, ...warning.signs.map(sign => make("tr", {}, make("th", { scope: "row", textContent: `${t("CockpitSign_" + capital(sign.kind))} ${sign.subject}` }),
          make("td", { textContent: amount(sign.observed) }), make("td", { textContent: amount(sign.expected) }), make("td", { textContent: amount(sign.score) }))))),
      make("ol", { className: "rows" }, ...warning.signs.filter(sign => sign.kind === "topic").map(sign => make("li", {}, make("button", { type: "button", data: { topic: sign.subject, name: `${t("CockpitSign_Topic")} ${sign.subject}` } }, make("b", { textContent: t("CockpitOpenTopic", sign.subject) })))),
        ...(warning.cases ?? []).toReversed().map(found => row(found.id, found.title || found.text, moment.format(new Date(found.filedAt)), named(found.area), t("CaseState_" + capital(found.status)), false)),
        warning.caseId ? row(warning.caseId, t("CockpitProactive"), "", warning.caseId, "", false) : null),
      make("h3", { textContent: t("CockpitFound") }),
      make("div", { className: "tags" }, ...["true", "false", "known", "drill"].map(disposition => make("button", { type: "button", className: "answer", textContent: t("CockpitDisposition_" + capital(disposition)), onclick: () => rule(id, disposition) }))),
    ].filter(part => part !== null);
  });
}

async function rule(id, disposition) {
  const note = disposition === "false" ? prompt(t("CockpitWhyFalse")) : null;
  if (disposition === "false" && !note) return;
  const answer = await fetch(`/api/warnings/${encodeURIComponent(id)}/disposition`, { method: "POST", headers: { "x-functions-key": key, "content-type": "application/json" }, body: JSON.stringify(note ? { disposition, note } : { disposition }) });
  if (answer.ok) openWarning(id);
  else panelBody.prepend(make("p", { className: "bad", textContent: t("CockpitFailed", (await answer.json()).detail ?? answer.status) }));
}

function openTopic(id, name) {
  openPanel(name);
  fill(async () => {
    const { topic, cases } = await read(`/api/topics/${encodeURIComponent(id)}`);
    byId("panelTitle").textContent = topic.name ?? name;
    return [
      make("div", { className: "tags" }, ...topic.phrases.map(phrase => make("span", { textContent: phrase }))),
      make("p", { className: "note", textContent: t("CockpitTopicFacts", number.format(topic.reporters), number.format(topic.members), topic.first ? moment.format(new Date(topic.first)) : "–") }),
      make("div", { className: "tall" }, spark(topic.days.slice(-60))),
      make("ol", { className: "rows" }, ...(cases.length === 0 ? [nothing(t("CockpitNoCases"))] : cases.toReversed().map(found => row(found.id, found.title || found.text, moment.format(new Date(found.filedAt)), named(found.area), t("CaseState_" + capital(found.status)), false)))),
    ];
  });
}
