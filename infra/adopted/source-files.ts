import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";

/** A Function of an adopted line: JavaScript, as it was deployed. */
export interface SourceFile {
  /** `inner/greet`: its path without the slash. */
  readonly name: string;
  /** URL path, `/inner/greet`. */
  readonly path: string;
  readonly visibility: "public" | "protected" | "private";
  readonly code: string;
}

/**
 * Name of the file that a Function is kept in, as Twilio's Serverless Toolkit names it: the protected Function at
 * `/inner/greet` is `inner/greet.protected.js`
 * (https://www.twilio.com/docs/labs/serverless-toolkit/general-usage#visibility). Null where no file can have that name.
 */
export function sourceFileName(path: string, visibility: string): string | null {
  const name = path.replace(/^\//, "");
  const parts = name.split("/");
  if (parts.some((part) => !/^[\w-][\w.-]*$/.test(part)) || parts.includes("node_modules")) return null;
  // `greet.protected` that is public would come back as `greet` that is protected.
  if (/\.(protected|private)$/.test(name)) return null;
  return `${name}${visibility === "public" ? "" : `.${visibility}`}.js`;
}

/**
 * Reads the Functions of an adopted line. They are uploaded as they stand, without bundling, so that what was adopted is
 * no change.
 *
 * @throws Error when there is no such folder
 */
export function sourceFiles(folder: string): SourceFile[] {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".js") && !/(^|\/)node_modules\//.test(file))
    .sort()
    .map((file) => {
      const [, name = "", visibility = "public"] = /^(.*?)(?:\.(protected|private))?\.js$/.exec(file) ?? [];
      return {
        name,
        path: `/${name}`,
        visibility: visibility as SourceFile["visibility"],
        code: readFileSync(join(folder, file), "utf8"),
      };
    });
}
