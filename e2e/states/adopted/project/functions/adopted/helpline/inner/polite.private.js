exports.polite = (greeting, said) => `${greeting}, you said: ${said}`;
