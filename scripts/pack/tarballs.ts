/** Tarballs of written packages, and what they weigh. */
import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";
import { z } from "zod";
import { packages } from "./packages.ts";

const packedShape = z.array(
  z.object({
    name: z.string(),
    filename: z.string(),
    size: z.number(),
    unpackedSize: z.number(),
    files: z.array(z.object({ path: z.string() })),
  }),
);

export interface Tarball {
  readonly name: string;
  readonly file: string;
  /** Bytes of the tarball, and of its files. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly paths: readonly string[];
}

/** Makes a tarball of each folder, with npm. */
export function makeTarballs(folders: readonly string[], out: string): Tarball[] {
  const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", out, ...folders];
  const text = execFileSync("npm", words, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return packedShape.parse(JSON.parse(text)).map(({ filename, files, ...each }) => ({
    ...each,
    file: join(out, filename),
    paths: files.map(({ path }) => path),
  }));
}

/** No package needs what only the repository reads. */
const strays =
  /(^|\/)(testing|test|fixtures|__snapshots__|node_modules)\/|\.test\.[a-z.]+$|(?<!\.d)(?<!\.d\.[mc])\.tsx?$/;

/** What `create` and `studio add` write into projects travels as a person gets it, with its tests. */
const forProjects = /^(template|blocks\/files)\//;

/** Names the packages that weigh more than they may, and files that nobody who installs them needs. */
export function tarballFaults(tarballs: readonly Tarball[]): string[] {
  return tarballs.flatMap(({ name, size, unpackedSize, paths }) => {
    const packed = packages.find(
      ({ folder, publishedAs }) => name === (publishedAs ?? `@support-line/${basename(folder)}`),
    );
    if (packed === undefined) return [`${name} is in no row of scripts/pack/packages.ts`];
    const [kb, filesKb] = [size, unpackedSize].map((bytes) => Math.ceil(bytes / 1000));
    return [
      ...((kb ?? 0) > packed.tarball
        ? [`${name}: its tarball has ${kb} kB, and ${packed.tarball} is the most`]
        : []),
      ...((filesKb ?? 0) > packed.files
        ? [`${name}: its files have ${filesKb} kB, and ${packed.files} is the most`]
        : []),
      ...paths
        .filter((path) => strays.test(path) && !forProjects.test(path))
        .map((path) => `${name}: ${path} does not belong into a package`),
    ];
  });
}
