exports.handler = (context, event, callback) =>
  callback(null, { text: `There are ${context.CENTIMETRES} centimetres of snow.` });
