/** The Pulumi CLI that the project is tested with, and the oldest it takes. */
export const pulumiVersion = "3.276.0";
