const { polite } = require(Runtime.getFunctions()["inner/polite"].path);

exports.handler = (context, event, callback) => {
  // By hand, in 2019.
  callback(null, { text: polite(context.GREETING, event.said) });
};
