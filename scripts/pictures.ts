/**
 * `npm run pictures`: the console's views in the Chromium of this machine, at the widths of a phone, a laptop and a large
 * screen, light and dark, as `docs/pictures/console/<view>-<width>-<theme>.png`.
 */
import { Command } from "commander";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startBrowser, type TestBrowser } from "../e2e/console/browser.ts";
import { consoleOf } from "../e2e/console/phones.ts";
import { runProgram } from "../packages/cli/edge/run.ts";
import { photographedStage } from "./pictures/stage.ts";
import { views, type View } from "./pictures/views.ts";

interface Options {
  readonly at?: string;
  readonly only?: string;
  readonly widths: string;
  readonly themes: string;
  readonly output: string;
}

const heights: Readonly<Record<string, number>> = { "390": 844, "1440": 900, "1920": 1080 };

const command = new Command("npm run pictures --")
  .exitOverride()
  .description("Photographs the console's views, on a stage that it deploys for that.")
  .option(
    "--only <views>",
    `some of them, as live,stage; there are ${views.map(({ name }) => name).join(", ")}`,
  )
  .option("--widths <pixels>", "in pixels", "390,1440,1920")
  .option("--themes <themes>", "light, dark", "light,dark")
  .option("--at <endpoint>", "a local Twilio that runs, as http://127.0.0.1:4010, in place of one of its own")
  .option("--output <folder>", "where they go", "docs/pictures/console")
  .action(async (options: Options) => {
    await mkdir(options.output, { recursive: true });
    await using browser = await startBrowser();
    if (options.at !== undefined) return await photograph(browser, options.at, options);
    await using stage = await photographedStage();
    await photograph(browser, stage.twilio.endpoint, options);
  });

async function photograph(browser: TestBrowser, endpoint: string, options: Options): Promise<void> {
  const { only, widths, themes, output } = options;
  const wanted = only === undefined ? views : views.filter(({ name }) => only.split(",").includes(name));
  for (const view of wanted) {
    for (const width of widths.split(",")) {
      for (const theme of themes.split(",")) {
        const file = join(output, `${view.name}-${width}-${theme}.png`);
        await photographOne(browser, endpoint, {
          view,
          width: Number(width),
          isDark: theme === "dark",
          file,
        });
        console.log(file);
      }
    }
  }
}

async function photographOne(
  browser: TestBrowser,
  endpoint: string,
  { view, width, isDark, file }: { view: View; width: number; isDark: boolean; file: string },
): Promise<void> {
  const { page, context, faults } = await browser.window({
    width,
    height: heights[String(width)] ?? 900,
    dark: isDark,
  });
  await page.goto(consoleOf(endpoint, await view.path(endpoint)));
  await view.ready(page);
  await page.evaluate("document.fonts.ready");
  await page.screenshot({ path: file, animations: "disabled", caret: "hide" });
  await context.close();
  if (faults.length > 0) throw new Error(`${view.name} at ${width} px: ${faults.join("; ")}`);
}

await runProgram(command);
