const { answer } = require("./shared/answers");

/** Whether the shop is open, or somebody of the shop is talking with the customer already: open, closed, talking. */
exports.handler = async function (context, event, callback) {
  try {
    const client = context.getTwilioClient();
    const conversation = client.conversations.v1.services(event.service).conversations(event.conversation);
    const people = await conversation.participants.list();
    if (people.length > 1) return callback(null, answer({ state: "talking", text: "" }));
    const shut = context.SHUT === "yes";
    callback(null, answer({ state: shut ? "closed" : "open", text: shut ? "We open at nine." : "" }));
  } catch (error) {
    callback(error);
  }
};
