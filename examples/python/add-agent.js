exports.handler = (context, event, done) => done(null, { added: context.AGENT });
