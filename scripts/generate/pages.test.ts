import { expect, test } from "vitest";
import { filledPage, filledPages } from "./pages.ts";

test("what pages repeat from code is what the code says; npm run generate writes it", async () => {
  const stale = (await filledPages(process.cwd())).filter(({ is, shouldBe }) => is !== shouldBe);
  expect(stale.map(({ file }) => file)).toEqual([]);
});

test("a part that nothing makes is named", async () => {
  const page = "<!-- made: nothing -->\n\n<!-- /made -->\n";
  await expect(filledPage(page, process.cwd())).rejects.toThrow(
    'Nothing makes "nothing"; there are commands, ',
  );
});
