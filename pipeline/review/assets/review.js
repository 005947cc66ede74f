"use strict";
/* The page of a review.  Text of the paper is only ever put in as text, never as markup. */
const M = JSON.parse(document.getElementById("matter").textContent);
const T = M.texts;
const STORE = "shihyo:" + M.sha256 + ":" + M.edition;
const byId = (id) => document.getElementById(id);
let lang = "ja";
let page = 1;
let current = null;
/* What was typed of each finding: {code, value, reason, kept}.  The local application keeps it in the
   workspace, a page that was opened as a file in the browser. */
let drafts = M.drafts;
if (!M.token) try { drafts = JSON.parse(localStorage.getItem(STORE)) || {}; } catch { drafts = {}; }
/* What the application has not confirmed yet is kept in the tab: a reload may overtake it. */
let unsent = {}, sending = {}, waiting = null;
const mirror = () => sessionStorage.setItem(STORE + ":unsent", JSON.stringify({ ...sending, ...unsent }));
if (M.token) {
  unsent = JSON.parse(sessionStorage.getItem(STORE + ":unsent") || "{}");
  for (const [key, draft] of Object.entries(unsent)) { if (draft) drafts[key] = draft; else delete drafts[key]; }
}
for (const key of Object.keys(drafts))
  if (!M.findings.some((one) => one.key === key && one.open)) delete drafts[key];
const kept = () => Object.entries(drafts).filter(([, draft]) => draft.kept);
const isKept = (key) => !!drafts[key] && drafts[key].kept;

const t = (key, values) => {
  let text = T[key][lang];
  for (const [name, value] of Object.entries(values || {})) text = text.replace("{" + name + "}", value);
  return text;
};
const el = (tag, attributes, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((one) => one !== null && one !== undefined));
  return node;
};
const svg = (tag, attributes, ...children) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

/* ------------------------------------------------------------------ pictures of the pages */
const pictures = [...document.querySelectorAll("script.page")].map((node) => {
  const raw = atob(node.textContent.trim());
  if (!raw) return null;
  const bytes = Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
  node.remove();
  return URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
});

function place(node, box) {
  const { width, height } = M.pages[page - 1];
  node.style.left = (100 * box[0]) / width + "%";
  node.style.top = (100 * box[1]) / height + "%";
  node.style.width = (100 * (box[2] - box[0])) / width + "%";
  node.style.height = (100 * (box[3] - box[1])) / height + "%";
  return node;
}

function drawPage() {
  const sheet = byId("sheet");
  byId("number").textContent = t("pageOf", { page, count: M.pages.length });
  sheet.replaceChildren();
  if (pictures[page - 1]) sheet.append(el("img", { src: pictures[page - 1], alt: t("pageOf", { page, count: M.pages.length }) }));
  for (const one of byId("marks").checked ? M.marks : [])
    if (one.page === page) sheet.append(place(el("span", { class: "mark " + one.kind, title: one.text }), one.box));
  for (const one of M.indicators) {
    const seen = new Set();
    for (const value of [{ page: one.page, box: one.box, text: one.name }, ...one.values]) {
      const spot = value.page + ":" + value.box;
      if (value.page !== page || seen.has(spot)) continue;
      seen.add(spot);
      sheet.append(place(el("button", { type: "button", class: "cell", tabindex: "-1", "data-spot": spot,
        "aria-label": one.name + " " + value.text, onclick: () => openIndicator(one.id, spot) }), value.box));
    }
  }
  for (const one of M.findings) {
    if (one.page !== page || !one.box) continue;
    sheet.append(place(el("button", { type: "button", class: one.decided ? "settled" : one.severity, tabindex: "-1",
      "data-key": one.key, "aria-label": M.rules[one.rule].title[lang], onclick: () => select(one.key, true) }), one.box));
  }
  light();
}

function light(spot) {
  let lit = null;
  for (const node of byId("sheet").querySelectorAll("button")) {
    const on = spot ? node.dataset.spot === spot : current !== null && node.dataset.key === current;
    node.classList.toggle("lit", on);
    if (on) lit = node;
  }
  if (!lit) return;
  const paper = document.querySelector(".paper");
  paper.scrollTop = Math.max(0, lit.offsetTop - paper.clientHeight / 3);
}

function turnTo(number, spot) {
  page = Math.min(Math.max(1, number), M.pages.length);
  drawPage();
  if (spot) light(spot);
}

function crop(one) {
  if (!one.box || !pictures[one.page - 1]) return null;
  const { width, height } = M.pages[one.page - 1];
  const [x0, top, x1, bottom] = [Math.max(0, one.box[0] - 60), Math.max(0, one.box[1] - 16),
    Math.min(width, one.box[2] + 60), Math.min(height, Math.min(one.box[3], one.box[1] + 160) + 16)];
  const scale = Math.min(1.4, 560 / (x1 - x0));
  const node = el("span", { class: "crop", role: "img", "aria-label": t("cropOf", { page: one.page }) });
  node.style.width = (x1 - x0) * scale + "px";
  node.style.height = (bottom - top) * scale + "px";
  node.style.backgroundImage = "url(" + pictures[one.page - 1] + ")";
  node.style.backgroundSize = width * scale + "px auto";
  node.style.backgroundPosition = -x0 * scale + "px " + -top * scale + "px";
  return node;
}

/* ------------------------------------------------------------------ the findings */
function visible() {
  const severity = byId("severity").value, goal = byId("goal").value;
  const kind = byId("kind").value, words = byId("search").value.trim();
  return M.findings.filter((one) =>
    (severity === "" || (severity === "open" ? one.open : severity === "decided" ? !!one.decided : one.severity === severity)) &&
    (goal === "" || String(one.goal) === goal) &&
    (kind === "" || one.rule === kind) &&
    (words === "" || (one.message[lang] + one.subject + one.printed + one.key).includes(words)));
}

function drawList() {
  const list = byId("list");
  list.replaceChildren();
  const found = visible();
  if (!found.length) list.append(el("p", { class: "empty" }, t(M.findings.some((one) => one.open) ? "noneHere" : "noneOpen")));
  const groups = new Map();
  for (const one of found) groups.set(one.rule, [...(groups.get(one.rule) || []), one]);
  for (const [rule, members] of groups) {
    const texts = M.rules[rule];
    list.append(el("div", { class: "group" }, el("h3", {}, texts.title[lang] + " (" + members.length + ")"),
      el("p", {}, texts.explanation[lang]), ...members.map(card)));
  }
}

function card(one) {
  const state = one.decided ? "settled" : one.severity;
  const node = el("article", { class: state + (one.key === current ? " on" : ""), id: "f-" + one.key, tabindex: "-1",
    onclick: (event) => { if (!event.target.closest("input,button,select,a,label")) select(one.key); } },
    el("h4", {}, el("span", { class: "tag " + state }, t(state)), one.message[lang]),
    crop(one),
    el("dl", {}, ...pair("printed", one.printed), ...pair("expected", one.expected), ...pair("decided", one.decided),
      ...pair("todo", M.rules[one.rule].advice[lang])),
    el("p", { class: "key" }, el("a", { href: "#f-" + one.key }, one.key)));
  if (one.open && one.choices.length) node.append(form(one));
  if (one.decided && M.token)
    node.append(el("button", { type: "button", class: "undo", onclick: () => send("/undo", { finding: one.key }) }, t("undo")));
  return node;
}

const pair = (name, text) => (text ? [el("dt", {}, t(name)), el("dd", {}, text)] : []);

const roleWords = () => Object.keys(T).filter((name) => name.startsWith("role_")).map((name) => T[name][lang]).join(lang === "ja" ? "、" : ", ");

function form(one) {
  const draft = drafts[one.key] || {};
  const set = el("fieldset", {}, el("legend", {}, t("decide")));
  one.choices.forEach((choice, index) => {
    set.append(el("label", {}, el("input", { type: "radio", name: "c-" + one.key, value: choice.code,
      checked: draft.code === choice.code, "data-index": index + 1 }), " " + (index + 1) + ". " + choice.text[lang]));
  });
  const value = el("input", { type: "text", class: "value", value: draft.value || "" });
  const reason = el("input", { type: "text", class: "reason", value: draft.reason || "" });
  const note = el("span", { role: "status", class: "note" });
  const typed = one.choices.some((choice) => choice.typed);
  const typing = () => {
    const chosen = set.querySelector("input:checked");
    put(one.key, { code: chosen ? chosen.value : "", value: value.value, reason: reason.value, kept: false });
    button.textContent = t("keep");
  };
  set.addEventListener("input", typing);
  value.addEventListener("input", () => {
    const first = one.choices.find((choice) => choice.typed);
    const chosen = set.querySelector("input:checked");
    if (!chosen && first) set.querySelector('input[value="' + first.code + '"]').checked = true;
  });
  set.addEventListener("change", () => {
    const chosen = set.querySelector("input:checked");
    const choice = chosen && one.choices.find((each) => each.code === chosen.value);
    value.placeholder = choice && choice.cells.length ? choice.cells.join(" " + choice.parts.trim() + " ") : "";
    note.textContent = choice && choice.roles ? t("roles") + roleWords() : "";
  });
  const keep = () => {
    const chosen = set.querySelector("input:checked");
    const choice = chosen && one.choices.find((each) => each.code === chosen.value);
    if (!choice || !reason.value.trim() || (choice.typed && !value.value.trim())) {
      note.textContent = t("lacking");
      return;
    }
    put(one.key, { code: choice.code, value: choice.typed ? value.value.trim() : "", reason: reason.value.trim(), kept: true });
    button.textContent = t("again");
    back.hidden = false;
    step(1, true);
  };
  const onEnter = (node, act) => node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();  // else the key would press the button that is focused next
    act();
  });
  onEnter(reason, keep);
  onEnter(value, () => reason.focus());
  const button = el("button", { type: "button", class: "main keep", onclick: keep }, t(isKept(one.key) ? "again" : "keep"));
  const back = el("button", { type: "button", class: "back", hidden: !isKept(one.key), onclick: () => {
    put(one.key, null);
    set.replaceWith(form(one));
  } }, t("undo"));
  set.append(el("div", { class: "given" },
    typed ? el("label", {}, t("value"), value) : null,
    el("label", { class: "why" }, t("reason"), reason),
    button, back, note));
  return set;
}

function select(key, show) {
  current = key;
  const one = M.findings.find((each) => each.key === key);
  if (!one) return;
  for (const node of document.querySelectorAll("article.on")) node.classList.remove("on");
  const node = byId("f-" + key);
  if (node) {
    node.classList.add("on");
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: show === false ? "nearest" : "center" });
  }
  if (one.page && one.page !== page) turnTo(one.page);
  else light();
}

function step(by, open) {
  const found = visible().map((one) => one.key);
  const rest = open ? found.filter((key) => !isKept(key)) : found;
  if (!rest.length) { byId("store").focus(); return; }
  let at = rest.indexOf(current);
  if (at < 0) {
    const after = found.slice(found.indexOf(current) + 1).find((key) => rest.includes(key));
    at = after ? rest.indexOf(after) - by : -1;
  }
  select(rest[Math.min(Math.max(0, at + by), rest.length - 1)]);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input[type=text],input[type=search],select");
  if (event.key === "Escape" && current) { select(current); return; }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const card = current && byId("f-" + current);
  if (event.key === "j" || event.key === "n") step(1);
  else if (event.key === "k" || event.key === "p") step(-1);
  else if (/^[1-9]$/.test(event.key) && card) {
    const radio = card.querySelector('input[data-index="' + event.key + '"]');
    if (!radio) return;
    radio.checked = true;
    const choice = M.findings.find((one) => one.key === current).choices[Number(event.key) - 1];
    card.querySelector(choice.typed ? ".value" : ".reason").focus();
  } else return;
  event.preventDefault();
});

/* ------------------------------------------------------------------ keeping what was decided */
function put(key, draft) {
  if (draft) drafts[key] = draft;
  else delete drafts[key];
  unsent[key] = draft;
  if (M.token) {
    mirror();
    clearTimeout(waiting);
    waiting = setTimeout(flush, draft && !draft.kept ? 400 : 0);
  } else try { localStorage.setItem(STORE, JSON.stringify(drafts)); } catch { /* private windows keep none */ }
  remember();
}

async function flush() {
  clearTimeout(waiting);
  if (!M.token || !Object.keys(unsent).length) return;
  const sent = unsent;
  unsent = {};
  sending = { ...sending, ...sent };
  try {
    const answer = await fetch("/drafts", request({ drafts: sent }, true));
    if (!answer.ok) throw new Error();
  } catch {
    unsent = { ...sent, ...unsent };
    byId("told").textContent = t("notKept");
  }
  for (const key of Object.keys(sent)) if (sending[key] === sent[key]) delete sending[key];
  mirror();
}
addEventListener("pagehide", flush);

function remember() {
  const count = kept().length;
  byId("save").hidden = !count;
  for (const id of ["made", "store", "copy", "drop"]) byId(id).hidden = !count;
  byId("made").textContent = t("madeCount", { count });
  byId("store").textContent = t(M.token ? "rerun" : "download", { path: M.path });
}

function toml() {
  const today = new Date();
  const when = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const made = kept().map(([key, draft]) => {
    const choice = M.findings.find((one) => one.key === key).choices.find((one) => one.code === draft.code);
    return { ...choice.fields, ...(choice.typed ? { value: draft.value } : {}), reason: draft.reason, when };
  });
  const blocks = made.map((fields) => "\n[[decision]]\n" + Object.entries(fields).map(([name, value]) => name + " = " + JSON.stringify(value)).join("\n") + "\n");
  const head = M.existing || 'area = "' + M.area + '"\nedition = ' + M.edition + "\n";
  // A document has one title and one legend: a new decision on it takes the place of the old one.
  const renewed = made.map((fields) => fields.action).filter((action) => action === "title" || action === "legend");
  const others = head.split(/\n(?=\[\[decision\]\])/).filter((block) => {
    const action = /^action = "(\w+)"/m.exec(block);
    return !block.startsWith("[[decision]]") || !action || !renewed.includes(action[1]) || /^(layout|indicator|page) = /m.test(block);
  });
  return others.join("\n").replace(/\n*$/, "\n") + blocks.join("");
}

const request = (content, keepalive) => ({ method: "POST", body: JSON.stringify(content), keepalive: !!keepalive,
  headers: { "Content-Type": "application/json", "X-Shihyo-Token": M.token } });

async function send(path, content) {
  byId("told").textContent = t("running");
  byId("save").hidden = false;
  await flush();
  let told;
  try {
    const answer = await fetch(path, request(content));
    told = await answer.json();
    if (!answer.ok) { byId("told").textContent = told.message[lang]; return; }
  } catch { byId("told").textContent = t("notKept"); return; }
  sessionStorage.setItem(STORE, JSON.stringify(told));
  location.reload();
}

byId("store").addEventListener("click", () => {
  if (M.token) {
    send("/decisions", { decisions: kept().map(([finding, { code, value, reason }]) => ({ finding, code, value, reason })) });
    return;
  }
  const link = el("a", { href: URL.createObjectURL(new Blob([toml()], { type: "application/toml" })), download: M.path });
  link.click();
  byId("told").textContent = t("put", { path: M.path });
});
byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(toml());
    byId("told").textContent = t("copied");
  } catch { byId("told").textContent = t("notCopied"); }
});
byId("drop").addEventListener("click", () => { for (const key of Object.keys(drafts)) put(key, null); drawList(); });

/* ------------------------------------------------------------------ values and charts */
const COLOURS = ["#0b6b3a", "#2b5a8a", "#a88a00", "#a3123a", "#5b3a8a", "#525c70"];

function openIndicator(id, spot) {
  for (const node of document.querySelectorAll("tr.on")) node.classList.remove("on");
  const row = byId("i-" + id);
  if (row) { row.classList.add("on"); row.scrollIntoView({ block: "center" }); }
  light(spot);
}

function drawValues() {
  const fields = ["baseline", "target", "actual", "next_target", "rate"].filter((field) =>
    M.indicators.some((one) => one.values.some((value) => value.field === field)));
  const names = ["id", "indicator", "unit", "direction", ...fields, "status", "recomputed", "progress", "editions"];
  const body = [];
  let under = null;
  for (const one of M.indicators) {
    if (one.place !== under && one.place) body.push(el("tr", { class: "place" }, el("th", { scope: "colgroup", colspan: names.length }, one.place)));
    under = one.place;
    body.push(el("tr", { id: "i-" + one.id },
    el("td", { class: "id" }, el("a", { href: "#i-" + one.id }, one.id)), el("td", { class: "name" }, one.name),
    el("td", { class: "unit" }, one.unit), el("td", {}, side(one)),
    ...fields.map((field) => el("td", { class: "number" }, ...one.values.filter((value) => value.field === field).map((value) =>
      el("div", {}, el("button", { type: "button", title: value.printed + (value.decided ? " / " + value.decided : ""),
        onclick: () => turnTo(value.page, value.page + ":" + value.box) },
        (value.part ? value.part + " " : "") + value.text + (value.decided ? " ✎" : "")))))),
    el("td", { class: "word" }, one.status), el("td", { class: one.recomputed && one.recomputed !== one.status ? "word apart" : "word" }, one.recomputed || "–"),
    el("td", {}, progress(one)), el("td", {}, line(one))));
  }
  byId("indicators").replaceChildren(
    el("thead", {}, el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, t(name))))), el("tbody", {}, ...body));
}

const side = (one) => el("details", {}, el("summary", {}, t({ higher: "up", lower: "down" }[one.direction] || "unknown")), one.evidence[lang]);

const figure = (one, field) => {
  const found = one.values.find((value) => value.field === field && value.number !== null && !value.part);
  return found ? Number(found.number) : null;
};

function progress(one) {
  const [base, target, actual] = ["baseline", "target", "actual"].map((field) => figure(one, field));
  if (base === null || target === null || actual === null || base === target) return "";
  const share = (actual - base) / (target - base);
  const x = 20 + 80 * Math.min(1.4, Math.max(-0.2, share));
  const good = one.direction === "lower" ? actual <= target : one.direction === "higher" ? actual >= target : share >= 1;
  return svg("svg", { viewBox: "0 0 140 16", width: 140, height: 16, role: "img", "aria-label": t("progressOf", { share: Math.round(100 * share) }) },
    svg("line", { x1: 20, x2: 100, y1: 8, y2: 8, stroke: "#7a8598", "stroke-width": 2 }),
    svg("line", { x1: 20, x2: 20, y1: 3, y2: 13, stroke: "#525c70", "stroke-width": 2 }),
    svg("line", { x1: 100, x2: 100, y1: 2, y2: 14, stroke: "#1d2433", "stroke-width": 3 }),
    svg("circle", { cx: x, cy: 8, r: 5, fill: good ? "#0b6b3a" : "#a3123a" }));
}

function line(one) {
  const points = one.line.map(([year, number]) => [year, Number(number)]);
  if (points.length < 2) return "";
  const [first, last] = [points[0][0], points[points.length - 1][0]];
  const values = points.map((point) => point[1]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (year) => 4 + (92 * (year - first)) / (last - first);
  const y = (value) => (high === low ? 9 : 15 - (12 * (value - low)) / (high - low));
  return svg("svg", { viewBox: "0 0 100 18", width: 100, height: 18, role: "img",
    "aria-label": points.map((point) => point.join(": ")).join(", ") },
    svg("polyline", { points: points.map((point) => x(point[0]) + "," + y(point[1])).join(" "), fill: "none", stroke: "#0a58ca", "stroke-width": 1.5 }),
    ...points.map((point) => svg("circle", { cx: x(point[0]), cy: y(point[1]), r: 1.8, fill: "#0a58ca" })));
}

function bar(counts, words) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const node = svg("svg", { viewBox: "0 0 400 16", preserveAspectRatio: "none", role: "img",
    "aria-label": words.map((word, index) => word + " " + counts[index]).join(", ") });
  let at = 0;
  counts.forEach((count, index) => {
    const width = total ? (400 * count) / total : 0;
    node.append(svg("rect", { x: at, y: 0, width, height: 16, fill: COLOURS[index % COLOURS.length] }));
    at += width;
  });
  return node;
}

function drawCharts() {
  const whole = M.groups.find((group) => group.goal === null) || M.groups[0];
  const chart = byId("status-chart");
  chart.replaceChildren();
  if (!whole || !whole.statuses.length) { chart.append(el("p", {}, t("noStatuses"))); return; }
  const words = whole.statuses.map((one) => one.word);
  const bars = el("div", { class: "bars" });
  for (const group of M.groups) {
    const name = group.goal === null ? t("whole") : t("goalNumber", { number: group.goal });
    for (const way of ["published", "recomputed"]) {
      const counts = words.map((word) => (group.statuses.find((one) => one.word === word) || { [way]: 0 })[way]);
      if (way === "recomputed" && !counts.some(Boolean)) continue;
      bars.append(el("span", {}, name + " " + t(way) + ": " + words.map((word, index) => word + " " + counts[index]).join("、")), bar(counts, words));
    }
  }
  const legend = el("p", { class: "legend" }, ...words.map((word, index) => {
    const colour = el("i");
    colour.style.background = COLOURS[index % COLOURS.length];
    return el("span", {}, colour, word);
  }));
  chart.append(bars, legend);
}

const toPage = (number, spot) => el("button", { type: "button", onclick: () => turnTo(number, spot) }, t("pageOf", { page: number, count: M.pages.length }));
const cells = (tag, texts) => texts.map((text) => el(tag, tag === "th" ? { scope: "col" } : {}, text));

function drawLayouts() {
  const list = byId("layout-list");
  list.replaceChildren();
  for (const one of M.layouts) {
    const roles = one.columns.map((column) => el("td", column.doubt ? { class: "doubt" } : {}, el("strong", {}, T["role_" + column.kind][lang]),
      column.doubt ? el("div", {}, column.doubt[lang]) : null));
    list.append(el("div", { class: "scroll", tabindex: "0" }, el("table", { class: "layout" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, toPage(one.page)), ...cells("th", one.columns.map((column) => column.header)))),
      el("tbody", {}, el("tr", {}, el("td", {}), ...roles),
        ...one.samples.map((row) => el("tr", {}, el("td", {}, t("sampled")), ...cells("td", row)))))));
  }
  for (const [name, members] of [["joins", M.joins.map((one) => el("li", {}, toPage(one.page), " ", one.how[lang], one.text ? "：" + one.text : ""))],
    ["colours", M.highlights.map((one) => { const colour = el("i"); colour.style.background = one.fill; return el("li", { class: "legend" }, colour, one.text); })]])
    if (members.length) list.append(el("details", { open: members.length < 9 }, el("summary", {}, t(name) + " (" + members.length + ")"), el("ul", {}, ...members)));
}

const links = (rows) => rows.flatMap((one, index) => [index ? "、" : "", el("a", { href: "#i-" + one.id, onclick: () => openIndicator(one.id) }, one.name)]);

function drawLegend() {
  const list = byId("legend-list");
  if (!M.legend.length) { list.replaceChildren(el("p", {}, t("noStatuses"))); return; }
  const ruled = M.legend.some((one) => one.applied);
  list.replaceChildren(
    ...(ruled ? [] : [el("p", {}, t("noLegend"))]),
    el("table", {}, el("thead", {}, el("tr", {}, ...cells("th", ["word", "explained", "applied", "bearing", "alike", "apart"].map((name) => t(name))))),
      el("tbody", {}, ...M.legend.map((one) => el("tr", {}, el("th", { scope: "row" }, one.word),
        el("td", {}, one.rule, one.page ? el("div", {}, toPage(one.page)) : null), el("td", {}, one.applied ? one.applied[lang] : "–"),
        el("td", { class: "number" }, String(one.borne)),
        el("td", {}, String(one.alike), one.proofs.length ? "：" : "", ...links(one.proofs)),
        el("td", one.apart ? { class: "apart" } : {}, String(one.apart), one.against.length ? "：" : "", ...links(one.against)))))));
}

function drawDecisions() {
  const node = byId("decisions");
  node.hidden = !M.decisions.length;
  node.querySelector("summary").textContent = t("saved", { count: M.decisions.length });
  node.querySelector("ul").replaceChildren(...M.decisions.map((one) => el("li", {}, ...(one.page ? [toPage(one.page), " "] : []),
    one.expect ? one.expect + " → " : "", el("strong", {}, one.text[lang] + (one.value ? " " + one.value : "")), " (" + one.reason + ", " + one.by + ") ",
    M.token && one.finding ? el("button", { type: "button", class: "undo", onclick: () => send("/undo", { finding: one.finding }) }, t("undo")) : null)));
}

/* ------------------------------------------------------------------ beginning */
function options(node, pairs) {
  const chosen = node.options.length ? node.value : pairs[0][0];
  node.replaceChildren(...pairs.map(([value, text]) => el("option", { value }, text)));
  node.value = pairs.some(([value]) => value === chosen) ? chosen : pairs[0][0];
}

function draw() {
  document.documentElement.lang = lang;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
  for (const each of ["ja", "en"]) byId(each).setAttribute("aria-pressed", String(each === lang));
  byId("verdict").textContent = M.verdict[lang];
  options(byId("severity"), [["open", t("open")], ["", t("all")], ["blocker", t("blocker")], ["error", t("error")],
    ["warning", t("warning")], ["info", t("info")], ["decided", t("settled")]]);
  options(byId("goal"), [["", t("all")], ...M.goals.map((goal) => [String(goal.number), goal.number + " " + goal.title])]);
  options(byId("kind"), [["", t("all")], ...Object.entries(M.rules).map(([rule, texts]) => [rule, texts.title[lang]])]);
  drawPage(); drawList(); drawDecisions(); drawCharts(); drawLegend(); drawLayouts(); drawValues(); remember();
}

for (const each of ["ja", "en"]) byId(each).addEventListener("click", () => { lang = each; draw(); });
byId("before").addEventListener("click", () => turnTo(page - 1));
byId("after").addEventListener("click", () => turnTo(page + 1));
for (const name of ["severity", "goal", "kind"]) byId(name).addEventListener("change", drawList);
byId("search").addEventListener("input", drawList);
byId("marks").addEventListener("change", drawPage);
draw();
flush();
const told = sessionStorage.getItem(STORE);
if (told) {
  sessionStorage.removeItem(STORE);
  byId("save").hidden = false;
  byId("told").textContent = JSON.parse(told).message[lang];
}
const asked = decodeURIComponent(location.hash.slice(3));
const row = M.indicators.find((one) => location.hash.startsWith("#i-") && one.id === asked);
if (row) {
  turnTo(row.page);
  openIndicator(row.id, row.page + ":" + row.box);
} else if (M.findings.some((one) => one.key === asked)) {
  byId("severity").value = "";
  drawList();
  select(asked);
} else if (visible().length) { current = visible()[0].key; if (visible()[0].page) turnTo(visible()[0].page); else light(); }
