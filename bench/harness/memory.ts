import { execFile } from "node:child_process";

/** How often memory is looked at, in milliseconds. */
const everyMs = 150;

interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly megabytes: number;
  readonly command: string;
}

function processes(): Promise<Seen[]> {
  return new Promise((resolve) => {
    execFile("ps", ["-axo", "pid=,ppid=,rss=,args="], { maxBuffer: 16e6 }, (_error, stdout) => {
      const lines = stdout.split("\n").map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line));
      resolve(
        lines.flatMap((found) =>
          found === null
            ? []
            : [
                {
                  pid: Number(found[1]),
                  parent: Number(found[2]),
                  megabytes: Number(found[3]) / 1024,
                  command: found[4] ?? "",
                },
              ],
        ),
      );
    });
  });
}

/** What a process is, by its command line; null for those that are of no interest. */
function roleOf(command: string): string | null {
  const roles: readonly (readonly [RegExp, string])[] = [
    [/packages\/provider\/main\.ts/, "provider"],
    [/@pulumi\/pulumi\/cmd\/run/, "Pulumi program"],
    [/language-host|pulumi-language-nodejs/, "Pulumi language host"],
    [/\/pulumi (up|preview|destroy)/, "Pulumi CLI"],
    [/packages\/local-twilio\/serve\.ts/, "local Twilio"],
    [/functions-runtime\/child/, "Functions"],
  ];
  return roles.find(([pattern]) => pattern.test(command))?.[1] ?? null;
}

/**
 * Watches the memory of all processes below some.
 *
 * @param roots ids of processes
 * @returns ends the watch and answers the peak of each kind of process, in MB
 */
export function watchMemory(roots: readonly number[]): () => Promise<ReadonlyMap<string, number>> {
  const peaks = new Map<string, number>();
  const look = async () => {
    const all = await processes();
    const ours = new Set(roots);
    // A parent is listed before its children most of the time; twice over finds the rest.
    for (const { pid, parent } of [...all, ...all]) if (ours.has(parent)) ours.add(pid);
    for (const { pid, megabytes, command } of all) {
      const role = ours.has(pid) ? roleOf(command) : null;
      if (role !== null) peaks.set(role, Math.max(peaks.get(role) ?? 0, megabytes));
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await looking;
    return peaks;
  };
}
