/**
 * How files of Functions and Assets are named: as Twilio's Serverless Toolkit names them
 * (https://www.twilio.com/docs/labs/serverless-toolkit/general-usage#visibility, and getPathAndAccessFromFileInfo in
 * @twilio-labs/serverless-api).
 */
import { FunctionsError } from "../errors.ts";

export type Visibility = "public" | "protected" | "private";

/** What a file's name says of a Function or an Asset. */
export interface Named {
  /** The path without its slash, `inner/greet`. */
  readonly name: string;
  /** URL path, `/inner/greet`. */
  readonly path: string;
  readonly visibility: Visibility;
}

/**
 * The Function in a file: `inner/greet.protected.ts` is the protected Function at `/inner/greet`.
 *
 * @throws FunctionsError `bad-path` for a name that Twilio takes for no path
 */
export function functionNamed(file: string): Named {
  return named(file, file.replace(/\.[jt]s$/, ""), "");
}

/**
 * The Asset in a file, whose path keeps its ending: `list.private.json` is the private Asset at `/list.json`.
 *
 * @throws FunctionsError `bad-path` for a name that Twilio takes for no path
 */
export function assetNamed(file: string): Named {
  const [, stem = file, extension = ""] = /^(.*?)(\.[^./]+)?$/.exec(file) ?? [];
  return named(file, stem, extension);
}

/**
 * Name of the file that a Function of JavaScript is kept in, the way back from `functionNamed`. Null where no file can have
 * that name.
 */
export function functionFile(path: string, visibility: string): string | null {
  const name = path.replace(/^\//, "");
  const parts = name.split("/");
  if (parts.some((part) => !/^[\w-][\w.-]*$/.test(part)) || parts.includes("node_modules")) return null;
  // `greet.protected` that is public would come back as `greet` that is protected.
  if (/\.(protected|private)$/.test(name)) return null;
  return `${name}${visibility === "public" ? "" : `.${visibility}`}.js`;
}

/** Name of the file that an Asset is kept in, the way back from `assetNamed`. Null where no file can have that name. */
export function assetFile(path: string, visibility: string): string | null {
  const name = path.replace(/^\//, "");
  if (name.split("/").some((part) => !/^[\w-][\w.-]*$/.test(part))) return null;
  const [, stem = name, extension = ""] = /^(.*?)(\.[^./]+)?$/.exec(name) ?? [];
  // `list.private.json` that is public would come back as `list.json` that is private.
  if (/\.(protected|private)$/.test(stem)) return null;
  return `${stem}${visibility === "public" ? "" : `.${visibility}`}${extension}`;
}

/** What Twilio's Runtime takes in no path. */
const notInPaths = /[#;,?:@+&$()' "]/;
const mostCharacters = 255;

function named(file: string, stem: string, extension: string): Named {
  const [, own = stem, visibility] = /^(.*)\.(protected|private)$/.exec(stem) ?? [];
  const name = `${own}${extension}`.replaceAll(/\s/g, "-");
  const path = `/${name}`;
  const [character] = notInPaths.exec(path) ?? [];
  if (character !== undefined) {
    throw new FunctionsError("bad-path", { file, path, why: `has ${character} in it` });
  }
  if (path.length > mostCharacters) {
    throw new FunctionsError("bad-path", { file, path, why: `is longer than ${mostCharacters} characters` });
  }
  return {
    name,
    path,
    visibility: visibility === "protected" || visibility === "private" ? visibility : "public",
  };
}
