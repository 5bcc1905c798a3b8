/** The Functions and Assets that are deployed to be asked. Plain JavaScript, as Twilio runs it. */

export interface Visible {
  readonly source: string;
  readonly visibility: "public" | "protected" | "private";
  readonly type: string;
}

const script = (source: string, visibility: Visible["visibility"] = "public"): Visible => ({
  source,
  visibility,
  type: "application/javascript",
});

/** By path. */
export const sources: Readonly<Record<string, Visible>> = {
  // Keeps what it is called with in a Sync List, which `list` names.
  "/record": script(`
exports.handler = async (context, event, callback) => {
  const { request, list, ...parameters } = event;
  const { headers } = request;
  const url = "https://" + context.DOMAIN_NAME + "/record?list=" + list;
  const signed = Twilio.validateRequest(context.AUTH_TOKEN, headers["x-twilio-signature"] || "", url, parameters);
  const lists = context.getTwilioClient().sync.v1.services(context.SYNC).syncLists(list);
  await lists.syncListItems.create({ data: { parameters, headers, signed } });
  callback(null, {});
};`),
  // Answers a pre-event: refuses it, or changes what it is about.
  "/pre": script(`
exports.handler = (context, event, callback) => {
  const response = new Twilio.Response();
  if (event.kind === "refuse") response.setStatusCode(403);
  response.appendHeader("Content-Type", "application/json");
  response.setBody(event.kind === "change" ? { body: "changed before" } : {});
  callback(null, response);
};`),
  "/echo": script(`
exports.handler = (context, event, callback) => {
  const { request, ...parameters } = event;
  callback(null, {
    context: Object.keys(context).sort(),
    path: context.PATH,
    domain: context.DOMAIN_NAME,
    hasToken: typeof context.AUTH_TOKEN === "string" && context.AUTH_TOKEN.length > 0,
    greeting: context.GREETING,
    environment: process.env.GREETING || null,
    parameters,
    headers: request.headers,
    cookies: request.cookies,
    runtime: Object.keys(Runtime).sort(),
    functions: Object.keys(Runtime.getFunctions()).sort(),
    assets: Object.keys(Runtime.getAssets()).sort(),
    twilio: typeof Twilio.twiml.MessagingResponse,
    response: typeof Twilio.Response,
    node: process.versions.node.split(".")[0],
    cwd: typeof process.cwd(),
  });
};`),
  "/answer": script(`
exports.handler = (context, event, callback) => {
  const response = new Twilio.Response();
  switch (event.kind) {
    case "nothing": return callback();
    case "text": return callback(null, "hello");
    case "number": return callback(null, 7);
    case "zero": return callback(null, 0);
    case "false": return callback(null, false);
    case "object": return callback(null, { a: 1 });
    case "array": return callback(null, [1, 2]);
    case "twiml": { const twiml = new Twilio.twiml.MessagingResponse(); twiml.message("hello"); return callback(null, twiml); }
    case "error": return callback(new Error("as asked"));
    case "error-text": return callback("as asked");
    case "error-object": return callback({ reason: "as asked" });
    case "throw": throw new Error("as asked");
    case "status": response.setStatusCode(418); response.setBody("teapot"); return callback(null, response);
    case "headers": response.appendHeader("X-Proof", "a"); response.appendHeader("x-proof", "b"); response.setBody("x"); return callback(null, response);
    case "cookie": response.setCookie("proof", "yes", ["HttpOnly"]); response.removeCookie("old"); return callback(null, response);
    case "json": response.appendHeader("Content-Type", "application/json"); response.setBody({ a: 1 }); return callback(null, response);
    case "json-charset": response.appendHeader("Content-Type", "application/json;charset=utf-8"); response.setBody({ a: 1 }); return callback(null, response);
    case "body-object": response.setBody({ a: 1 }); return callback(null, response);
    case "no-content": response.setStatusCode(204); return callback(null, response);
    case "redirect": response.setStatusCode(302); response.appendHeader("Location", "/answer?kind=object"); return callback(null, response);
    case "not-found": response.setStatusCode(404); response.appendHeader("Content-Type", "application/json"); response.setBody({ missing: true }); return callback(null, response);
    case "long": return callback(null, "a".repeat(70000));
    case "greeting": return callback(null, context.GREETING);
    default: return callback(null, { unknown: event.kind });
  }
};`),
  "/async": script(`
exports.handler = async (context, event, callback) => { await null; callback(null, "done"); };`),
  "/rejects": script(`
exports.handler = async () => { await null; throw new Error("as asked"); };`),
  "/counts": script(`
let count = 0;
exports.handler = (context, event, callback) => { count += 1; callback(null, { isWarm: count > 1 }); };`),
  "/no-handler": script(`exports.other = () => undefined;`),
  "/slow": script(`
exports.handler = (context, event, callback) => { setTimeout(() => callback(null, { slept: true }), Number(event.ms)); };`),
  "/calls-private": script(`
exports.handler = (context, event, callback) => {
  const { helps } = require(Runtime.getFunctions()["helper"].path);
  callback(null, { helps: helps(), asset: Runtime.getAssets()["/private.json"].open() });
};`),
  "/client": script(`
exports.handler = async (context, event, callback) => {
  const service = await context.getTwilioClient().sync.v1.services(context.SYNC).fetch();
  callback(null, { same: service.sid === context.SYNC });
};`),
  "/missing": script(`
exports.handler = (context, event, callback) => {
  try { require("no-such-module"); callback(null, "there"); } catch (error) { callback(null, { code: error.code || null }); }
};`),
  "/protected": script(`exports.handler = (context, event, callback) => callback(null, "in");`, "protected"),
  "/helper": script(`exports.helps = () => "yes";`, "private"),
  "/folder/deep": script(`exports.handler = (context, event, callback) => callback(null, context.PATH);`),
};

/** By path. */
export const assets: Readonly<Record<string, Visible>> = {
  "/hello.txt": { source: "hello", visibility: "public", type: "text/plain" },
  "/pixel.gif": {
    source: "GIF89a\u0001\u0000\u0001\u0000",
    visibility: "public",
    type: "image/gif",
  },
  "/data.json": { source: '{"a":1}', visibility: "public", type: "application/json" },
  "/page.html": { source: "<p>hello</p>", visibility: "public", type: "text/html" },
  "/protected.txt": { source: "hello", visibility: "protected", type: "text/plain" },
  "/private.json": { source: '{"kept":true}', visibility: "private", type: "application/json" },
};
