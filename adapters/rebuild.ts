/** Builds the islands anew when something changes that ends up in the browser. */
export async function rebuildOnChange(root: string): Promise<void> {
  const folders = ["islands", "domain", "static"].map((folder) => `${root}/${folder}`);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let building: Promise<void> = Promise.resolve();
  for await (const { kind, paths } of Deno.watchFs(folders)) {
    if (kind === "access" || paths.every((path) => path.includes("/static/build"))) continue;
    clearTimeout(waiting);
    waiting = setTimeout(() => building = building.then(() => build(root)), 80);
  }
}

async function build(root: string): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "build"],
    cwd: root,
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).output();
  if (!success) console.error("The islands were not built; the last good ones stay.");
}
