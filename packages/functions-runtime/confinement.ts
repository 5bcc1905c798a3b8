/**
 * What the process of Functions may touch, by Node's permission model: it reads what was deployed, the modules and what the
 * system has for everybody, writes in its own folder, and starts no other program. So it reads neither the key of a local Twilio's
 * CA nor the environment of whoever started the server. It guards against mistakes, not against malice.
 */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** This package, which runs in the process. */
const own = dirname(fileURLToPath(import.meta.url));
/** What programs find on every machine: names, certificates, fonts, time zones. */
const system = ["/etc", "/usr", "/lib", "/lib64", "/opt", "/System", "/Library"];

/**
 * Options of Node.
 *
 * @param folder what was deployed, with its temporary files
 * @param modules folders that hold a `node_modules`
 * @param environment values of its environment; the files that they name are read (the certificate of a CA)
 */
export function confinement(
  folder: string,
  modules: readonly string[],
  environment: readonly string[],
): string[] {
  const cache = process.env["NODE_COMPILE_CACHE"];
  const writable = [folder, ...(cache === undefined ? [] : [cache])];
  const files = environment.filter((value) => isAbsolute(value) && existsSync(value));
  const readable = [
    own,
    ...system,
    ...files,
    ...modules.flatMap((each) => modulesIn(join(each, "node_modules"))),
  ];
  return [
    "--permission",
    "--allow-addons",
    "--allow-worker",
    "--allow-wasi",
    ...writable.flatMap((each) => withReal(each)).map((each) => `--allow-fs-write=${each}`),
    ...[...writable, ...readable].flatMap((each) => withReal(each)).map((each) => `--allow-fs-read=${each}`),
  ];
}

/** A folder of modules, and the folders that its links lead to: Node looks for what they need beside them. */
function modulesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const linked = entries.flatMap((entry): string[] => {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name.startsWith("@")) return modulesIn(path);
      return entry.isSymbolicLink() ? [aroundModule(realpathSync(path))] : [];
    });
    return [...new Set([folder, ...linked])];
  } catch {
    return [];
  }
}

/**
 * The outermost `node_modules` that a module lies in: what a module needs may lie elsewhere in that, as pnpm has it in
 * `node_modules/.pnpm`. The module alone where it lies in none.
 */
function aroundModule(path: string): string {
  const at = path.indexOf("/node_modules/");
  return at === -1 ? path : path.slice(0, at + "/node_modules".length);
}

/** A folder, and where it really is: a temporary one is a link on some systems. */
function withReal(path: string): string[] {
  try {
    return [...new Set([path, realpathSync(path)])];
  } catch {
    return [path];
  }
}
