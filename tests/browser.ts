import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { inflate } from "@sparticuz/chromium";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** The Chromium of CHROME_PATH, or the one that an npm package carries, with its libraries where the system has none. */
export async function launch(): Promise<Browser> {
  const given = Deno.env.get("CHROME_PATH");
  const home = given ? "" : await unpack();
  const executablePath = given ?? `${home}/chromium`;
  const alone = given || (await new Deno.Command(executablePath, { args: ["--version"] }).output()).success;
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"],
    env: { ...Deno.env.toObject(), ...(alone ? {} : { LD_LIBRARY_PATH: `${home}/libraries/lib` }) },
  });
  const close = browser.close.bind(browser);
  return Object.assign(browser, { close: () => inTime(close()) });
}

/** Playwright waits for ever when a browser's end was not heard of (seen once in some thousand): then it is over anyway. */
async function inTime(ending: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([ending, new Promise<void>((over) => timer = setTimeout(over, 20_000))]);
  clearTimeout(timer);
}

/** Once a machine. Several test files may want it at the same time: each unpacks for itself, the first one stays. */
async function unpack(): Promise<string> {
  const bin = fileURLToPath(new URL("../bin/", import.meta.resolve("@sparticuz/chromium")));
  const home = `${tmpdir()}/jungle-buzz-${bin.split("/").at(-3)}-${Deno.uid()}`;
  if (await Deno.stat(`${home}/chromium`).catch(() => null)) return home;
  const work = await Deno.makeTempDir();
  await Deno.mkdir(`${work}/home`);
  for (const [archive, name, ending] of [["chromium", "chromium", "br"], ["al2023", "libraries", "tar.br"]]) {
    // `inflate` names what it writes after the archive.
    const link = `${work}/${crypto.randomUUID()}.${ending}`;
    await Deno.symlink(`${bin}${archive}.${ending}`, link);
    await Deno.rename(await inflate(link), `${work}/home/${name}`);
  }
  await Deno.rename(`${work}/home`, home).catch((error) => {
    if (!`${error}`.includes("not empty")) throw error;
  });
  await Deno.remove(work, { recursive: true });
  return home;
}

export type Visit = { context: BrowserContext; page: Page; faults: string[]; [Symbol.asyncDispose](): Promise<void> };

/** A browser of its own kind: nothing shared with others. `as` is a username whose password is `password`. */
export async function visit(
  browser: Browser,
  base: string,
  { as, password, path = "/", ...options }: { as?: string; password?: string; path?: string } & BrowserContextOptions =
    {},
): Promise<Visit> {
  const context = await browser.newContext({ locale: "ko-KR", timezoneId: "Asia/Seoul", baseURL: base, ...options });
  if (as) await context.request.post("/api/login", { data: { username: as, password } });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (said) => said.type() === "error" && faults.push(said.text()));
  await page.goto(path);
  return { context, page, faults, [Symbol.asyncDispose]: () => inTime(context.close()) };
}
