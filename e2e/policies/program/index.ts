/** A program that does what the policies forbid. */
import * as pulumi from "@pulumi/pulumi";
import * as twilio from "@pulumi/twilio";

const service = new twilio.serverless.Service("forbidden", {
  uniqueName: "forbidden",
  friendlyName: "Forbidden",
});
new twilio.serverless.Function("everybody", {
  serviceSid: service.sid,
  friendlyName: "everybody",
  path: "/everybody",
  visibility: "public",
  content: new pulumi.asset.StringAsset(
    "exports.handler = (c, e, done) => c.getTwilioClient().conversations.v1.conversations(e.sid).remove().then(done);",
  ),
});
