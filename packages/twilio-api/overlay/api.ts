import { each, type OverlayRow } from "./overlay-row.ts";

export const api: readonly OverlayRow[] = [
  {
    token: "twilio:api:IncomingPhoneNumber",
    emptyText: ["sms_application_sid", "voice_application_sid"],
    reason: "the API of 2010 writes no application as an empty text: the document's own examples",
  },
  {
    token: "twilio:api:IncomingPhoneNumber",
    filledIn: ["PhoneNumber", "AccountSid"],
    reason: "the number that was found by its area code, of the account that bought it",
  },
  { token: "twilio:api:Account", filledIn: ["Status"], reason: "active as it is made" },
  {
    token: "twilio:api:Account",
    secretProperties: ["auth_token"],
    reason: "whoever has it can do everything with the account",
  },
  { token: "twilio:api:SipCredential", secretInputs: ["Password"], reason: "what a SIP phone signs in with" },
  ...each(
    "api",
    [
      "SipAuthCallsCredentialListMapping",
      "SipAuthRegistrationsCredentialListMapping",
      "SipCredentialListMapping",
    ],
    { shownAs: { CredentialListSid: "sid" }, reason: "a mapping has the SID of what it maps" },
  ),
  ...each("api", ["SipAuthCallsIpAccessControlListMapping", "SipIpAccessControlListMapping"], {
    shownAs: { IpAccessControlListSid: "sid" },
    reason: "a mapping has the SID of what it maps",
  }),
  {
    token: "twilio:api:IncomingPhoneNumberAssignedAddOn",
    shownAs: { InstalledAddOnSid: "sid" },
    reason: "it has the SID of the Add-on that is assigned",
  },
];
