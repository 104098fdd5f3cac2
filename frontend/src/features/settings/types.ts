/** The API's shapes that only the settings know. */
import type { Answer, Body } from "../../api/client";

export type ProfilePatch = Body<"patch", "/api/me">;
export type Theme = Answer<"get", "/api/me">["theme"];
export type WeekDay = Answer<"get", "/api/me">["week_start"];
export type Proof = Body<"delete", "/api/me">;

export type Preferences = Answer<"get", "/api/preferences">;
export type WantedPreferences = Omit<Preferences, "version">;
export type TimedReminder = NonNullable<Preferences["default_reminders"]["timed"]>;
export type DayReminder = NonNullable<Preferences["default_reminders"]["all_day"]>;

export type OpenSession = Answer<"get", "/api/me/sessions">["items"][number];
export type PushSubscribed = Answer<"get", "/api/push/subscriptions">["items"][number];
export type SecondFactor = Answer<"get", "/api/me/second-factor">;
export type BegunFactor = Answer<"post", "/api/me/second-factor">;

export type NewToken = Body<"post", "/api/tokens">;
export type Token = Answer<"get", "/api/tokens">["items"][number];
export type CreatedToken = Answer<"post", "/api/tokens">;
export type Scope = Token["scopes"][number];

export type Webhook = Answer<"get", "/api/webhooks">["items"][number];
export type WebhookPatch = Body<"patch", "/api/webhooks/{webhook_id}">;
export type WebhookWithSecret = Answer<"post", "/api/webhooks">;
export type Delivery = Answer<"get", "/api/webhooks/{webhook_id}/deliveries">["items"][number];
