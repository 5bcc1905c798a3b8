import type { State } from "./lifecycles/lifecycle.ts";
import { isList, reveal, type ValueMap } from "./values/value.ts";
import { textAt } from "./values/place.ts";

/**
 * What the engine has told this process of the stack so far: which resources the program declares, what they are
 * called now, and which versions of Functions they had and have. It answers without a call what a life cycle would
 * otherwise ask Twilio.
 */
export class StackSeen {
  readonly #declared = new Set<string>();
  /** Ids by URN: of two with one URN, the newer. */
  readonly #ids = new Map<string, string>();
  /** The version that each Function had when the deployment began, of those that answer at the same path after it. */
  readonly #versionsBefore = new Set<string>();
  readonly #versionsOfBuilds = new Map<string, readonly string[]>();
  /** Paths of the program's Functions; an empty one is not known yet. */
  readonly #paths = new Set<string>();

  /** The program declares a resource, with these inputs. */
  declared(token: string, urn: string, inputs: ValueMap = {}): void {
    this.#declared.add(token).add(urn);
    if (token === "twilio:serverless:Function") this.#paths.add(textAt(inputs, "path"));
  }

  /** The paths of the Functions that the program declares; undefined while one is not known. */
  get paths(): ReadonlySet<string> | undefined {
    return this.#paths.has("") ? undefined : this.#paths;
  }

  /** A declared resource as the state knows it, and what the program says of it now. */
  known(token: string, urn: string, { id, outputs }: State, inputs: ValueMap): void {
    this.#ids.set(urn, id);
    const stays = textAt(outputs, "path") === textAt(inputs, "path");
    if (token === "twilio:serverless:Function" && stays) {
      this.#versionsBefore.add(textAt(outputs, "versionSid"));
    }
    this.#keepVersions(token, id, outputs);
  }

  /** A resource that was made just now. */
  made(token: string, urn: string, id: string, outputs: ValueMap): void {
    this.#ids.set(urn, id);
    this.#keepVersions(token, id, outputs);
  }

  /** Whether the program declares a type of resource, or the one of a URN; nothing at all when the stack is destroyed. */
  isDeclared(tokenOrUrn: string): boolean {
    return this.#declared.has(tokenOrUrn);
  }

  /** Whether a declared resource is called so: not one that was replaced. */
  isCurrent(id: string): boolean {
    return [...this.#ids.values()].includes(id);
  }

  /**
   * Whether a Build may answer at a path at which the next does not: it has a version that is of none of the program's
   * Functions, or of one with another path. False when nobody told of one of the two.
   *
   * @param after undefined in a preview, in which the next Build is not made yet: it has the program's Functions
   */
  mayDropFunctions(before: string, after: string | undefined): boolean {
    const had = this.#versionsOfBuilds.get(before);
    const has = after === undefined ? [] : this.#versionsOfBuilds.get(after);
    if (had === undefined || has === undefined) return false;
    return had.some((version) => !has.includes(version) && !this.#versionsBefore.has(version));
  }

  #keepVersions(token: string, id: string, { functionVersions = null }: ValueMap): void {
    if (token !== "twilio:serverless:Build") return;
    const versions = reveal(functionVersions);
    this.#versionsOfBuilds.set(
      id,
      isList(versions) ? versions.filter((version) => typeof version === "string") : [],
    );
  }
}
