/**
 * The pictures in `docs/pictures` of the Flows in `flow-templates`, as `npm run generate` writes them; `--check` only names
 * those that are stale. Their words are those of the end-to-end tests, so that a line that is worded otherwise has no stale
 * picture.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { drawSvg } from "@support-line/studio/draw";
import type { FlowDefinition } from "@support-line/studio";
import { withTexts } from "../e2e/projects/texts.ts";
import { words } from "../e2e/projects/words.ts";
import { conversationPicture } from "./docs/conversation-picture.ts";

const root = process.cwd();
const themes = ["light", "dark"] as const;

/** Templates that are drawn, and what their pictures are called. */
const drawn = {
  support: "The Flow of the support line",
  desk: "The Flow of the desk",
  flex: "The Flow of a line with Flex",
} as const;

function flowOf(name: string): FlowDefinition {
  const template = readFileSync(join(root, `flow-templates/${name}.json`), "utf8");
  return JSON.parse(withTexts(template, (place) => words[name]?.[place])) as FlowDefinition;
}

/** Every picture as it should be, by its path from the top of the project. */
export function pictures(): ReadonlyMap<string, string> {
  const ofTheme = (make: (theme: (typeof themes)[number]) => string, name: string) =>
    themes.map((theme): [string, string] => [`docs/pictures/${name}.${theme}.svg`, make(theme)]);
  return new Map([
    ...Object.entries(drawn).flatMap(([name, title]) =>
      ofTheme((theme) => drawSvg(flowOf(name), { theme, title }), name),
    ),
    ...ofTheme((theme) => conversationPicture(flowOf("support"), theme), "conversation"),
  ]);
}

/** The pictures that are missing or show something else. */
export function stalePictures(): string[] {
  return [...pictures()].flatMap(([path, svg]) => {
    const file = join(root, path);
    return existsSync(file) && readFileSync(file, "utf8") === svg ? [] : [path];
  });
}

if (process.argv[1] !== undefined && basename(process.argv[1]) === "draw.ts") {
  const stale = stalePictures();
  if (process.argv.includes("--check")) {
    for (const path of stale) console.error(`${path} is stale; npm run generate draws it again.`);
    if (stale.length > 0) process.exitCode = 1;
  } else {
    mkdirSync(join(root, "docs/pictures"), { recursive: true });
    for (const [path, svg] of pictures()) writeFileSync(join(root, path), svg);
  }
}
