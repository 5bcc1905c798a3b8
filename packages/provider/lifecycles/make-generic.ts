import { ProviderError } from "../errors.ts";
import { wait, waitBefore } from "../http/retry.ts";
import { comparable, hashable } from "../journal/comparable.ts";
import { isHashOf, saltedHash, type Entry } from "../journal/journal.ts";
import { genericToken } from "../shape/generic-shape.ts";
import { canonical, sameMeaning } from "../translate/meaning.ts";
import { textAt } from "../values/place.ts";
import {
  isList,
  isMap,
  reveal,
  type Json,
  type JsonMap,
  type Value,
  type ValueMap,
} from "../values/value.ts";
import type { Session } from "./lifecycle.ts";
import {
  dateToleranceMs,
  deleteByHand,
  isLost,
  madeAt,
  mayHaveBegunElsewhere,
  mostAttempts,
} from "./lost.ts";

/** What the generic resource asks of Twilio, all by URL. */
export interface GenericCalls {
  create(): Promise<JsonMap>;
  /** Undefined when there is nothing. */
  fetch(id: string): Promise<JsonMap | undefined>;
  /** Says to what an interrupted deployment made what the program says by now. */
  update(id: string): Promise<JsonMap>;
  /** The list at the URL that it is created with. */
  list(): Promise<JsonMap[] | undefined>;
  /** What the thing is called in the state, its URL. */
  idOf(body: JsonMap): string;
}

/**
 * Creates once what has no row, as `make` does what has one: written down before it is sent; looked for in the list
 * at the same URL when its answer was lost or an earlier process left it open. It is ours when it was made after the
 * attempt began and shows every parameter that Twilio shows as it was sent, at least one.
 *
 * @throws ProviderError `answer-lost` where there is no list, `create-ambiguous`, `create-elsewhere`
 */
export async function makeGeneric(session: Session, inputs: ValueMap, calls: GenericCalls): Promise<JsonMap> {
  const { journal, urn } = session;
  const url = textAt(inputs, "url");
  const attempt = {
    urn,
    token: genericToken,
    parent: url,
    inputs: comparable(inputs),
    hash: saltedHash(hashable(inputs)),
  };
  return journal.inTurn(`${url} ${canonical(attempt.inputs)}`, async () => {
    const left = journal.unanswered(urn);
    if (left !== undefined) {
      const found = await ofEarlier(session, inputs, calls, left);
      if (found !== undefined) return taken(session, calls, found);
    } else if (mayHaveBegunElsewhere(session) && !hasUniqueName(inputs) && !session.settings.expectTwins) {
      await refuseTwin(session, inputs, calls);
    }
    for (let tries = 1; ; tries++) {
      const entry = await journal.begin(attempt);
      try {
        return await taken(session, calls, await calls.create());
      } catch (error) {
        if (!isLost(error)) {
          journal.close(urn);
          throw error;
        }
        const until = performance.now() + session.client.policy.settleMs;
        const found = await find(session, inputs, calls, entry, until);
        if (isMap(found)) return taken(session, calls, found);
        if (found === "no list" || tries >= mostAttempts) throw error;
      }
    }
  });
}

async function taken(
  { journal, client, urn }: Session,
  calls: GenericCalls,
  body: JsonMap,
): Promise<JsonMap> {
  const id = calls.idOf(body);
  client.made(textAt(body, "sid"));
  await journal.answered(urn, id);
  return body;
}

/** What an earlier process began and nobody recorded, as the program wants it by now. */
async function ofEarlier(
  session: Session,
  inputs: ValueMap,
  calls: GenericCalls,
  left: Entry,
): Promise<JsonMap | undefined> {
  const { journal, urn, client } = session;
  const isSame = isHashOf(left.hash, hashable(inputs));
  if (left.id !== undefined) {
    client.made(
      left.id
        .split("/")
        .at(-1)
        ?.replace(/\.json$/, "") ?? "",
    );
    const body = left.parent === inputs["url"] ? await calls.fetch(left.id) : undefined;
    if (body !== undefined) return isSame ? body : calls.update(left.id);
    journal.close(urn);
    return undefined;
  }
  const until = performance.now() + (left.at + client.policy.settleMs - Date.now());
  const found = await find(session, { ...inputs, ...left.inputs }, calls, left, until);
  if (isMap(found)) return isSame ? found : calls.update(calls.idOf(found));
  if (found === undefined) return undefined;
  // Nobody can look: a person has to, once.
  journal.close(urn);
  const [what, reason] = [`Creating ${left.parent}`, "an earlier deployment was interrupted"];
  throw new ProviderError("answer-lost", { what, reason, advice: lookThere(left.parent) });
}

async function find(
  session: Session,
  wanted: ValueMap,
  calls: GenericCalls,
  entry: Entry,
  until: number,
): Promise<JsonMap | "no list" | undefined> {
  const { client, journal, signal, urn } = session;
  const since = client.atTwilio(entry.at) - dateToleranceMs;
  for (let look = 1; ; look++) {
    const listed = await calls.list();
    if (listed === undefined) return "no list";
    const found = listed.filter(
      (body) => madeAt(body) >= since && !journal.isClaimed(calls.idOf(body), urn) && shows(body, wanted),
    );
    const [first] = found;
    if (first !== undefined && found.length === 1) return first;
    if (first !== undefined) {
      const ids = found.map((body) => calls.idOf(body)).join(", ");
      throw new ProviderError("create-ambiguous", {
        ...words(session, calls, first),
        ids,
        place: entry.parent,
      });
    }
    if (performance.now() >= until) return undefined;
    await wait(Math.max(5, waitBefore(client.policy, look, null)), signal);
  }
}

/** The one look-up on a machine that does not know what others began. */
async function refuseTwin(session: Session, inputs: ValueMap, calls: GenericCalls): Promise<void> {
  const listed = await session.once(textAt(inputs, "url"), () => calls.list());
  const twin = listed?.find(
    (body) => !session.journal.isClaimed(calls.idOf(body), session.urn) && shows(body, inputs),
  );
  if (twin !== undefined) throw new ProviderError("create-elsewhere", words(session, calls, twin));
}

function words(session: Session, calls: GenericCalls, body: JsonMap): Record<string, string> {
  const name = session.urn.split("::").at(-1) ?? "";
  const [id, date] = [calls.idOf(body), textAt(body, "date_created")];
  const made = date === "" ? "" : ` (made ${date})`;
  const { host, pathname: path } = new URL(id);
  const remove = deleteByHand(session.client.urlOf({ host, path }));
  return { what: `${genericToken} "${name}"`, token: genericToken, name, id, importId: id, made, remove };
}

/** What to do where nobody can look but a person. */
export function lookThere(url: string): string {
  return `Look at ${url}: if it is there, take it over with \`pulumi import ${genericToken} <name> <its URL>\`; if not, run \`pulumi up\` again.`;
}

function hasUniqueName(inputs: ValueMap): boolean {
  const parameters = parametersOf(inputs);
  return ["UniqueName", "Identity", "Key"].some((name) => parameters[name] !== undefined);
}

/** Whether an entry of a list shows the parameters that were sent: all that it shows at all, and at least one. */
function shows(body: JsonMap, wanted: ValueMap): boolean {
  const sent = Object.entries(parametersOf(wanted));
  const shown = sent.flatMap(([name, value]) => {
    const there = shownAt(body, name);
    return there === undefined ? [] : [isSame(there, value)];
  });
  return shown.length > 0 && !shown.includes(false);
}

/** `AutoCreation.StudioFlowSid` → `auto_creation.studio_flow_sid`. */
function shownAt(body: JsonMap, name: string): Json | undefined {
  let at: Json | undefined = body;
  for (const part of name.split(".")) {
    at = isMap(at) ? at[part.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase()] : undefined;
  }
  return at;
}

function isSame(shown: Json, sent: Value): boolean {
  if (sameMeaning(shown, sent, { kind: "json" })) return true;
  const [one, other] = [shown, reveal(sent)].map((value) =>
    typeof value === "string" ? value : isList(value ?? null) ? undefined : JSON.stringify(value),
  );
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

function parametersOf({ parameters }: ValueMap): ValueMap {
  const open = parameters === undefined ? {} : reveal(parameters);
  return isMap(open) ? open : {};
}
