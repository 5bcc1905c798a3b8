// `npm run upgrade` in the tool's own checkout.
console.error(
  "This is the tool's own checkout, which git pull brings up to date: npm run upgrade works only in projects that npm create support-line made.",
);
process.exitCode = 2;
