/** trunking.twilio.com: a Trunk shows how it records, which is a place of its own. https://www.twilio.com/docs/sip-trunking/api/recording-resource */
import type { Product } from "../product.ts";

const trunk = "twilio:trunking:Trunk";

export const trunking: Product = {
  name: "trunking",
  behaviours: {
    "twilio:trunking:Recording": {
      updated({ twilio, path }, _, { body }) {
        const kept = twilio.store.find(trunk, path["TrunkSid"] ?? "");
        if (kept === undefined) return;
        const { mode = null, trim = null } = body;
        twilio.store.replace(trunk, kept.sid, { ...kept.body, recording: { mode, trim } });
      },
    },
  },
};
