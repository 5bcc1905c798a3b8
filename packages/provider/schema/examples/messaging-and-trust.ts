/** Examples of messaging, the papers that carriers and countries ask for, and Verify. */
import type { Described } from "../described.ts";

export const messagingAndTrust: Readonly<Record<string, Described>> = {
  "twilio:messaging:AlphaSender": {
    name: "acme",
    example: ["serviceSid: senders.sid", 'alphaSender: "ACME"'],
  },
  "twilio:messaging:DestinationAlphaSender": {
    name: "acmeInBritain",
    example: ["serviceSid: senders.sid", 'alphaSender: "ACME UK"', 'isoCountryCode: "GB"'],
  },
  "twilio:trusthub:CustomerProfile": {
    name: "profile",
    example: [
      'friendlyName: "Acme"',
      'email: "ada@example.com"',
      'policySid: "RN00000000000000000000000000000001"',
    ],
  },
  "twilio:trusthub:EndUser": {
    name: "business",
    example: [
      'friendlyName: "Acme"',
      'type: "customer_profile_business_information"',
      'attributes: { business_name: "Acme" }',
    ],
  },
  "twilio:trusthub:SupportingDocument": {
    name: "addressPaper",
    example: [
      'friendlyName: "Address"',
      'type: "customer_profile_address"',
      "attributes: { address_sids: office.sid }",
    ],
  },
  "twilio:trusthub:CustomerProfileEntityAssignment": {
    name: "businessOfProfile",
    example: ["customerProfileSid: profile.sid", "objectSid: business.sid"],
  },
  "twilio:trusthub:CustomerProfileChannelEndpointAssignment": {
    name: "numberOfProfile",
    example: [
      "customerProfileSid: profile.sid",
      'channelEndpointType: "phone-number"',
      "channelEndpointSid: supportNumber.sid",
    ],
  },
  "twilio:trusthub:TrustProduct": {
    name: "a2pProfile",
    example: [
      'friendlyName: "A2P"',
      'email: "ada@example.com"',
      'policySid: "RN00000000000000000000000000000002"',
    ],
  },
  "twilio:trusthub:TrustProductEntityAssignment": {
    name: "businessOfA2p",
    example: ["trustProductSid: a2pProfile.sid", "objectSid: business.sid"],
  },
  "twilio:trusthub:TrustProductChannelEndpointAssignment": {
    name: "numberOfA2p",
    example: [
      "trustProductSid: a2pProfile.sid",
      'channelEndpointType: "phone-number"',
      "channelEndpointSid: supportNumber.sid",
    ],
  },
  "twilio:messaging:BrandRegistrations": {
    name: "brand",
    example: ["customerProfileBundleSid: profile.sid", "a2pProfileBundleSid: a2pProfile.sid", "mock: true"],
  },
  "twilio:messaging:UsAppToPerson": {
    name: "campaign",
    example: [
      "messagingServiceSid: senders.sid",
      "brandRegistrationSid: brand.sid",
      'usAppToPersonUsecase: "CUSTOMER_CARE"',
      'description: "Answers to customers who write to our support line"',
      'messageFlow: "Customers write to the number that our website shows them"',
      'messageSamples: ["Hello, an agent is on the way.", "Thank you, this is closed now."]',
      "hasEmbeddedLinks: false",
      "hasEmbeddedPhone: false",
    ],
  },
  "twilio:messaging:TollfreeVerification": {
    name: "tollfree",
    example: [
      "tollfreePhoneNumberSid: supportNumber.sid",
      'businessName: "Acme"',
      'businessWebsite: "https://example.com"',
      'notificationEmail: "ada@example.com"',
      'useCaseCategories: ["CUSTOMER_CARE"]',
      'useCaseSummary: "Answers to customers"',
      'productionMessageSample: "Hello, an agent is on the way."',
      'optInImageUrls: ["https://example.com/opt-in.png"]',
      'optInType: "WEB_FORM"',
      'messageVolume: "1,000"',
    ],
  },
  "twilio:messaging:DomainConfig": {
    name: "links",
    example: ['domainSid: "DN00000000000000000000000000000001"', 'fallbackUrl: "https://example.com"'],
  },
  "twilio:messaging:DomainCertV4": {
    name: "linksCertificate",
    example: [
      'domainSid: "DN00000000000000000000000000000001"',
      'tlsCert: config.requireSecret("certificate")',
    ],
  },
  "twilio:messaging:LinkshorteningMessagingService": {
    name: "shortLinks",
    example: ['domainSid: "DN00000000000000000000000000000001"', "messagingServiceSid: senders.sid"],
  },
  "twilio:messaging:ChannelSender": {
    name: "whatsappOfService",
    example: ["messagingServiceSid: senders.sid", "sid: whatsapp.sid"],
  },
  "twilio:messaging:ShortCode": {
    name: "shortCode",
    example: ["serviceSid: senders.sid", 'shortCodeSid: config.require("shortCodeSid")'],
  },
  "twilio:numbers:Bundle": {
    name: "papers",
    example: [
      'friendlyName: "Germany"',
      'email: "ada@example.com"',
      'isoCountry: "DE"',
      'endUserType: "business"',
      'numberType: "local"',
    ],
  },
  "twilio:numbers:EndUser": {
    name: "owner",
    example: ['friendlyName: "Acme"', 'type: "business"', 'attributes: { business_name: "Acme" }'],
  },
  "twilio:numbers:SupportingDocument": {
    name: "bill",
    example: ['friendlyName: "Bill"', 'type: "utility_bill"', "attributes: { address_sids: [office.sid] }"],
  },
  "twilio:numbers:ItemAssignment": {
    name: "ownerOfPapers",
    example: ["bundleSid: papers.sid", "objectSid: owner.sid"],
  },
  "twilio:numbers:HostedNumberOrder": {
    name: "hosted",
    example: [
      'phoneNumber: "+12025550109"',
      'contactPhoneNumber: "+12025550110"',
      "addressSid: office.sid",
      'email: "ada@example.com"',
      "smsCapability: true",
    ],
  },
  "twilio:numbers:AuthorizationDocument": {
    name: "letter",
    example: [
      "addressSid: office.sid",
      'email: "ada@example.com"',
      'contactPhoneNumber: "+12025550110"',
      "hostedNumberOrderSids: [hosted.sid]",
    ],
  },
  "twilio:verify:Service": { name: "codes", example: ['friendlyName: "Acme"', "codeLength: 6"] },
  "twilio:verify:RateLimit": {
    name: "byAddress",
    example: ["serviceSid: codes.sid", 'uniqueName: "end_user_ip_address"'],
  },
  "twilio:verify:Bucket": {
    name: "fourInTenMinutes",
    example: ["serviceSid: codes.sid", "rateLimitSid: byAddress.sid", "max: 4", "interval: 600"],
  },
  "twilio:verify:MessagingConfiguration": {
    name: "toCanada",
    example: ["serviceSid: codes.sid", "messagingServiceSid: senders.sid", 'country: "CA"'],
  },
  "twilio:verify:Safelist": { name: "trusted", example: ['phoneNumber: "+15005550101"'] },
  "twilio:verify:Entity": {
    name: "customer",
    example: ["serviceSid: codes.sid", 'identity: "customer-0001"'],
  },
  "twilio:verify:Webhook": {
    name: "factors",
    example: [
      "serviceSid: codes.sid",
      'friendlyName: "Factors"',
      'eventTypes: ["factor.verified"]',
      'webhookUrl: "https://support.example.com/factors"',
    ],
  },
};
