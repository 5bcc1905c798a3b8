/** What every Function finds without importing it: `Runtime` and `Twilio`, for the type check. */
import type {} from "@support-line/functions-runtime/globals";
