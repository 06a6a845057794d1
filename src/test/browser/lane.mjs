// Starts the parts and Berth, sends tenants, has the console looked at, and ends what it started.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { look } from "./console.mjs";

const TOOLS = resolve("target/browser/tools");
const FOLDER = resolve("target/browser/run");
const JAR = resolve("target/quarkus-app/quarkus-run.jar");
const JAVA = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
// Some that open, one whose plan is not there, one that leaves again; and a record that is not taken.
const TENANTS = [["umbrella", "team"], ["initech", "starter"], ["hooli", "starter"], ["acme", "gold"], ["stark", "enterprise"], ["wonka", "starter"]];

const running = [];
const given_out = new Set();
const begun = Date.now();
const say = (text) => console.log(`browser: ${String(Math.round((Date.now() - begun) / 1000)).padStart(4)} s  ${text}`);
const words = process.argv.slice(2);
const pictures = words.includes("--pictures");
const given = words.find((it) => !it.startsWith("--"));
const parts = resolve(given ?? "target/browser/parts");

function start(name, command, env = {}) {
  const log = `${FOLDER}/${name}.log`;
  const out = openSync(log, "w");
  const child = spawn(command[0], command.slice(1), { detached: true, stdio: ["ignore", out, out], env: { ...process.env, ...env } });
  const ended = new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
  const it = { name, child, ended, lastWords: () => readFileSync(log, "utf8").trimEnd().split("\n").slice(-12).join("\n  ") };
  running.push(it);
  return it;
}

async function await_(what, seconds, process_, test) {
  for (const end = Date.now() + seconds * 1000; !(await test()); await new Promise((next) => setTimeout(next, 100))) {
    if (process_.child.exitCode !== null) throw new Error(`${process_.name} has ended: ${process_.lastWords()}`);
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s. ${process_.name}: ${process_.lastWords()}`);
  }
}

/** Below those that systems use for outgoing connections, which come and go before it is used; beside those of the parts. */
async function freePort() {
  for (;;) {
    const port = 16_000 + Math.floor(Math.random() * 4_000);
    const free = await new Promise((found) => {
      const server = createServer().once("error", () => found(false)).listen(port, "127.0.0.1", () => server.close(() => found(true)));
    });
    if (free && !given_out.has(port)) {
      given_out.add(port);
      return port;
    }
  }
}

async function byHand(...command) {
  const it = start(`by-hand-${running.length}`, [`${parts}/bin/${command[0]}`, ...command.slice(1)]);
  if ((await it.ended) !== 0) throw new Error(`${command.join(" ")}: ${it.lastWords()}`);
}

/** A Berth that can be stopped and started again at the same address. */
async function startBerth() {
  const [port, management] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const file = `${parts}/local.env`;
  // What is sent by hand asks this Berth.
  const lines = readFileSync(file, "utf8").replace(/^BERTH_URL=.*$/m, `BERTH_URL=${url}`).replace(/^BERTH_MANAGEMENT_URL=.*$/m, `BERTH_MANAGEMENT_URL=http://127.0.0.1:${management}`);
  writeFileSync(file, lines);
  const addresses = Object.fromEntries(lines.trim().split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  const environment = { ...addresses, QUARKUS_HTTP_HOST: "127.0.0.1", QUARKUS_HTTP_PORT: port, QUARKUS_MANAGEMENT_HOST: "127.0.0.1", QUARKUS_MANAGEMENT_PORT: management };
  const ready = () => fetch(`http://127.0.0.1:${management}/q/health/ready`).then((it) => it.ok, () => false);
  const berth = {
    runs: 0,
    async start() {
      this.now = start(`berth-${++this.runs}`, [`${TOOLS}/jdk/bin/java`, ...JAVA, "-jar", JAR], environment);
      await await_("Berth is ready", 300, this.now, ready);
    },
    async stop() {
      process.kill(this.now.child.pid, "SIGTERM");
      await this.now.ended;
    },
  };
  await berth.start();
  return { url, berth };
}

async function onboard(url, berth) {
  await Promise.all(TENANTS.map(([id, plan]) => byHand("send", id, plan)));
  const phases = () => fetch(`${url}/api/v1/tenants`).then((it) => it.json()).then((it) => it.items.map((item) => `${item.tenantId} ${item.phase}`));
  const settled = async () => {
    const now = await phases();
    return TENANTS.every(([id]) => now.some((it) => it.startsWith(`${id} `) && / (READY|BLOCKED|WAITLISTED|FAILED)$/.test(it)));
  };
  await await_("the tenants are settled", 300, berth, settled);
  await byHand("send", "rogue", "no plan");
  await byHand("offboard", "wonka");
  await await_("wonka has left", 300, berth, async () => (await phases()).includes("wonka OFFBOARDED"));
  const records = () => fetch(`${url}/api/v1/quarantine?tenant=rogue`).then((it) => it.json()).then((it) => it.items);
  await await_("the record of rogue is there", 300, berth, async () => (await records()).length > 0);
  say((await phases()).join(", "));
}

async function main() {
  for (const [needed, remedy] of [[`${TOOLS}/modules/complete`, "src/test/browser/tools"], [JAR, "./mvnw -DskipTests package"]]) {
    if (!existsSync(needed)) throw new Error(`${needed} is missing: run ${remedy}`);
  }
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  if (!given) {
    say("starting the parts");
    rmSync(`${parts}/local.env`, { force: true });
    const maven = start("parts", ["./mvnw", "-B", "-q", "exec:exec@parts", "-Dberth.fresh=true", `-Dberth.local.folder=${parts}`]);
    await await_("the parts are up", 900, maven, () => existsSync(`${parts}/local.env`)); // the first time the control plane is built
  }
  say("starting Berth");
  const { url, berth } = await startBerth();
  await onboard(url, berth.now);
  say(await look({ url, tools: TOOLS, folder: FOLDER, pictures: pictures ? resolve("docs/images") : null, send: (id, plan) => byHand("send", id, plan), berth }));
}

for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(1));
process.on("exit", () => {
  for (const it of running.reverse()) if (it.child.exitCode === null) try { process.kill(-it.child.pid, "SIGTERM"); } catch { /* it has ended */ }
});
try {
  await main();
  process.exit(0);
} catch (e) {
  console.error(`browser: ${e.message}\n  (the files of this run are in target/browser/run)`);
  process.exit(1);
}
