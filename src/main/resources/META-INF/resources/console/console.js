// What the pages gain where scripts run: times as ages, keys, marks of change, and what is told of a refresh that failed.
"use strict";
(() => {
  const live = document.getElementById("live");
  let lastGood = new Date();
  let failing = false;

  const age = (then) => {
    const seconds = Math.round((Date.now() - then) / 1000);
    const s = Math.abs(seconds);
    const [n, unit] = s < 90 ? [s, "s"] : s < 5400 ? [Math.round(s / 60), "min"] : s < 129600 ? [Math.round(s / 3600), "h"] : [Math.round(s / 86400), "d"];
    return seconds >= 0 ? `${n} ${unit} ago` : `in ${n} ${unit}`;
  };
  const ages = () => {
    for (const it of document.querySelectorAll("time[datetime]")) {
      const text = age(new Date(it.dateTime));
      if (it.textContent !== text) it.textContent = text;
    }
    for (const it of document.querySelectorAll(".panel.old .stale")) it.textContent = `as of ${age(new Date(it.dataset.since))}`;
    badge();
  };
  const badge = () => {
    const text = failing ? `paused since ${lastGood.toISOString().slice(11, 19)} UTC` : "live";
    if (live.textContent !== text) live.textContent = text;
    live.classList.toggle("paused", failing);
  };

  // A refresh asks for what changed only; nothing is asked while nobody looks.
  const panelOf = (event) => event.detail.elt?.closest?.(".panel");
  document.addEventListener("htmx:configRequest", (event) => {
    const panel = panelOf(event);
    if (panel && event.detail.verb === "get") event.detail.headers["If-None-Match"] = panel.dataset.tag;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden) event.preventDefault();
  });
  let rows = new Map();
  document.addEventListener("htmx:beforeSwap", (event) => {
    rows = new Map([...event.detail.target.querySelectorAll("tr[data-row]")].map((row) => [row.dataset.row, row.innerText]));
    for (const open of event.detail.target.querySelectorAll("details[open]")) rows.set("details", open);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const panel = document.getElementById(event.detail.target.id);
    ages();
    for (const row of panel?.querySelectorAll("tr[data-row]") ?? []) {
      row.classList.toggle("changed", rows.size > 0 && rows.get(row.dataset.row) !== row.innerText);
    }
    if (rows.has("details")) panel.querySelector("details")?.setAttribute("open", "");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr?.status ?? 0;
    if (status === 499) return location.reload(); // the session has ended: sign in, and come back
    const good = status === 304 || (status >= 200 && status < 300);
    const panel = document.getElementById(event.detail.target?.id);
    const stale = panel?.querySelector(".stale");
    if (!stale) return;
    if (good) { lastGood = new Date(); panel.dataset.seen = lastGood.toISOString(); } else { stale.dataset.since = panel.dataset.seen ?? lastGood.toISOString(); }
    panel.classList.toggle("old", !good);
    stale.hidden = good;
    failing = document.querySelector(".panel.old") !== null;
    ages();
  });

  // Keys of a single letter: not where one types, and not where they are switched off.
  const help = document.getElementById("help");
  const off = document.getElementById("keys-off");
  const stored = () => { try { return localStorage.getItem("berth-keys") === "off"; } catch { return false; } };
  off.checked = stored();
  off.addEventListener("change", () => { try { localStorage.setItem("berth-keys", off.checked ? "off" : "on"); } catch { /* not kept */ } });
  const move = (by) => {
    const links = [...document.querySelectorAll("main tr[data-row] a:first-of-type")].filter((it, i, all) => all.findIndex((other) => other.closest("tr") === it.closest("tr")) === i);
    const at = links.findIndex((it) => it.closest("tr").contains(document.activeElement));
    links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  };
  const keys = { "/": () => document.getElementById("search").focus(), "j": () => move(1), "k": () => move(-1), "?": () => help.showModal() };
  document.addEventListener("keydown", (event) => {
    if (off.checked || event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.closest("input, select, textarea")) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  const keysButton = document.getElementById("keys");
  keysButton.hidden = false;
  keysButton.addEventListener("click", () => help.showModal());

  // Filters that were left empty stay out of the address.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    for (const it of event.target.elements) if (it.name && !it.value) it.disabled = true;
  });
  addEventListener("pageshow", () => { for (const it of document.querySelectorAll("form [name]:disabled")) it.disabled = false; });

  if (document.querySelector("[hx-get]")) live.hidden = false;
  ages();
  setInterval(ages, 1000);
})();
