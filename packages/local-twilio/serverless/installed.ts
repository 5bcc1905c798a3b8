/** The installed modules of one local Twilio. */
import type { State } from "../state.ts";
import { textOf } from "../json.ts";
import { dependenciesOf } from "./dependencies.ts";
import { openModules, type Modules } from "./modules.ts";
import { tokens } from "./tokens.ts";

export const modules: State<Modules> = {
  ofStore: false,
  open: ({ settings, store }) =>
    openModules({
      below: () => settings.folder,
      isDeployed: () =>
        store.list(tokens.environment).map(({ body }) => {
          const build = store.find(tokens.build, textOf(body["build_sid"]));
          return build === undefined ? [] : dependenciesOf(build.body);
        }),
    }),
};
