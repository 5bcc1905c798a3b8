/** Assets: files with a URL, https://www.twilio.com/docs/serverless/functions-assets/assets */
import type { DeployedFile, Deployment, FunctionResponse } from "./types.ts";

const types: Readonly<Record<string, string>> = {
  html: "text/html",
  css: "text/css",
  js: "application/javascript",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  mp3: "audio/mpeg",
  wav: "audio/wav",
  txt: "text/plain",
  xml: "text/xml",
};

/** The Asset of a path; `/` is answered by one at `/` or `/assets/index.html`. */
export function assetAt({ assets }: Deployment, path: string): DeployedFile | undefined {
  const paths = path === "/" ? ["/", "/assets/index.html"] : [path];
  return assets.find((asset) => paths.includes(asset.path));
}

/** An Asset as a response, its type by its extension. */
export function assetResponse({ path, content }: DeployedFile): FunctionResponse {
  const extension = /\.(\w+)$/.exec(path)?.[1] ?? "html";
  return {
    status: 200,
    headers: { "content-type": types[extension.toLowerCase()] ?? "application/octet-stream" },
    body: content,
  };
}
