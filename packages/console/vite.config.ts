/** How the page is built: into `dist`, below `/_local/console/`, a compressed copy beside each file. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const built = join(import.meta.dirname, "dist");

/** The local Twilio sends the copies as they are, and compresses nothing itself. */
const compress: Plugin = {
  name: "compress",
  closeBundle() {
    for (const entry of readdirSync(built, { recursive: true, encoding: "utf8" })) {
      if (!/\.(?:js|css|html|svg)$/.test(entry)) continue;
      const file = join(built, entry);
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base: "/_local/console/",
  plugins: [react(), compress],
  build: {
    outDir: built,
    emptyOutDir: true,
    target: "es2024",
    // Whatever is inlined would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
