/** The long forms of the fault tests: `deno task chaos`. Without CHAOS the same files run in their fast form, beside this one. */
if (Deno.env.has("CHAOS")) {
  await import("../busy_room_test.ts");
  await import("../faults_test.ts");
  await import("../hostile_socket_test.ts");
  await import("../kill_test.ts");
  await import("../mail_death_test.ts");
  await import("../order_test.ts");
  await import("../presence_kill_test.ts");
  await import("../plaza_live_test.ts");
  await import("../search_api_test.ts");
  await import("../search_test.ts");
  await import("../stop_test.ts");
}
