// What the pages gain where scripts run: changes as they happen, times as ages, keys, and what is told of a refresh that failed.
"use strict";
(() => {
  const live = document.getElementById("live");
  let lastGood = new Date();
  let failing = false;
  const loaded = Date.now();

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
    const text = failing ? `paused since ${lastGood.toISOString().slice(11, 19)} UTC` : following ? "live" : "every 5 s";
    if (live.textContent !== text) live.textContent = text;
    live.classList.toggle("paused", failing);
    live.classList.toggle("following", !failing && following);
  };

  // The stream says only that the page is behind; its panels then ask what there is. While it cannot be had they ask every five
  // seconds, and while it can once a minute, for what no stream tells. Browsers have few connections, so none is held unseen.
  const [PACE, SLOW, SILENCE, RETRY] = [2000, 60_000, 40_000, 15_000];
  let address = document.getElementById("main").dataset.stream;
  let [stream, following, heard, asked, opens, due] = [null, false, 0, 0, 0, null];
  const refresh = () => {
    [due, asked] = [null, Date.now()];
    for (const it of document.querySelectorAll(".panel[hx-get]")) htmx.trigger(it, "refresh");
  };
  const word = () => { [following, heard] = [true, Date.now()]; };
  const listen = () => {
    stream = new EventSource(address);
    stream.addEventListener("open", word);
    stream.addEventListener("alive", word);
    stream.addEventListener("changed", (event) => {
      word();
      if (event.lastEventId) address = address.replace(/after=\d+/, `after=${event.lastEventId}`);
      due ??= setTimeout(refresh, Math.max(0, asked + PACE - Date.now()));
    });
    stream.addEventListener("error", () => {
      following = false;
      if (stream?.readyState === EventSource.CLOSED) leave(RETRY);
    });
  };
  const leave = (pause) => {
    stream?.close();
    [stream, following, opens] = [null, false, Date.now() + pause * (1 + Math.random())];
  };
  const follow = () => {
    if (!address) return;
    if (document.hidden) return leave(0);
    if (following && Date.now() - heard > SILENCE) leave(0); // it is dead, and nobody said so
    if (!stream && Date.now() >= opens) listen();
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("online", () => { opens = 0; });
  for (const end of ["pagehide", "offline"]) addEventListener(end, () => leave(0));

  // A refresh asks for what changed only; nothing is asked while nobody looks.
  const isTold = (panel) => following && !panel.classList.contains("old") && Date.now() - new Date(panel.dataset.seen ?? loaded) < SLOW;
  const panelOf = (event) => event.detail.elt?.closest?.(".panel");
  document.addEventListener("htmx:configRequest", (event) => {
    const panel = panelOf(event);
    if (panel && event.detail.verb === "get") event.detail.headers["If-None-Match"] = panel.dataset.tag;
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const panel = panelOf(event);
    const polled = panel && event.detail.requestConfig?.triggeringEvent?.type !== "refresh";
    if (document.hidden || (polled && isTold(panel))) event.preventDefault();
  });
  // Of a time the time counts, not its age, which changes by itself.
  const content = (row) => {
    const copy = row.cloneNode(true);
    for (const it of copy.querySelectorAll("time")) it.textContent = it.dateTime;
    return copy.textContent;
  };
  let rows = new Map();
  document.addEventListener("htmx:beforeSwap", (event) => {
    rows = new Map([...event.detail.target.querySelectorAll("tr[data-row]")].map((row) => [row.dataset.row, content(row)]));
    for (const open of event.detail.target.querySelectorAll("details[open]")) rows.set("details", open);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const panel = document.getElementById(event.detail.target.id);
    ages();
    for (const row of panel?.querySelectorAll("tr[data-row]") ?? []) {
      row.classList.toggle("changed", rows.size > 0 && rows.get(row.dataset.row) !== content(row));
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
    if (good && failing) opens = 0;
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
  // Where the rows of the list lead that one came from, so that one can go on from row to row.
  const listed = () => { try { return JSON.parse(sessionStorage.getItem("berth-list")) ?? []; } catch { return []; } };
  addEventListener("pagehide", () => {
    const rows = [...document.querySelectorAll("#list tr[data-row] th a")].map((it) => it.pathname);
    if (rows.length > 0) try { sessionStorage.setItem("berth-list", JSON.stringify(rows)); } catch { /* not kept */ }
  });
  const step = (by) => {
    const all = listed();
    const at = all.indexOf(location.pathname);
    if (at >= 0 && all[at + by]?.startsWith("/")) location.assign(all[at + by]);
  };
  let led = 0;
  const lead = (key) => {
    const link = Date.now() - led < 1500 ? document.querySelector(`nav a[data-key="${CSS.escape(key)}"]`) : null;
    led = key === "g" ? Date.now() : 0;
    link?.click();
    return link !== null;
  };
  const keys = { "/": () => document.getElementById("search").focus(), "j": () => move(1), "k": () => move(-1), "[": () => step(-1), "]": () => step(1), "?": () => help.showModal() };
  document.addEventListener("keydown", (event) => {
    if (off.checked || event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.closest("input, select, textarea")) return;
    if (!lead(event.key) && keys[event.key]) { event.preventDefault(); keys[event.key](); }
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

  // What went wrong, for whoever is asked about it.
  const copy = document.getElementById("copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(`${document.getElementById("main").innerText.replace(/\n+Go to the fleet[^]*/, "")}\n${location.href}\n${new Date().toISOString()}`);
      copy.textContent = "Copied";
    });
  }

  if (document.querySelector("[hx-get]")) live.hidden = false;
  const tick = () => { follow(); ages(); };
  tick();
  setInterval(tick, 1000);
})();
