/** The site of the pages in `docs/`: `npm run docs` shows it, `npm run docs:build` writes it to `.state/site`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { defineConfig, type DefaultTheme, type UserConfig } from "vitepress";
import { slugOf } from "../../scripts/docs/markdown.ts";
import { placesOf } from "../../scripts/docs/place.ts";

const docs = resolve(import.meta.dirname, "..");
const root = resolve(docs, "..");
const { repository, files } = placesOf("main");

/** A folder of pages, in the order in which people read them. */
const rooms: readonly { readonly folder: string; readonly text: string }[] = [
  { folder: "tutorials", text: "Tutorials" },
  { folder: "how-to", text: "How to" },
  { folder: "reference", text: "Reference" },
  { folder: "explanation", text: "Explanation" },
  { folder: "decisions", text: "Decisions" },
];

/** What a page calls itself. */
function titleOf(file: string): string {
  return /^# (.+)$/m.exec(readFileSync(join(docs, file), "utf8"))?.[1]?.replaceAll("`", "") ?? file;
}

function pagesOf(folder: string): DefaultTheme.SidebarItem[] {
  if (!existsSync(join(docs, folder))) return [];
  return readdirSync(join(docs, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => ({ text: titleOf(`${folder}/${file}`), link: `/${folder}/${file.replace(/\.md$/, "")}` }))
    .toSorted((one, other) => one.text.localeCompare(other.text));
}

/**
 * Where a link of a page leads: a file of the repository that is no page is shown by the forge.
 *
 * @param page path below `docs/`
 */
function linkOf(href: string, page: string): string {
  if (/^(?:[a-z]+:|#|\/)/.test(href)) return href;
  const [path = "", anchor] = href.split("#");
  const file = resolve(docs, dirname(page), path);
  const isPage = !relative(docs, file).startsWith("..") && /\.(?:md|svg|png)$/.test(path);
  if (isPage) return href;
  return `${files}/${relative(root, file)}${anchor === undefined ? "" : `#${anchor}`}`;
}

const config: UserConfig<DefaultTheme.Config> = defineConfig({
  title: "Support line",
  description: "A Twilio support line as code, and a local Twilio to try it on",
  lang: "en-GB",
  outDir: join(root, ".state", "site"),
  cacheDir: join(root, ".state", "site-cache"),
  cleanUrls: true,
  lastUpdated: false,
  markdown: {
    anchor: { slugify: slugOf },
    config(md) {
      // Vue would take Liquid for its own; in fenced code it leaves it alone.
      for (const kind of ["text", "code_inline"] as const) {
        const rule = md.renderer.rules[kind];
        md.renderer.rules[kind] = (tokens, at, options, env, self) =>
          (rule?.(tokens, at, options, env, self) ?? "").replaceAll("{{", "&#123;&#123;");
      }
      md.core.ruler.push("files-of-the-repository", ({ tokens, env }) => {
        const page = (env as { readonly relativePath?: string }).relativePath ?? "";
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.type === "link_open" ? token.attrGet("href") : null;
          if (href !== null) token.attrSet("href", linkOf(href, page));
        }
      });
      // A picture's path is seen from its page; Vite takes one that begins with a name for a package.
      md.core.ruler.push("pictures-of-the-page", ({ tokens }) => {
        for (const token of [...tokens, ...tokens.flatMap(({ children }) => children ?? [])]) {
          if (!token.type.startsWith("html_")) continue;
          token.content = token.content.replaceAll(/\b(src|srcset)="(?![./]|[a-z]+:)/g, '$1="./');
        }
      });
    },
  },
  themeConfig: {
    nav: [
      { text: "Tour", link: "/tour" },
      ...rooms
        .filter(({ folder }) => pagesOf(folder).length > 0)
        .map(({ folder, text }) => ({
          text,
          link: pagesOf(folder)[0]?.link ?? "/",
          activeMatch: `/${folder}/`,
        })),
    ],
    sidebar: rooms.map(({ folder, text }) => ({
      text,
      items: pagesOf(folder),
      collapsed: folder === "decisions",
    })),
    search: { provider: "local" },
    outline: [2, 3],
    socialLinks: [{ icon: "github", link: repository }],
    editLink: { pattern: `${repository}/edit/main/docs/:path` },
  },
});

export default config;
