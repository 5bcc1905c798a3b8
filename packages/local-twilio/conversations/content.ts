/** Content templates in a Conversation: what Messaging refuses has codes of its own here. */
import { TwilioError } from "../errors.ts";
import type { Rendered } from "../content/render.ts";
import type { Twilio } from "../product.ts";

/**
 * The message that a template makes; undefined where none is named.
 *
 * @throws TwilioError 50526, 50527, 50528: https://www.twilio.com/docs/api/errors/50526 and the two after it
 */
export function renderedFor(twilio: Twilio, contentSid: string, variables: string): Rendered | undefined {
  if (contentSid === "") {
    if (variables !== "") throw new TwilioError(50528);
    return undefined;
  }
  try {
    return twilio.services.content.render(contentSid, variables);
  } catch (error) {
    if (!(error instanceof TwilioError)) throw error;
    const code = Number(error.code);
    if (code === 21655) throw new TwilioError(50526, { sid: contentSid });
    if (code === 21656) throw new TwilioError(50527);
    throw error;
  }
}
