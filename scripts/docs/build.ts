/** `npm run docs:build`: writes the pages of `docs/` as a site into `.state/site`. A link that leads nowhere is an error. */
import { build } from "vitepress";

await build("docs");
console.log("The site is in .state/site.");
