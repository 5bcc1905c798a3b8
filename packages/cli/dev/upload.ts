import { jsonOf, send } from "../edge/send.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import { z } from "zod";
import type { DeployedFile } from "./deployed.ts";
import type { ProjectFile } from "./snapshot.ts";

/** Uploads a new version of a Function or an Asset; answers its SID. */
export type Upload = (serviceSid: string, of: DeployedFile, file: ProjectFile) => Promise<string>;

const answer = z.object({ sid: z.string() });

/**
 * Uploads to a local Twilio, as multipart form data: https://www.twilio.com/docs/serverless/api/resource/function-version
 *
 * @param login of the account
 * @throws TwilioRefusal; CliError `unreachable`
 */
export function uploadTo(
  endpoint: string,
  login: { readonly accountSid: string; readonly authToken: string },
): Upload {
  const authorization = `Basic ${Buffer.from(`${login.accountSid}:${login.authToken}`).toString("base64")}`;
  return async (serviceSid, { kind, sid }, { path, visibility, content }) => {
    const body = new FormData();
    body.set("Path", path);
    body.set("Visibility", visibility);
    const type = kind === "Function" ? "application/javascript" : "application/octet-stream";
    body.set("Content", new Blob([Uint8Array.from(content)], { type }), path.split("/").at(-1));
    const url = `${endpoint}/serverless-upload.twilio.com/v1/Services/${serviceSid}/${kind}s/${sid}/Versions`;
    const sent = await send(url, { method: "POST", headers: { authorization }, body });
    if (!sent.ok) throw TwilioRefusal.from(sent.status, sent.host, sent.text);
    return answer.parse(jsonOf(sent)).sid;
  };
}
