// What runs policy packs takes TypeScript for CommonJS; import takes it for what it is.
module.exports = () => import("./index.ts");
