/** What follows from a save, with an engine and a Twilio that tell what was asked of them. */
import { expect, test } from "vitest";
import type { Deployed } from "./deployed.ts";
import { Session, type News } from "./session.ts";
import type { Snapshot } from "./snapshot.ts";

const says = (text: string): Snapshot => ({
  faults: [],
  flows: {},
  templates: {},
  variables: { TEXT: text },
  files: [],
});
const faulty: Snapshot = { ...says("?"), faults: ["line support: the body is missing"] };
const deployed = { places: { functions: {}, flex: null } } as unknown as Deployed;

/** A session whose project says what `saves` says, and whose engine's runs end when the test lets them. */
function played() {
  let project = says("first");
  let live = "nothing";
  const news: News[] = [];
  const runs: { look: boolean; recorded: string; end: (problem?: string) => void }[] = [];
  const waiting: (() => void)[] = [];
  const session = new Session({
    take: () => Promise.resolve(project),
    live: {
      know: () => undefined,
      edited: () => Promise.resolve([]),
      make: ({ variables: { TEXT: text = "" } }) => {
        if (text === "refused") return Promise.reject(new Error("refused"));
        const isNew = live !== text;
        live = text;
        return Promise.resolve(isNew ? [text] : []);
      },
    },
    up: ({ look }) =>
      new Promise((resolve) => {
        const recorded = project.variables["TEXT"] ?? "";
        const end = (problem?: string) => {
          if (problem === undefined) live = recorded;
          resolve(problem ?? null);
        };
        runs.push({ look, recorded, end });
        waiting.splice(0).forEach((go) => go());
      }),
    readDeployed: () => Promise.resolve(deployed),
    tell: (each) => news.push(each),
  });
  return {
    session,
    news,
    runs,
    live: () => live,
    save: (snapshot: Snapshot, file = "flow-templates/support.json") => {
      project = snapshot;
      session.saved({ at: performance.now(), files: [file] });
    },
    /** The engine's run of this number, once it has begun. */
    run: async (at: number) => {
      while (runs[at] === undefined) await new Promise<void>((resolve) => waiting.push(resolve));
      return runs[at];
    },
  };
}

const kinds = (news: readonly News[]) => news.map(({ kind }) => kind);

/** A session whose project is deployed. */
async function begun() {
  const all = played();
  const beginning = all.session.begin();
  (await all.run(0)).end();
  await beginning;
  all.news.length = 0;
  return all;
}

test("a save is live first, then recorded", async () => {
  const { session, save, run, news, live } = await begun();
  save(says("second"));
  const second = await run(1);
  expect(live()).toBe("second");
  expect(kinds(news)).toEqual(["live"]);
  second.end();
  await session.settled();
  expect(kinds(news)).toEqual(["live", "recorded"]);
  expect(await session.end()).toBe(true);
});

test("what a run puts back that a save overtook is live again, and the next run records the save", async () => {
  const { session, save, run, runs, live } = await begun();
  save(says("second"));
  const second = await run(1);
  save(says("third"));
  save(says("fourth"));
  await expect.poll(live).toBe("fourth");
  second.end();
  const third = await run(2);
  expect(live()).toBe("fourth");
  expect(third.recorded).toBe("fourth");
  third.end();
  await session.settled();
  expect(runs).toHaveLength(3);
});

test("a save of what deploys as before says so, and one in infra is left to the engine", async () => {
  const { session, save, run, news } = await begun();
  save(says("first"), "functions/greet.protected.ts");
  (await run(1)).end();
  await session.settled();
  save(says("first"), "infra/alerts.ts");
  (await run(2)).end();
  await session.settled();
  expect(kinds(news)).toEqual(["unchanged", "recorded", "left-to-engine", "recorded"]);
});

test("a save with a fault is told, nothing is live of it, and the engine does not run", async () => {
  const { session, save, runs, news, live } = await begun();
  save(faulty);
  await session.settled();
  expect(news).toEqual([{ kind: "faults", words: faulty.faults }]);
  expect(live()).toBe("first");
  expect(runs).toHaveLength(1);
  expect(await session.end()).toBe(false);
});

test("what Twilio refuses leaves what ran before, as a whole", async () => {
  const { session, save, runs, news, live } = await begun();
  save(says("refused"));
  await session.settled();
  expect(kinds(news)).toEqual(["faults"]);
  expect(live()).toBe("first");
  expect(runs).toHaveLength(1);
});

test("what the engine could not record is recorded at the end", async () => {
  const { session, save, run, news } = await begun();
  save(says("second"));
  (await run(1)).end("the disk is full");
  await session.settled();
  expect(news.at(-1)).toEqual({ kind: "not-recorded", words: ["the disk is full"] });
  const ending = session.end();
  (await run(2)).end();
  expect(await ending).toBe(true);
});
