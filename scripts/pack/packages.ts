/** What is published: each package with the most that its tarball and its files may weigh, and what stays here. */
export interface Packed {
  /** Folder in the repository. */
  readonly folder: string;
  /** Most kilobytes of the tarball. */
  readonly tarball: number;
  /** Most kilobytes of its files. */
  readonly files: number;
  /** Exports that serve this repository alone; those below `./testing` never travel. */
  readonly here?: readonly string[];
  /** Dependencies that no module imports: what a package finds for others. */
  readonly forOthers?: readonly string[];
  /** Name in the registry, where it is another one than in the repository. */
  readonly publishedAs?: string;
}

export const packages: readonly Packed[] = [
  { folder: "packages/twilio-api", tarball: 150, files: 2_000 },
  { folder: "packages/studio", tarball: 400, files: 1_600 },
  { folder: "packages/functions-runtime", tarball: 120, files: 500 },
  { folder: "packages/functions", tarball: 90, files: 350 },
  { folder: "packages/stage", tarball: 150, files: 600 },
  { folder: "packages/provider", tarball: 500, files: 3_500, here: ["./bundle", "./examples", "./schema"] },
  { folder: "packages/console", tarball: 500, files: 1_200 },
  // Functions that it runs get the `twilio` that is installed with it.
  { folder: "packages/local-twilio", tarball: 750, files: 3_000, forOthers: ["twilio"] },
  { folder: "packages/conversation-test", tarball: 200, files: 800 },
  { folder: "packages/policy", tarball: 40, files: 120 },
  { folder: "packages/cli", tarball: 700, files: 2_500 },
  { folder: "packages/proof", tarball: 250, files: 1_000 },
  { folder: "packages/create", tarball: 180, files: 700, publishedAs: "create-support-line" },
  // Nobody but Pulumi can publish in Pulumi's scope; programs import it under the usual name through an alias.
  { folder: "sdks/twilio", tarball: 400, files: 4_500, publishedAs: "@support-line/pulumi-twilio" },
];

/** From this Node on, all that the packages need is there. */
export const oldestNode = "22.21.0";
