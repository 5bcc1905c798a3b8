/** What both Functions answer with: JSON that a Flow reads as `parsed`. */
exports.answer = function answer(values) {
  const response = new Twilio.Response();
  response.appendHeader("Content-Type", "application/json");
  response.setBody(values);
  return response;
};

/** The number in what somebody wrote, "order 1042, please". */
exports.numberIn = function numberIn(text) {
  const found = /\d+/.exec(text || "");
  return found === null ? "" : found[0];
};
