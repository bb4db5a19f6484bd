// The city at a glance, and the panel of a case.
// --- The city's clock: between two readings it runs on at the speed that the readings show.
let at = null, speed = 1;

function setClock(dataAsOf) {
  const city = Date.parse(dataAsOf), real = performance.now();
  if (at && real > at.real && city > at.city) speed = (city - at.city) / (real - at.real);
  at = { city, real };
}

function tick() {
  if (at) {
    const now = new Date(at.city + Math.min(performance.now() - at.real, 5000) * speed);
    byId("clock").textContent = timeOfDay.format(now);
    byId("date").textContent = day.format(now);
  }
}

// --- Figures
function figures(view) {
  const f = view.figures;
  byId("filed").textContent = number.format(f.cases);
  byId("filedNote").textContent = t("CockpitFiledNote", number.format(f.appeals), number.format(f.sensors), number.format(f.warnings));
  byId("open").textContent = number.format(f.open);
  byId("openNote").textContent = f.cases ? t("CockpitOpenNote", percent(f.open / f.cases)) : "";
  byId("overdue").textContent = number.format(f.overdue) + (f.overdueIsMore ? "+" : "");
  byId("overdueNote").textContent = f.overdueIsMore ? t("CockpitOverdueMore") : f.open ? t("CockpitOverdueNote", percent(f.overdue / f.open)) : "";
  byId("overdueTile").classList.toggle("alarm", f.overdue > 0);
  byId("closed").textContent = number.format(f.closed);
  byId("closedNote").textContent = f.closed ? t("CockpitClosedNote", percent(f.inTime / f.closed)) : "";
  byId("solved").textContent = f.closed ? percent(f.solved / f.closed) : "–";
  byId("solvedNote").textContent = f.closed ? t("CockpitSolvedNote", number.format(f.unanswered)) : "";
  const { value, unit } = span(f.medianHours);
  byId("median").replaceChildren(value, make("small", { textContent: unit }));
  byId("medianNote").textContent = f.closed ? t("CockpitMedianNote", spanText(f.meanHours), spanText(f.p90Hours)) : "";
}

// --- The way of a case
function flow(states) {
  const count = Object.fromEntries(states.map(state => [state.state, state.count]));
  const step = state => make("button", { type: "button", className: count[state] ? "some" : "none", data: { state } },
    make("span", { textContent: t("CaseState_" + capital(state)) }), make("b", { textContent: number.format(count[state]) }));
  show(byId("flow"), mainLine.map(state => count[state]), () => mainLine.map(state => make("li", {}, step(state))));
  const rest = states.filter(state => !mainLine.includes(state.state));
  show(byId("sides"), rest, () => rest.map(({ state, count }) => make("button", { type: "button", className: count ? "" : "zero", data: { state } },
    t("CaseState_" + capital(state)), make("b", { textContent: number.format(count) }))));
}

// --- The map: six shades, by share of the fullest street
function map(view) {
  const most = Math.max(5, ...Object.values(view.streets));
  for (const street of document.querySelectorAll("[data-street]")) {
    const open = view.streets[street.dataset.street] ?? 0;
    const shade = open ? Math.min(5, Math.ceil(open / most * 5)) : 0;
    street.setAttribute("class", `street l${shade}${warnedStreets.has(street.dataset.street) ? " warned" : ""}`);
    const title = street.querySelector("title");
    title.name ??= title.textContent;
    title.textContent = `${title.name}: ${number.format(open)}`;
  }
  for (const district of view.districts) {
    const label = document.querySelector(`[data-count="${CSS.escape(district.id)}"]`);
    if (label) label.textContent = number.format(district.open);
  }
  show(byId("legend"), most, () => [make("span", { textContent: "0" }), ...[0, 1, 2, 3, 4, 5].map(shade => make("i", { className: "m" + shade })), make("span", { textContent: number.format(most) })]);
  show(byId("districts"), view.districts, () => view.districts.map(district => make("tr", {},
    make("th", { scope: "row", textContent: named(district.name) }), make("td", { textContent: number.format(district.open) }), make("td", { textContent: number.format(district.done) }))));
}

function departments(list) {
  const most = Math.max(1, ...list.map(unit => unit.open));
  show(byId("departments"), list, () => list.slice(0, 40).map(unit => {
    const bar = make("i");
    bar.style.width = `${unit.open / most * 100}%`;
    return make("tr", { title: t("CockpitDepartmentNote", number.format(unit.open), number.format(unit.done)) },
      make("th", { scope: "row" }, make("button", { type: "button", textContent: named(unit.name), data: { department: unit.id, name: named(unit.name) } })),
      make("td", { ariaHidden: "true" }, make("span", { className: "track" }, bar)), make("td", { textContent: number.format(unit.open) }));
  }));
}

function hours(view) {
  const buckets = view.handlingHours;
  const most = Math.max(1, ...buckets.map(bucket => bucket.count));
  const label = bucket => {
    const bound = bucket.upToHours ?? buckets.at(-2).upToHours;
    const text = bound < 24 ? `${bound}\u202f${t("CockpitHoursUnit")}` : `${bound / 24}\u202f${t("CockpitDays")}`;
    return (bucket.upToHours ? "" : ">\u202f") + text;
  };
  show(byId("bars"), buckets, () => buckets.map(bucket => {
    const bar = make("i");
    bar.style.height = `${bucket.count / most * 82}%`;
    return make("div", {}, make("div", { className: "column" }, bucket.count ? make("b", { textContent: number.format(bucket.count) }) : null, bar), make("span", { textContent: label(bucket) }));
  }));
  show(byId("hours"), buckets, () => buckets.map(bucket => make("tr", {}, make("th", { scope: "row", textContent: label(bucket) }), make("td", { textContent: number.format(bucket.count) }))));
}

// --- The three rates of the running month, as supervision gives them
function rates(view) {
  const all = view.all;
  const excluded = Object.values(all.excluded).reduce((sum, count) => sum + count, 0);
  byId("ratesNote").textContent = t("CockpitRatesNote", view.month, moment.format(new Date(view.dataAsOf)), number.format(all.unanswered), number.format(excluded));
  const line = (name, rate) => {
    const bar = make("i");
    bar.style.width = `${(rate.value ?? 0) * 100}%`;
    return make("tr", {}, make("th", { scope: "row", textContent: name }),
      make("td", {}, make("b", { textContent: rate.value === undefined ? "–" : percent(rate.value) }), make("small", { textContent: `${number.format(rate.numerator)} / ${number.format(rate.denominator)}` })),
      make("td", { ariaHidden: "true" }, make("span", { className: "track" }, bar)));
  };
  show(byId("rates"), all, () => [line(t("CockpitResponse"), all.response), line(t("CockpitResolution"), all.resolution), line(t("CockpitSatisfaction"), all.satisfaction)]);
  byId("ratesTitle").title = t("CockpitRatesMinimum", number.format(view.rules.minimumAnswers));
}

function late(view) {
  const now = Date.parse(view.dataAsOf);
  const by = item => spanText((now - Date.parse(item.dueAt)) / 3.6e6);
  show(byId("late"), view.overdue.map(item => [item, by(item)]), () => view.overdue.length === 0 ? [nothing(t("CockpitNoneOverdue"))] : view.overdue.map(item =>
    row(item.id, named(item.category), by(item), `${named(item.department)} · ${named(item.area)}`, t("CaseState_" + capital(item.state)), true)));
}

function notices(view) {
  show(byId("notices"), view.notices, () => view.notices.length === 0 ? [nothing(t("CockpitNoNotices"))] : view.notices.map(notice =>
    row(notice.kind.startsWith("warning") || notice.kind === "weeklyDigest" ? null : notice.caseId, notice.title, moment.format(new Date(notice.at)), notice.card.body.flatMap(element => element.facts ?? []).map(fact => fact.value).join(" · "), "", false)));
}

// --- The panel: a case, or a list of cases
const panel = byId("panel"), panelBody = byId("panelBody");

function openPanel(title) {
  byId("panelTitle").textContent = title;
  panelBody.replaceChildren(make("p", { textContent: t("CockpitLoading") }));
  if (!panel.open) panel.showModal();
}

async function fill(build) {
  try {
    panelBody.replaceChildren(...await build());
  } catch (failure) {
    panelBody.replaceChildren(make("p", { textContent: t("CockpitFailed", failure.message) }));
  }
}

function openList(title, query) {
  openPanel(title);
  fill(async () => {
    const { cases } = await read(`/api/cases?limit=50&${query}`);
    const due = found => found.assignment ? moment.format(new Date(found.assignment.clocks.resolveDue)) : "";
    return [make("ol", { className: "rows" }, ...(cases.length === 0 ? [nothing(t("CockpitNoCases"))] : cases.map(found =>
      row(found.id, found.title || named(found.category) || found.id, moment.format(new Date(found.filedAt)), `${named(found.category)} · ${named(found.areas?.find(area => area.level === "street")?.name ?? found.areas?.[0]?.name)}`, due(found), false))))];
  });
}

function openCase(id) {
  openPanel(id);
  fill(async () => {
    const [found, history] = await Promise.all([read(`/api/cases/${encodeURIComponent(id)}`), read(`/api/cases/${encodeURIComponent(id)}/history`)]);
    byId("panelTitle").textContent = found.title || named(found.category) || found.id;
    const time = text => (text ? moment.format(new Date(text)) : null);
    const clocks = found.assignment?.clocks;
    const facts = [
      ["CockpitCase", found.id], ["Category", found.category && named(found.category)], ["Area", found.areas?.map(area => named(area.name)).join(" · ")], ["CockpitAddress", found.address],
      ["Department", found.department && named(found.department)], ["FiledAt", time(found.filedAt)], ["SignDue", time(clocks?.signDue)], ["ResolveDue", time(clocks?.resolveDue)], ["CockpitEndedAt", time(found.endedAt)],
    ].filter(([, value]) => value);
    return [
      make("div", { className: "tags" }, make("span", { textContent: t("CaseState_" + capital(found.status)) }), make("span", { textContent: found.origin.channel })),
      make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", { textContent: t(name) }), make("dd", { textContent: value })])),
      make("p", { className: "said", textContent: found.text }),
      found.reply ? make("h3", { textContent: t("CockpitReply") }) : null,
      found.reply ? make("p", { className: "said", textContent: found.reply.text }) : null,
      make("h3", { textContent: t("CockpitHistory") }),
      make("ol", { className: "steps" }, ...history.toReversed().map(step => make("li", {}, make("time", { textContent: moment.format(new Date(step.at)) }),
        make("div", {}, t("CaseAction_" + capital(step.action)), make("span", { textContent: `${step.actor}${step.summary ? " · " + step.summary : ""}` }))))),
    ].filter(part => part !== null);
  });
}

document.addEventListener("click", event => {
  if (event.target === panel) panel.close();
  const from = event.target.closest("[data-case-id], [data-state], [data-department], [data-street], [data-warning], [data-topic]");
  if (!from) return;
  const { caseId, state, department, name, street, warning, topic } = from.dataset;
  if (warning) openWarning(warning);
  else if (topic) openTopic(topic, name);
  else if (caseId) openCase(caseId);
  else if (state) openList(t("CaseState_" + capital(state)), `status=${state}`);
  else if (department) openList(name, `department=${encodeURIComponent(department)}`);
  else openList(from.querySelector("title").name ?? street, `area=${encodeURIComponent(street)}`);
});

// --- Refreshing
const noticesPath = `/api/notices?channel=${encodeURIComponent(settings.channel)}&lang=${settings.language}`;

let ratesDue = 0;

async function refresh() {
  try {
    const [view, news] = await Promise.all([read("/api/overview"), read(noticesPath + "&take=20"), refreshWarnings()]);
    if (performance.now() >= ratesDue) {
      rates(await read("/api/supervision/rates?by=department"));
      ratesDue = performance.now() + ratesEveryMs;
    }
    setClock(view.dataAsOf);
    figures(view); flow(view.states); map(view); departments(view.departments); hours(view); late(view); notices(news);
    byId("fresh").textContent = t("CockpitAsOf", timeOfDay.format(new Date(view.dataAsOf))) + (view.outboxWaiting ? " · " + t("CockpitWaiting", number.format(view.outboxWaiting)) : "");
    byId("dot").className = "dot live";
  } catch (failure) {
    byId("dot").className = "dot lost";
    byId("fresh").textContent = t("CockpitLost", at ? timeOfDay.format(new Date(at.city)) : "–");
  }
  setTimeout(refresh, document.hidden ? 5 * everyMs : everyMs);
}

for (const link of document.querySelectorAll("[data-lang]")) {
  const address = new URL(location.href);
  address.searchParams.set("lang", link.dataset.lang);
  link.href = address.href;
  if (link.dataset.lang === settings.language) link.setAttribute("aria-current", "true");
}

byId("allNotices").href = `${noticesPath}&code=${encodeURIComponent(key)}`;
setInterval(tick, 250);
refresh();
const wanted = new URLSearchParams(location.search);
if (wanted.get("case")) openCase(wanted.get("case"));
else if (wanted.get("warning")) openWarning(wanted.get("warning"));
