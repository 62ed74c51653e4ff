import { z } from "zod";
import { notificationPreferences, pushSubscription } from "../domain/notification.ts";
import { levelChoice } from "./levels.ts";
import type { Operation } from "./operation.ts";
import { endpointOnly } from "./push.ts";

const level = levelChoice.meta({ id: "RoomLevel" });
const preferences = notificationPreferences.meta({ id: "NotificationPreferences" });

/** What a member is told of while no page is open. */
export const pushOperations: Operation[] = [
  {
    method: "get",
    path: "/api/notifications",
    summary: "What I am told of, how many browsers are told, and the key to subscribe another with",
    who: "member",
    answers: {
      200: z.object({ publicKey: z.string(), preferences, devices: z.number().int() }),
    },
    problems: [],
  },
  {
    method: "put",
    path: "/api/notifications",
    summary: "Choose what I am told of, when, and my quiet hours",
    who: "member",
    body: notificationPreferences,
    answers: { 200: preferences },
    problems: ["invalid"],
  },
  {
    method: "get",
    path: "/api/rooms/:id/level",
    summary: "What I am told of in a live room while I am away",
    who: "member",
    answers: { 200: level },
    problems: ["not_found"],
  },
  {
    method: "put",
    path: "/api/rooms/:id/level",
    summary: "Choose what I am told of in a live room: everything (once, until I look again), mentions, nothing",
    who: "member",
    body: levelChoice,
    answers: { 200: level },
    problems: ["invalid", "not_found"],
  },
  {
    method: "put",
    path: "/api/notifications/devices",
    summary: "Tell this browser: a push subscription as browsers give it",
    who: "member",
    body: pushSubscription,
    answers: { 204: null },
    problems: ["invalid"],
  },
  {
    method: "delete",
    path: "/api/notifications/devices",
    summary: "Do not tell this browser any more",
    who: "member",
    body: endpointOnly,
    answers: { 204: null },
    problems: ["invalid"],
  },
];
