// What a click or a key shows. Nothing is counted here: every number stands in the page already.
"use strict";
(() => {
  const one = (what, within = document) => within.querySelector(what);
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const claims = all(".claim");
  const reports = all(".report");
  const tools = one("#tools");
  const wide = matchMedia("(min-width: 62rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  if (!claims.length || !tools) return;
  tools.hidden = false;

  // A place: "doc-r1:302-355+400-420" is a report and stretches of it.
  const placed = (name) => {
    const cut = name.lastIndexOf(":");
    const report = document.getElementById(cut < 0 ? name : name.slice(0, cut));
    if (!report || !report.classList.contains("report")) return null;
    const spans = cut < 0 ? [] : name.slice(cut + 1).split("+").map((span) => span.split("-").map(Number));
    return { report, spans };
  };
  const offset = (piece) => Number(piece.dataset.o ?? parseInt(piece.id.slice(piece.id.lastIndexOf(":") + 1), 10));
  const stretches = ({ report, spans }) =>
    all(".text span", report).filter((piece) => {
      const at = offset(piece);
      return spans.some(([start, end]) => start <= at && at < end);
    });
  const bring = (report, piece) => {
    report.classList.remove("off");
    if (!wide.matches) return;
    const columns = report.parentElement;
    columns.scrollTo({ left: report.offsetLeft - columns.offsetLeft - 40, behavior: calm });
    if (piece) {
      const gap = piece.getBoundingClientRect().top - report.getBoundingClientRect().top;
      report.scrollTo({ top: report.scrollTop + gap - report.clientHeight / 3, behavior: calm });
    }
  };

  // ------------------------------------------------------------ one claim at a time
  let now = null;
  const unmark = (mark) => all("." + mark).forEach((piece) => piece.classList.remove(mark));
  const filtered = one("#all");
  const show = (claim, how = {}) => {
    if (now) now.classList.remove("now");
    now = claim;
    claim.classList.add("now");
    if (how.open !== false) one("details", claim).open = true;
    unmark("on");
    unmark("at");
    const first = new Map();
    for (const link of all(".said p a", claim)) {
      const place = placed(decodeURIComponent(link.hash.slice(1)));
      if (!place) continue;
      const pieces = stretches(place);
      pieces.forEach((piece) => piece.classList.add("on"));
      if (!first.has(place.report)) first.set(place.report, pieces[0]);
    }
    reports.forEach((report) => report.classList.toggle("off", !first.has(report)));
    filtered.hidden = !wide.matches || first.size === reports.length;
    filtered.textContent = "All reports";
    for (const [report, piece] of [...first].reverse()) bring(report, piece);
    if (how.scroll) claim.scrollIntoView({ block: "start", behavior: calm });
  };
  const showAll = () => {
    const off = reports.some((report) => report.classList.contains("off"));
    if (off) reports.forEach((report) => report.classList.remove("off"));
    else if (now) show(now, { open: false });
    filtered.textContent = off ? "Only those of the claim" : "All reports";
    filtered.hidden = !wide.matches;
  };
  filtered.addEventListener("click", showAll);

  const follow = (name) => {
    const target = document.getElementById(name);
    if (target && target.classList.contains("claim")) return show(target, { scroll: true });
    const place = placed(name);
    if (!place) return;
    unmark("at");
    const pieces = stretches(place);
    pieces.forEach((piece) => piece.classList.add("at"));
    bring(place.report, pieces[0]);
    if (!wide.matches) (pieces[0] || place.report).scrollIntoView({ block: "center" });
  };
  const here = () => {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  };
  addEventListener("hashchange", () => follow(here()));
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const name = decodeURIComponent((link.getAttribute("href") || "").slice(1));
    const claim = link.closest(".claim");
    const place = placed(name);
    if (place && wide.matches) {
      event.preventDefault();
      if (claim && claim !== now) show(claim);
      history.pushState(null, "", "#" + name);
      follow(name);
    } else if (name === here()) follow(name);
  });
  claims.forEach((claim) => one("summary", claim).addEventListener("click", () => {
    if (!one("details", claim).open) show(claim, { open: false });
  }));

  // -------------------------------------------------------------- counted in another way
  const select = one("#way");
  const lede = one("#lede");
  const reported = [...lede.childNodes];
  const counted = () => {
    const key = select.value;
    const label = select.selectedOptions[0].textContent.trim();
    const row = all("[data-switch]").find((each) => each.dataset.switch === key);
    lede.classList.toggle("changed", Boolean(row));
    document.body.classList.toggle("recounted", Boolean(row));
    if (row) {
      const said = document.createElement("p");
      said.textContent = label[0].toUpperCase() + label.slice(1) + ": " + row.dataset.says;
      lede.replaceChildren(said);
    } else lede.replaceChildren(...reported);
    for (const claim of claims) {
      const count = one(".count", claim);
      count.dataset.reports ??= count.children[0].textContent;
      count.dataset.origins ??= count.children[1].textContent;
      const way = key && all("[data-ways]", claim).find((each) => each.dataset.ways.split(" ").includes(key));
      const nothing = key && (claim.dataset.nothing || "").split(" ").includes(key);
      const shown = nothing ? ["no reports"] : way ? all("b", way).map((each) => each.textContent) : [count.dataset.reports, count.dataset.origins];
      count.children[0].textContent = shown[0];
      count.children[1].textContent = shown[1] || "";
      count.classList.toggle("changed", Boolean(way || nothing));
      const before = one("small", count) || count.appendChild(document.createElement("small"));
      before.textContent = way || nothing ? "reported: " + [count.dataset.reports, count.dataset.origins].filter(Boolean).join(", ") : "";
      const gone = new Set(way && way.dataset.gone ? way.dataset.gone.split(" ") : []);
      const tree = one(".tree", claim);
      if (tree) all("[role=treeitem]", tree).forEach((node, at) => node.classList.toggle("gone", gone.has(String(at))));
    }
  };
  select.addEventListener("change", counted);

  // -------------------------------------------------------------------------- finding
  const find = one("#find");
  const found = one("#found");
  const texts = new Map();
  const text = (part) => {
    if (!texts.has(part)) texts.set(part, part.textContent.toLowerCase());
    return texts.get(part);
  };
  const look = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (part) => words.every((word) => text(part).includes(word));
    const kept = claims.filter((claim) => (claim.hidden = !holds(claim), !claim.hidden)).length;
    const inside = reports.filter((report) => (report.hidden = !holds(report), !report.hidden)).length;
    found.textContent = words.length ? kept + " of " + claims.length + " claims, " + inside + " of " + reports.length + " reports" : "";
  };
  find.addEventListener("input", look);
  tools.addEventListener("submit", (event) => event.preventDefault());

  // ------------------------------------------------------------------------------ keys
  const keys = one("#keys");
  one("#keys-open").addEventListener("click", () => keys.showModal());
  const step = (by) => {
    const shown = claims.filter((claim) => !claim.hidden);
    const at = shown.indexOf(now);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next) { show(next, { scroll: true }); one("summary", next).focus({ preventScroll: true }); history.replaceState(null, "", "#" + next.id); }
  };
  const leaf = (by) => {
    if (!now) return;
    const links = all(".said p a", now);
    const at = links.findIndex((link) => decodeURIComponent(link.hash.slice(1)) === here());
    const next = links[(at + by + links.length) % links.length];
    if (next) next.click();
  };
  const acts = {
    j: () => step(1), k: () => step(-1), n: () => leaf(1), p: () => leaf(-1), a: showAll,
    o: () => { if (now) { const details = one("details", now); details.open = !details.open; } },
    w: () => select.focus(), "/": () => find.focus(), "?": () => keys.showModal(),
  };
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, dialog");
    if (event.key === "Escape" && event.target === find) { find.value = ""; look(); find.blur(); }
    if (event.key === "Escape" && event.target === select) select.blur();
    const node = event.target.closest("[role=treeitem]");
    if (node && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const rows = all("[role=treeitem]", node.closest("[role=tree]"));
      const next = rows[rows.indexOf(node) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) { node.tabIndex = -1; next.tabIndex = 0; next.focus(); }
      event.preventDefault();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in acts)) return;
    event.preventDefault();
    acts[event.key]();
  });

  // ------------------------------------------------------------------------ at the start
  addEventListener("beforeprint", () => all("details").forEach((each) => {
    if (!each.open) { each.dataset.closed = ""; each.open = true; }
  }));
  addEventListener("afterprint", () => all("details[data-closed]").forEach((each) => {
    each.open = false;
    delete each.dataset.closed;
  }));
  show(claims[0], { open: false });
  if (here()) follow(here());
})();
