/** TwiML applications, https://www.twilio.com/docs/usage/api/applications: kept, and where messages report to in two properties. */
import { textOf } from "../json.ts";
import type { Behaviour } from "../product.ts";

export const application: Behaviour = {
  /**
   * An empty MessageStatusCallback changes nothing; an empty SmsStatusCallback takes both away. Live accounts do so: the
   * community's Terraform provider goes by it (resource_twiml_app.go).
   */
  update({ input }, current, draft) {
    if (input["SmsStatusCallback"] === "") {
      return { body: { ...draft, sms_status_callback: "", message_status_callback: "" } };
    }
    const kept = input["MessageStatusCallback"] === "" ? current.body : draft;
    return { body: { ...draft, message_status_callback: textOf(kept["message_status_callback"]) } };
  },
};
