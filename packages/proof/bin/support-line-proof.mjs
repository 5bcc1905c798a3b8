#!/usr/bin/env node
// Here it runs on the repository's own Node; what is published begins with a check of the person's.
import { fileURLToPath } from "node:url";

await import(fileURLToPath(new URL("../main.ts", import.meta.url)));
