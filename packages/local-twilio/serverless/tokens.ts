/** Tokens of the resources of Serverless, as the rows name them. */
export const tokens = {
  service: "twilio:serverless:Service",
  environment: "twilio:serverless:Environment",
  variable: "twilio:serverless:Variable",
  deployment: "twilio:serverless:Deployment",
  log: "twilio:serverless:Log",
  build: "twilio:serverless:Build",
  buildStatus: "twilio:serverless:BuildStatus",
  function: "twilio:serverless:Function",
  functionVersion: "twilio:serverless:FunctionVersion",
  functionVersionContent: "twilio:serverless:FunctionVersionContent",
  asset: "twilio:serverless:Asset",
  assetVersion: "twilio:serverless:AssetVersion",
} as const;
