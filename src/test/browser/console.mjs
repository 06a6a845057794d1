// Looks at every screen as people do: wide and on a phone, light and dark, by keyboard, without scripts, and while things change.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";

const SCREENS = ["/", "/tenants", "/tenants?phase=READY&limit=1", "/tenants/umbrella", "/tenants/acme", "/tenants/umbrella/actions/freeze", "/quarantine", "/quarantine/all/replay?tenant=rogue", "/plans", "/plans/team?from=2&to=2", "/capacity", "/berth", "/tenants?phase=HAPPY", "/tenants/nobody"];
const WIDTHS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const PATIENCE = 120_000; // of a machine that does other things as well
const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

export async function look({ url, tools, folder, pictures, send, berth }) {
  const require = createRequire(`${tools}/modules/`);
  const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  const browser = await require("puppeteer-core").launch({
    executablePath: readFileSync(`${tools}/chromium`, "utf8").trim(), timeout: PATIENCE,
    args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const faults = [];
  const counts = { screens: 0, rules: 0 };
  try {
    const open = async (path, options = {}) => {
      const page = await watched(browser, faults, path);
      await page.setViewport(options.viewport ?? WIDTHS.wide);
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: options.scheme ?? "light" }]);
      if (options.scripts === false) await page.setJavaScriptEnabled(false);
      await page.goto(url + path, { waitUntil: "load" });
      return page;
    };
    for (const path of SCREENS) {
      for (const [size, viewport] of Object.entries(WIDTHS)) {
        for (const scheme of ["light", "dark"]) await judge(await open(path, { viewport, scheme }), `${path} ${size} ${scheme}`, axe, faults, counts, folder);
      }
    }
    for (const [name, test] of Object.entries(TESTS)) {
      try {
        await test(open, { send, berth, url, folder });
      } catch (e) {
        faults.push(`${name}: ${e.message}`);
      }
    }
    if (pictures) await take(open, pictures);
  } finally {
    await browser.close();
  }
  if (faults.length > 0) throw new Error(`${faults.length} faults:\n  ${faults.join("\n  ")}`);
  return `${counts.screens} looks at ${SCREENS.length} pages, ${counts.rules} rules passed by axe, ${Object.keys(TESTS).length} tests of use`;
}

/** A page whose violations of the policy, errors and calls to others are faults. */
async function watched(browser, faults, path) {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const expected = new URL(path, "http://x");
  page.on("console", (line) => {
    const refused = expected.searchParams.get("phase") === "HAPPY" || expected.pathname.endsWith("/nobody") || page.offline;
    if (["error", "warn"].includes(line.type()) && !(refused && /Failed to load resource|net::ERR|htmx:/.test(line.text()))) faults.push(`${path}: ${line.text()}`);
  });
  page.on("pageerror", (e) => faults.push(`${path}: ${e.message}`));
  page.on("request", (it) => {
    if (!it.url().startsWith("http://127.0.0.1:")) faults.push(`${path} calls ${it.url()}`);
  });
  await page.evaluateOnNewDocument(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
  });
  return page;
}

async function judge(page, name, axe, faults, counts, folder) {
  await page.evaluate(axe);
  const found = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
  for (const it of found.violations) faults.push(`${name}: axe ${it.id}: ${it.help}: ${it.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`);
  const state = await page.evaluate(() => ({ violations: window.violations, over: document.scrollingElement.scrollWidth - innerWidth, titles: document.querySelectorAll("h1").length }));
  for (const it of state.violations) faults.push(`${name}: the policy was violated: ${it}`);
  if (state.over > 0) faults.push(`${name}: scrolls sideways, by ${state.over} px`);
  if (state.titles !== 1) faults.push(`${name}: has ${state.titles} h1`);
  counts.screens++;
  counts.rules += found.passes.length;
  await page.screenshot({ path: `${folder}/${name.replace(/[^a-zA-Z0-9]+/g, "-")}.png`, fullPage: true });
  await page.close();
}

const text = (page, selector) => page.$eval(selector, (it) => it.innerText);

const TESTS = {
  async "what changes appears by itself, is marked, and nothing else moves"(open, { send, url }) {
    await still(url);
    const page = await open("/tenants");
    await page.evaluate(() => {
      window.marked = []; // a mark goes with the next change
      const note = () => { for (const row of document.querySelectorAll("tr.changed")) window.marked.push(row.dataset.row); };
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
    });
    const id = `live${Date.now().toString(36)}`;
    await send(id, "starter");
    await page.waitForSelector(`#row-${id}`);
    await page.waitForFunction((row) => document.querySelector(`tr[data-row=${row}] .mark`).innerText.includes("READY"), {}, id);
    const marked = await page.evaluate(() => window.marked);
    assert.ok(marked, "the page was loaded again");
    assert.ok(marked.includes(id), "the row is not marked");
    assert.ok(!marked.includes("umbrella"), "a row is marked that did not change");
    assert.equal(await text(page, "#live"), "live");
    await page.close();
  },

  async "a stream tells the page of a tenant that it is behind, and nothing is asked while nothing changes"(open, { url }) {
    await still(url);
    const page = await open("/plans"); // which listens to none
    const asked = [];
    page.on("request", (it) => asked.push(`${it.resourceType()} ${it.url()}`));
    await page.goto(`${url}/tenants/initech`);
    await page.waitForFunction(() => document.querySelector("#live").innerText === "live");
    const streams = asked.filter((it) => it.startsWith("eventsource"));
    assert.equal(streams.length, 1, `streams: ${streams}`);
    assert.match(streams[0], /\/live\/tenants\/initech\?after=\d+$/);
    asked.length = 0;
    await new Promise((next) => setTimeout(next, 12_000)); // two rounds of asking, if it did
    assert.deepEqual(asked, []);
    await page.evaluate(() => { window.untouched = true; });
    await act(url, "initech", "freeze");
    await page.waitForFunction(() => document.querySelector("#state").innerText.includes("AccessFrozen"));
    assert.equal(await page.evaluate(() => window.untouched), true, "the page was loaded again");
    assert.deepEqual(asked.filter((it) => !it.startsWith("xhr")), [], "another stream was opened");
    await act(url, "initech", "unfreeze");
    await page.waitForFunction(() => document.querySelector("#state").innerText.includes("READY"));
    await page.close();
  },

  async "a page that no stream tells asks every five seconds, and says so"(open) {
    const page = await open("/quarantine");
    assert.equal(await text(page, "#live"), "every 5 s");
    await page.waitForRequest((it) => it.resourceType() === "xhr");
    await page.close();
  },

  async "a refresh that fails leaves the data there and says how old they are"(open) {
    const page = await open("/");
    page.offline = true;
    await page.setOfflineMode(true);
    await page.waitForSelector("#phases.old .stale:not([hidden])");
    assert.match(await text(page, "#phases .stale"), /^as of \d+ (s|min) ago$/);
    assert.match(await text(page, "#live"), /^paused since \d\d:\d\d:\d\d UTC$/);
    assert.match(await text(page, "#phases"), /READY/);
    await page.setOfflineMode(false);
    await page.waitForFunction(() => document.querySelector("#live").innerText === "live");
    page.offline = false;
    await page.close();
  },

  async "everything is reached by keys"(open, { url }) {
    await still(url); // a list that changes takes the focus along
    const page = await open("/tenants");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    const first = await page.evaluate(() => document.activeElement.innerText);
    assert.equal(first, await page.$eval("tbody tr a", (it) => it.innerText));
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.equal(await text(page, "h1"), first);
    await page.keyboard.press("/");
    await page.keyboard.type("j?k/");
    assert.equal(await page.$eval("#search", (it) => it.value), "j?k/");
    await page.$eval("#search", (it) => { it.value = ""; });
    await page.keyboard.type("umbrella");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    assert.equal(new URL(page.url()).pathname, "/tenants/umbrella");
    await page.keyboard.press("?");
    assert.equal(await page.$eval("#help", (it) => it.open), true);
    await page.click("#keys-off");
    await page.keyboard.press("Escape");
    assert.equal(await page.$eval("#help", (it) => it.open), false);
    await page.keyboard.press("?");
    assert.equal(await page.$eval("#help", (it) => it.open), false, "keys that are off act");
    await page.evaluate(() => localStorage.clear());
    await page.close();
  },

  async "keys lead to every screen, and from row to row of the list that one came from"(open) {
    const page = await open("/");
    const links = await page.$$eval("nav a[data-key]", (all) => all.map((it) => [it.dataset.key, it.pathname]));
    assert.equal(links.length, 6);
    for (const [key, path] of links) {
      await page.evaluate(() => { window.left = true; });
      // Again where this machine took longer between the two keys than a person would.
      await until(`g ${key} leads to ${path}`, async () => {
        await page.keyboard.press("g");
        await page.keyboard.press(key);
        return page.waitForFunction((it) => !window.left && location.pathname === it && document.readyState === "complete", { timeout: 10_000 }, path).then(() => true, () => false);
      });
    }
    await page.goto(new URL("/tenants", page.url()).href);
    const [first, second] = await page.$$eval("#list tbody th a", (all) => all.map((it) => it.innerText));
    await Promise.all([page.waitForNavigation(), page.click("#list tbody th a")]);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("]")]);
    assert.equal(await text(page, "h1"), second);
    await Promise.all([page.waitForNavigation(), page.keyboard.press("[")]);
    assert.equal(await text(page, "h1"), first);
    await page.close();
  },

  async "the first key leads past the navigation"(open) {
    const page = await open("/");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.innerText), "Skip to content");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await page.close();
  },

  async "the address tells the whole state, and filters that are empty stay out of it"(open) {
    const page = await open("/tenants");
    await page.select("#f-phase", "BLOCKED");
    await Promise.all([page.waitForNavigation(), page.click(".filter button")]);
    assert.match(page.url(), /\/tenants\?phase=BLOCKED$/);
    assert.equal(await page.$("#row-umbrella"), null);
    assert.ok(await page.$("#row-acme"));
    await page.goBack();
    assert.equal(await page.$eval("#f-plan", (it) => it.disabled), false);
    await page.close();
  },

  async "times are ages, with the time itself behind them"(open) {
    const page = await open("/tenants/umbrella");
    const time = await page.$eval("#state time", (it) => ({ text: it.innerText, title: it.title }));
    assert.match(time.text, /^\d+ (s|min) ago$/);
    assert.match(time.title, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
    await page.close();
  },

  async "an action asks for a reason, is done once, and is shown"(open) {
    for (const scripts of [true, false]) {
      const page = await open("/tenants/acme", { scripts });
      await Promise.all([page.waitForNavigation(), page.click("#act-look")]);
      assert.match(await text(page, "h1"), /^Look now: acme$/);
      await page.type("#reason", `the plan is coming, scripts ${scripts}`);
      await Promise.all([page.waitForNavigation(), page.click(".act button")]);
      assert.equal(new URL(page.url()).pathname, "/tenants/acme");
      assert.match(await text(page, "#actions tbody tr"), new RegExp(`look[^]*the plan is coming, scripts ${scripts}`));
      await page.close();
    }
  },

  async "a record that was not taken is looked at, tried and discarded"(open) {
    const page = await open("/quarantine?state=open&tenant=rogue");
    await Promise.all([page.waitForNavigation(), page.click("tbody a")]);
    assert.match(await text(page, "#record"), /InvalidData/);
    assert.match(await text(page, "#act"), /tried without effect: REJECTED/);
    await page.type("#discard-why", "a slip");
    await Promise.all([page.waitForNavigation(), page.click("form[action$=discard] button")]);
    assert.match(await text(page, "#record"), /DISCARDED/);
    await page.close();
  },

  async "what a record held is downloaded, and that it was read is kept"(open, { folder }) {
    const page = await open("/quarantine?tenant=rogue");
    await Promise.all([page.waitForNavigation(), page.click("tbody a")]);
    const client = await page.createCDPSession();
    await client.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: `${folder}/downloads` });
    const answer = page.waitForResponse((it) => it.url().endsWith("/payload"));
    await page.click("#download");
    assert.match((await answer).headers()["content-disposition"], /^attachment/);
    const name = `${new URL(page.url()).pathname.split("/").pop()}.bin`;
    await until("the file is there", () => files(`${folder}/downloads`).includes(name));
    assert.match(readFileSync(`${folder}/downloads/${name}`, "utf8"), /no plan/);
    await page.close();
  },

  async "all records that a filter finds are tried first, then settled with a reason"(open, { send }) {
    for (const [scripts, tenant] of [[true, "bulky"], [false, "bulkier"]]) {
      await send(tenant, "no plan");
      await send(tenant, "no plan");
      const page = await open(`/quarantine?state=open&tenant=${tenant}`, { scripts });
      await until("both records are there", async () => {
        await page.reload();
        return (await page.$$("#list tbody tr")).length === 2;
      });
      await Promise.all([page.waitForNavigation(), page.click("#many-replay")]);
      assert.match(await text(page, "#foreseen"), /2 in number: REJECTED 2/);
      await page.goBack();
      await Promise.all([page.waitForNavigation(), page.click("#many-discard")]);
      assert.match(await text(page, "#foreseen"), /DISCARDED 2/);
      await page.type("#many-why", "a slip, twice");
      await page.click("#confirmed");
      await Promise.all([page.waitForNavigation(), page.click("form[action*='/all/discard'] button")]);
      assert.match(await text(page, "#actions"), /DISCARDED 2; 0 are left/);
      await Promise.all([page.waitForNavigation(), page.click("#further a")]);
      assert.match(await text(page, "#list"), /No record is as the filter says/);
      await page.close();
    }
  },

  async "what was done appears by itself once it is over"(open) {
    const page = await open("/tenants/acme");
    await page.waitForFunction(() => document.querySelector("#actions tbody tr .mark").innerText.includes("DONE"));
    await page.close();
  },

  async "all of it works without scripts"(open) {
    const page = await open("/", { scripts: false });
    await Promise.all([page.waitForNavigation(), page.click("nav a[href='/tenants']")]);
    await page.select("#f-phase", "READY");
    await Promise.all([page.waitForNavigation(), page.click(".filter button")]);
    assert.equal(await page.$("#row-acme"), null);
    await Promise.all([page.waitForNavigation(), page.click("#row-umbrella")]);
    assert.match(await text(page, "#state"), /READY/);
    assert.match(await text(page, "#state time"), /UTC$/);
    await page.type("#search", "acm");
    await Promise.all([page.waitForNavigation(), page.click(".search button")]);
    assert.ok(await page.$("#row-acme"));
    await page.close();
  },

  async "while Berth is away the page says how old it is, and goes on by itself once it is back"(open, { berth }) {
    const page = await open("/tenants/umbrella");
    await page.waitForFunction(() => document.querySelector("#live").innerText === "live");
    await page.evaluate(() => { window.untouched = true; });
    page.offline = true;
    await berth.stop();
    await page.waitForFunction(() => /^paused since \d\d:\d\d:\d\d UTC$/.test(document.querySelector("#live").innerText));
    assert.match(await text(page, "#state .stale"), /^as of \d+ (s|min) ago$/);
    assert.match(await text(page, "#state"), /READY/);
    await berth.start();
    await page.waitForFunction(() => document.querySelector("#live").innerText === "live");
    assert.equal(await page.$(".panel.old"), null);
    assert.equal(await page.evaluate(() => window.untouched), true, "the page was loaded again");
    page.offline = false;
    await page.close();
  },
};

/** As the API takes it. */
async function act(url, tenant, kind) {
  const seen = await fetch(`${url}/api/v1/tenants/${tenant}`);
  const answer = await fetch(`${url}/api/v1/tenants/${tenant}/actions`, {
    method: "POST", body: JSON.stringify({ kind, reason: "to see it on the page" }),
    headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID(), "If-Match": seen.headers.get("etag") } });
  if (answer.status !== 202) throw new Error(`${kind} of ${tenant}: ${answer.status} ${await answer.text()}`);
}

/** What opened is verified once, some time later: then nothing changes any more by itself. */
async function still(url) {
  await until("every open tenant is verified", async () => {
    const { items } = await (await fetch(`${url}/api/v1/tenants?phase=READY&limit=500`)).json();
    const reports = await Promise.all(items.map((it) => fetch(`${url}/api/v1/tenants/${it.tenantId}/isolation`)));
    return reports.every((it) => it.ok);
  });
}

async function until(what, test) {
  for (const end = Date.now() + PATIENCE; !(await test()); await new Promise((next) => setTimeout(next, 200))) {
    if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE / 1000} s`);
  }
}

function files(folder) {
  try { return readdirSync(folder); } catch { return []; }
}

/** Those of the README. */
async function take(open, folder) {
  mkdirSync(folder, { recursive: true });
  for (const [name, path] of [["fleet", "/"], ["tenant", "/tenants/acme"]]) {
    const page = await open(path, { viewport: { width: 1280, height: 800 } });
    await page.waitForFunction(() => document.querySelector("#live").innerText === "live");
    await page.screenshot({ path: `${folder}/console-${name}.png` });
    await page.close();
  }
}
