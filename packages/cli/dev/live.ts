/**
 * A snapshot, live on Twilio before the engine has run: the same revision, versions, Build and Variables that the engine
 * would write, over Twilio's REST API. What is live already is not written again, so that whoever is in doubt asks again.
 */
import { diff, describeChanges, type FlowDefinition } from "@support-line/studio";
import type { Twilio } from "twilio";
import { StepError } from "../start/errors.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import type { Deployed } from "./deployed.ts";
import { openBuilds } from "./builds.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Upload } from "./upload.ts";

/** Why a revision was made, for who reads the list in the Console; and how ours are told from an edit of somebody's. */
const saved = "Saved, npm run dev";
const byTheEngine = /^Deployed by Pulumi to /;

export interface Live {
  /** Takes over what the engine has deployed meanwhile. */
  know(deployed: Deployed): void;
  /**
   * Makes a snapshot live.
   *
   * @returns what is new, a line each
   * @throws StepError when somebody edited a Flow, or a Build failed; TwilioRefusal
   */
  make(snapshot: Snapshot): Promise<string[]>;
  /** Lines whose Flow somebody edited, so that neither we nor the engine write over it. */
  edited(): Promise<string[]>;
}

/**
 * Opens what is live of a stage.
 *
 * @param client of the stage's account
 * @param upload of a version, which Twilio's own client has no call for
 */
export function openLive(client: Twilio, upload: Upload): Live {
  let deployed: Deployed | null = null;
  /** By SID of the Flow: the newest revision that is ours. */
  const revisions = new Map<string, number>();
  const builds = openBuilds(client, upload);

  /** The Flow as it is at Twilio, and whether somebody else wrote it. */
  const look = async (sid: string) => {
    const flow = await client.studio.v2.flows(sid).fetch();
    const { revision, commitMessage } = flow;
    const isOurs =
      revision <= (revisions.get(sid) ?? 0) || commitMessage === saved || byTheEngine.test(commitMessage);
    return { revision, isOurs, definition: flow.definition as FlowDefinition };
  };

  const flowNews = async (line: string, sid: string, wanted: FlowDefinition): Promise<string[]> => {
    const { definition, isOurs } = await look(sid);
    const changes = diff(definition, wanted);
    if (changes.length === 0) return [];
    if (!isOurs) throw editedElsewhere(line);
    const { revision } = await client.studio.v2
      .flows(sid)
      .update({ status: "published", commitMessage: saved, definition: wanted });
    revisions.set(sid, revision);
    return describeChanges(changes);
  };

  const variableNews = async ({ state }: Deployed, { variables }: Snapshot): Promise<string[]> => {
    if (state.serviceSid === "") return [];
    const place = client.serverless.v1.services(state.serviceSid).environments(state.environmentSid);
    const changed = (await place.variables.list({ limit: 1000 })).filter(
      // What the program fills with SIDs is not among ours.
      ({ key, value }) => variables[key] !== undefined && variables[key] !== value,
    );
    await Promise.all(
      changed.map(({ sid, key }) => place.variables(sid).update({ value: variables[key] ?? "" })),
    );
    // Values hold people's numbers.
    return changed.length === 0 ? [] : [`Variables ${changed.map(({ key }) => key).join(", ")}`];
  };

  return {
    know(fresh) {
      deployed = fresh;
      for (const { sid, revision } of Object.values(fresh.state.flows)) {
        revisions.set(sid, Math.max(revision, revisions.get(sid) ?? 0));
      }
    },
    async make(snapshot) {
      if (deployed === null) return [];
      const now = deployed;
      const { flows, memory } = now.state;
      const news = [...(await variableNews(now, snapshot)), ...(await builds.deploy(now, snapshot))];
      for (const [line, wanted] of Object.entries(snapshot.flows)) {
        const flow = flows[line];
        if (flow !== undefined && !(line in memory.paused)) {
          news.push(...(await flowNews(line, flow.sid, wanted)));
        }
      }
      // Two lines of one template change alike.
      return [...new Set(news)];
    },
    async edited() {
      const flows = Object.entries(deployed?.state.flows ?? {});
      const seen = await Promise.all(
        flows.map(async ([line, { sid }]) => {
          try {
            return (await look(sid)).isOurs ? [] : [line];
          } catch (error) {
            // A Flow that is gone is the engine's to make.
            if (error instanceof TwilioRefusal && error.status === 404) return [];
            throw error;
          }
        }),
      );
      return seen.flat();
    },
  };
}

function editedElsewhere(line: string): StepError {
  return new StepError(
    `line ${line}`,
    `its Flow was edited elsewhere, and is not written over. npx studio pull brings the edit into flow-templates; npm start writes over it`,
    { exitCode: 1 },
  );
}
