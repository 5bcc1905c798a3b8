/** A request to one of Twilio's REST hosts: who calls, what is meant, are the parameters right, do it, show it. */
import { matchRoute, productAt, type Operation, type Resource } from "@support-line/twilio-api";
import { TwilioError } from "../errors.ts";
import { isBody } from "../json.ts";
import type { Accounts, Behaviour, Body, Call, Json, RawRequest, RawResponse, Twilio } from "../product.ts";
import { withoutRegion } from "./address.ts";
import { documentedPath } from "./aliases.ts";
import { jsonAnswer } from "./json-answer.ts";
import { authenticate, isActive, type Caller } from "./authenticate.ts";
import { checkParameters } from "./check-parameters.ts";
import { makeOnDemand, notFound, perform } from "./engine.ts";
import { idOf, keptName } from "./identity.ts";
import { isSid } from "../sid.ts";
import { acceptLater } from "./later.ts";
import { cutPage, listBody } from "./page.ts";
import { hostNotPlayed, pathNotPlayed, refuseNotPlayed } from "./not-played.ts";
import { parseBody, parseFields } from "./parse-body.ts";
import { renderObject, shownBy } from "./render.ts";
import type { Rows } from "./rows.ts";

/** What the REST API is made of. */
export interface Rest {
  readonly twilio: Twilio;
  readonly rows: Rows;
  readonly behaviourOf: (token: string) => Behaviour;
}

/** Answers one request; refusals are thrown. `onCaller` hears who it is as soon as that is known. */
export async function answerRest(
  rest: Rest,
  request: RawRequest,
  onCaller: (caller: Caller) => void,
): Promise<RawResponse> {
  const url = new URL(request.url);
  if (productAt(withoutRegion(request.host)) === undefined) throw hostNotPlayed(withoutRegion(request.host));
  const caller = authenticate(rest.twilio, header(request, "authorization"));
  onCaller(caller);
  const host = withoutRegion(request.host);
  const route = matchRoute(host, request.method, documentedPath(host, url.pathname));
  if (route === "methodNotAllowed") throw new TwilioError(20004);
  if (route === null) {
    // An id that a client left empty, `/Services//Builds`: Twilio knows the path, and nothing there.
    if (isIdMissing(host, request.method, url.pathname)) {
      throw new TwilioError(20404, { path: url.pathname.replace(/^\/v\d+(?=\/)/, "") });
    }
    throw pathNotPlayed(host, url.pathname);
  }

  const { resource, operation } = route;
  const behaviour = rest.behaviourOf(resource.token);
  const row = resource.operations[operation];
  const parsed = await parseBody(header(request, "content-type") ?? "", request.body);
  const given: Record<string, Json> = parsed.fields ?? (isBody(parsed.json) ? parsed.json : {});
  const twilio = accountOf(rest.twilio.accounts, caller, resource, route.parameters);
  const unresolved: Call = {
    twilio,
    resource,
    operation,
    accountSid: resource.token === "twilio:api:Account" ? caller.accountSid : twilio.settings.accountSid,
    path: route.parameters,
    input: {},
    query: {},
    headers: flatHeaders(request),
    files: parsed.files,
  };
  refuseInactive(unresolved);
  refuseNotPlayed(resource, operation, behaviour, given);
  const found: Call = { ...unresolved, path: resolveParents(rest, unresolved) };
  const call: Call = {
    ...found,
    input: checkParameters(row?.form ?? [], wholeOf(row, request.method, given), operation, behaviour.refuse),
    query: checkParameters(row?.query ?? [], parseFields(url.searchParams), operation, behaviour.refuse),
  };

  const outcome = await perform(call, behaviour);
  if (outcome.status === 204) return { status: 204, headers: {}, body: "" };
  const { later } = resource;
  if (
    later !== undefined &&
    (outcome.kind === "object" || outcome.kind === "gone") &&
    operation !== "fetch"
  ) {
    const id =
      outcome.kind === "object" ? idOf(resource, outcome.object) : call.path[resource.idParameter ?? ""];
    return jsonAnswer(outcome.status, acceptLater(call, later, id ?? ""));
  }
  switch (outcome.kind) {
    case "object":
      return jsonAnswer(
        outcome.status,
        shownBy(resource, operation, renderObject(twilio, resource, behaviour, outcome.object)),
      );
    case "body":
      return jsonAnswer(outcome.status, outcome.body);
    case "gone":
      return { status: outcome.status, headers: {}, body: "" };
    case "list": {
      const page = cutPage(resource, outcome.objects, url.searchParams);
      const shown = page.items.map((object) =>
        resource.list?.names
          ? idOf(resource, object)
          : listed(
              shownBy(resource, operation, renderObject(twilio, resource, behaviour, object)),
              behaviour,
            ),
      );
      return jsonAnswer(
        outcome.status,
        listBody(resource, url.pathname, url.searchParams, outcome.objects, page, shown),
      );
    }
  }
}

function isIdMissing(host: string, method: string, path: string): boolean {
  const filled = path.replace(/\/(?=\/)/g, "/none");
  const route = filled === path ? null : matchRoute(host, method, filled);
  return route !== null && route !== "methodNotAllowed";
}

/** What a PUT says where a PATCH would do: what it leaves out is taken away. */
function wholeOf(
  row: Operation | undefined,
  method: string,
  given: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> {
  if (row?.takesWhole !== true || method === row.method) return given;
  const optional = row.form.filter(({ type }) => type.kind === "object" || type.kind === "array");
  return { ...Object.fromEntries(optional.map(({ name }) => [name, null])), ...given };
}

/** An item of a list: what a fetch shows, less what lists leave out. */
function listed(shown: Body, { unlisted = [] }: Behaviour): Body {
  return Object.fromEntries(Object.entries(shown).filter(([name]) => !unlisted.includes(name)));
}

/**
 * The account whose store a request is about. It is the caller's own. On the API of 2010 the path may name one of the caller's
 * subaccounts instead (https://www.twilio.com/docs/iam/api/subaccounts). Accounts themselves are in the owner's store.
 *
 * @throws TwilioError 20003 for any other account, and for a key that asks for a subaccount or for an account itself
 *   (https://www.twilio.com/docs/iam/api-keys)
 */
function accountOf(
  accounts: Accounts,
  { accountSid, isApiKey }: Caller,
  { token }: Resource,
  path: Readonly<Record<string, string>>,
): Twilio {
  const isAccount = token === "twilio:api:Account";
  if (isAccount && isApiKey) throw new TwilioError(20003);
  const named = (isAccount ? path["Sid"] : path["AccountSid"]) ?? accountSid;
  const isOwner = accountSid === accounts.owner.settings.accountSid && !isApiKey;
  const found = named === accountSid || isOwner ? accounts.find(named) : undefined;
  if (found === undefined) throw new TwilioError(20003);
  return isAccount ? accounts.owner : found;
}

/** An owner reads what a suspended or closed subaccount has, and changes nothing there: https://www.twilio.com/docs/api/errors/10001 */
function refuseInactive({ twilio, operation }: Call): void {
  const { accounts, settings } = twilio;
  const isRead = operation === "fetch" || operation === "list";
  if (!isRead && !isActive(accounts, settings.accountSid)) throw new TwilioError(10001);
}

/** Finds every parent that is a resource of its own; a unique name in its place becomes what it is called. A missing one is 20404. */
function resolveParents(rest: Rest, call: Call): Record<string, string> {
  if (call.resource.product === "proxy") refuseForeignSids(rest, call);
  const path: Record<string, string> = { ...call.path };
  const above: Record<string, string> = {};
  for (const { parameter, resource } of rest.rows.parentsOf(call.resource)) {
    const id = path[parameter] ?? "";
    // What nothing here makes (a call's summary, a participant of a video room) is taken at the caller's word.
    const isMade = resource.operations.create !== undefined;
    const found = findParent(rest, call.twilio, resource, id, above) ?? (isMade ? undefined : id);
    if (found === undefined) throw notFound(call, missingBelow(call, resource));
    path[parameter] = found;
    above[parameter] = found;
  }
  return path;
}

/** What Proxy calls missing where a parent is: the thing that the path ends in, if it ends in one. */
function missingBelow({ resource, path }: Call, parent: Resource): Resource {
  return resource.idParameter !== null && path[resource.idParameter] !== undefined ? resource : parent;
}

/** Proxy takes SIDs alone: a unique name in a path is nothing that is there. */
function refuseForeignSids(rest: Rest, call: Call): void {
  const { resource, path } = call;
  const own = { parameter: resource.idParameter ?? "", resource };
  for (const { parameter, resource: of } of [...rest.rows.parentsOf(resource), own]) {
    const id = path[parameter];
    if (id === undefined || of.sidPrefix === null || isSid(id, of.sidPrefix)) continue;
    throw notFound(call, of);
  }
}

function findParent(
  rest: Rest,
  twilio: Twilio,
  resource: Resource,
  id: string,
  above: Record<string, string>,
): string | undefined {
  if (id === twilio.settings.accountSid) return id;
  const behaviour = rest.behaviourOf(resource.token);
  const { kept } = behaviour;
  const parents = { ...kept?.unsaidParents?.(twilio), ...above };
  const name = behaviour.create ? id : keptName(resource, above, id);
  const token = kept?.token ?? resource.token;
  const { alsoBy } = behaviour;
  const object =
    twilio.store.find(token, name, parents) ??
    (alsoBy === undefined ? undefined : twilio.store.list(token, parents, { [alsoBy]: id })[0]) ??
    makeOnDemand(twilio, resource, behaviour, parents, id);
  return object && (behaviour.create ? object.sid : idOf(resource, object));
}

function header(request: RawRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : value?.[0];
}

function flatHeaders(request: RawRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      typeof value === "string" ? value : value.join(", "),
    ]),
  );
}
