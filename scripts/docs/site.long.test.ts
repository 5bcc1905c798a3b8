/** The site as `npm run docs:build` writes it. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const site = ".state/site";
const page = (name: string) => readFileSync(join(site, name), "utf8");

test("the site is built of every page, with Liquid and pictures as they are", () => {
  execFileSync(process.execPath, ["scripts/docs/build.ts"], { stdio: "pipe" });
  const pages = readdirSync("docs", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".md"),
  );
  const built = readdirSync(site, { recursive: true, encoding: "utf8" });
  expect(pages.map((file) => file.replace(/md$/, "html")).filter((file) => !built.includes(file))).toEqual(
    [],
  );
  expect(page("explanation/desk.html")).toContain('{{"now" | date: "%s"}}'.replaceAll('"', "&quot;"));
  const [, picture = ""] = /srcset="\/([^"]+desk\.dark[^"]+)"/.exec(page("explanation/desk.html")) ?? [];
  expect(built).toContain(picture);
});

test("what is no page is shown by the forge", () => {
  expect(page("index.html")).toContain(
    'href="https://github.com/support-line/support-line/blob/main/README.md"',
  );
});
