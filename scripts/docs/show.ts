/** `npm run docs`: shows the pages of `docs/` as a site, and every saved page at once, until Ctrl-C. */
import { createServer } from "vitepress";

const server = await createServer("docs");
await server.listen();
server.printUrls();
