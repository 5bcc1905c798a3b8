/**
 * One at a time: of Functions that run at once for the same thing, one goes on and the others wait. Twilio's API has no
 * lock; a Sync Document's unique name is one, since a second create of it is refused
 * (https://www.twilio.com/docs/sync/api/document-resource). Should a Function die with it, the Document is gone by itself.
 */
import { codeOf, type Run } from "./handler.ts";

const nameTaken = 54301;
const notThere = 20404;

/** A Function has ten seconds in all (https://www.twilio.com/docs/serverless/functions-assets/functions/limits). */
const aliveSeconds = 15;
const tries = 20;
const pauseMilliseconds = 250;

/**
 * Does the work while nobody else does work of that name.
 *
 * @returns what the work answers; `"busy"` when somebody else was at it all the time
 */
export async function alone<Result>(
  { context, variable }: Run,
  name: string,
  work: () => Promise<Result>,
): Promise<Result | "busy"> {
  const { documents } = context.getTwilioClient().sync.v1.services(variable("SYNC_SERVICE_SID"));
  if (!(await begun(() => documents.create({ uniqueName: name, data: {}, ttl: aliveSeconds })))) {
    return "busy";
  }
  try {
    return await work();
  } finally {
    await gone(() => documents(name).remove());
  }
}

async function begun(create: () => Promise<unknown>): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    try {
      await create();
      return true;
    } catch (error) {
      if (codeOf(error) !== nameTaken) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  }
  return false;
}

async function gone(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (codeOf(error) !== notThere) throw error;
  }
}
