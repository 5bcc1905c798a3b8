import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { writeWhole } from "../../packages/cli/set-up/write-whole.mjs";

/**
 * Fingerprint of files: their names and contents.
 *
 * @param {string} root
 * @param {readonly string[]} files absolute paths
 */
export function fingerprint(root, files) {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @param {string} name
 */
const place = (root, name) => join(root, ".tools", "stamps", name);

/**
 * Whether a step was done for these very inputs.
 *
 * @param {string} root
 * @param {string} name of the step
 * @param {string} value fingerprint of the inputs
 */
export function isStamped(root, name, value) {
  try {
    return readFileSync(place(root, name), "utf8") === value;
  } catch {
    return false;
  }
}

/**
 * Notes that a step was done for these inputs.
 *
 * @param {string} root
 * @param {string} name of the step
 * @param {string} value fingerprint of the inputs
 */
export function stamp(root, name, value) {
  writeWhole(place(root, name), value);
}
