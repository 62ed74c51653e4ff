import { Hono } from "hono";
import type { VNode } from "preact";
import { z } from "zod";
import {
  notificationKinds,
  type NotificationPreferences,
  notificationPreferences,
  paces,
} from "../../domain/notification.ts";
import { fill } from "../../domain/words/fill.ts";
import { devicesOf, digestAddress, prefer, preferencesOf } from "../../kv/notifications.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { Page, show } from "./layout.tsx";
import { chosenLevels, roomLevelForms, RoomLevels } from "./room_levels.tsx";
import { SettingsFrame } from "./settings_frame.tsx";

const HERE = "/settings/notifications";
const form = z.record(z.string(), z.string());

/** What I am told of while no page is open, and on which of my browsers. */
export function notificationPages(parts: Parts): Hono<AppEnv> {
  const { store, push } = parts;
  return new Hono<AppEnv>()
    .route("/", roomLevelForms(parts))
    .get(HERE, async (c) => {
      if (!c.var.who) return c.redirect(`/login?next=${HERE}`, 303);
      const user = c.var.who.id;
      const [preferences, devices] = await Promise.all([preferencesOf(store, user), devicesOf(store, user)]);
      const address = await digestAddress(store, user, preferences);
      const goes = <Goes c={c} devices={devices.length} address={address} />;
      const words = c.var.words.notifications;
      const island = { key: push.publicKey, words };
      return await show(
        c,
        <Page c={c} house={parts} title={words.title} nav="mypage" scripts={["push.js"]} data={{ push: island }}>
          <SettingsFrame c={c} title={words.title} lead={words.intro} here={HERE}>
            <Device c={c} devices={devices.length} />
            <Choices c={c} preferences={preferences} goes={goes} saved={c.req.query("saved") === "1"} />
            <RoomLevels c={c} chosen={await chosenLevels(parts, c)} />
          </SettingsFrame>
        </Page>,
      );
    })
    .post(HERE, member, body(form), async (c) => {
      await prefer(store, me(c).id, fromForm(c.req.valid("json")));
      return c.redirect(`${HERE}?saved=1`, 303);
    });
}

function fromForm({ quiet, from, to, zone, mail, ...chosen }: Record<string, string>): NotificationPreferences {
  return checked(notificationPreferences, {
    paces: Object.fromEntries(notificationKinds.map((kind) => [kind, chosen[kind]])),
    quiet: quiet ? { from, to } : null,
    mail: mail === "on",
    zone: zone || undefined,
  });
}

/** Only a script can ask a browser for its leave: the island puts its button here. */
function Device({ c, devices }: { c: AppContext; devices: number }) {
  const words = c.var.words.notifications;
  return (
    <section class="card stack tight" aria-labelledby="device-title">
      <h2 id="device-title">{words.device}</h2>
      <p class="soft">{fill(words.devices, { n: devices })}</p>
      <div class="stack tight" id="device" role="status" />
    </section>
  );
}

/** Where what is told arrives, as things stand now. */
function Goes({ c, devices, address }: { c: AppContext; devices: number; address?: string }) {
  const { goes } = c.var.words.notifications;
  if (devices) return <p class="s muted">{goes.push}</p>;
  if (address) return <p class="s muted">{fill(goes.mail, { address })}</p>;
  return (
    <div class="notice warn">
      <p>
        {goes.nowhere} <a href="/settings#address">{goes.address}</a>
      </p>
    </div>
  );
}

type ChoicesProps = { c: AppContext; preferences: NotificationPreferences; goes: VNode; saved: boolean };

function Choices({ c, preferences, goes, saved }: ChoicesProps) {
  const words = c.var.words.notifications;
  const { quiet } = preferences;
  return (
    <form class="card stack" method="post" action={HERE}>
      {saved && <p class="s ok" role="status">{words.saved}</p>}
      {notificationKinds.map((kind) => (
        <fieldset key={kind}>
          <legend class="label">{words.kinds[kind]}</legend>
          <div class="row wrap">
            {paces.map((pace) => (
              <label key={pace} class="chip pick">
                <input type="radio" name={kind} value={pace} checked={preferences.paces[kind] === pace} />
                {words.paces[pace]}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <p class="s muted">{words.digestHow}</p>
      {goes}
      <label class="switch">
        {words.goes.byMail}
        <input type="checkbox" role="switch" name="mail" value="on" checked={preferences.mail !== false} />
      </label>
      <fieldset>
        <legend class="label">{words.quiet}</legend>
        <label class="switch">
          {words.quietOn}
          <input type="checkbox" role="switch" name="quiet" value="on" checked={quiet !== null} />
        </label>
        <div class="row wrap">
          <Time name="from" value={quiet?.from ?? "22:00"} label={words.quietFrom} />
          <Time name="to" value={quiet?.to ?? "08:00"} label={words.quietTo} />
        </div>
      </fieldset>
      <input type="hidden" name="zone" id="zone" value={preferences.zone ?? ""} />
      <button type="submit" class="btn main">{words.save}</button>
    </form>
  );
}

const Time = ({ name, value, label }: { name: string; value: string; label: string }) => (
  <label class="row">
    <input class="input date" type="time" name={name} value={value} required /> {label}
  </label>
);
