/**
 * Listens at the site's broker for phones. The connection is lost and found again by the library, as often as it takes; a broker
 * that is not there keeps nothing from starting. What a broker kept for us is dated by the phone, never by its arrival.
 */
import { randomUUID } from 'node:crypto';
import { connect } from 'mqtt';
import type { Intake } from './intake.ts';
import { parseOwnTracks } from './owntracks.ts';

export type Broker = {
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`, without a user */
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
};
export type OwnTracksListener = { readonly stop: () => Promise<void> };

const TOPIC = 'owntracks/+/+';
const RECONNECT_MS = 2_000;
const CONNECT_WITHIN_MS = 10_000;

/** Listens until stopped; what becomes of the connection goes to `log`, each change once. */
export const listenForOwnTracks = (
  broker: Broker,
  {
    intake,
    log,
    reconnectMs = RECONNECT_MS,
  }: { readonly intake: Intake; readonly log: (line: string) => void; readonly reconnectMs?: number },
): OwnTracksListener => {
  const client = connect(broker.url, {
    clientId: `vigil-${randomUUID().slice(0, 12)}`,
    clean: true,
    reconnectPeriod: reconnectMs,
    connectTimeout: CONNECT_WITHIN_MS,
    ...(broker.user === null ? {} : { username: broker.user }),
    ...(broker.password === null ? {} : { password: broker.password }),
  });
  // What is wrong is said once, however often it is tried again.
  const said = new Set<string>();
  const say = (line: string) => {
    if (!said.has(line)) log(line);
    said.add(line);
  };
  client.on('connect', () => {
    client.subscribe(TOPIC, { qos: 1 }, (error, granted) => {
      said.clear();
      const refused = error || granted?.some(({ qos }) => qos > 2);
      say(refused ? `the broker does not let us listen to ${TOPIC}` : `listening for phones at the broker ${broker.url}`);
    });
  });
  client.on('close', () => say(`the broker ${broker.url} cannot be reached; trying again`));
  client.on('error', (error) => say(`the broker ${broker.url}: ${error.message}`));
  client.on('message', (topic, payload) => {
    const parsed = parseOwnTracks(topic, payload);
    if (parsed.ok) intake.take(parsed.report, 'MQTT');
    else if (parsed.device !== null && parsed.because !== 'otherKind') intake.refuse(parsed.device, 'MQTT', parsed.because);
  });
  return { stop: () => client.endAsync(true) };
};
