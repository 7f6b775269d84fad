import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, minutes, refuse } from './definition.ts';

/** How long an acknowledgement holds before the alarm sounds again (site choice 5, 15, 30, 45 minutes or never). */
export const acknowledgementHolds = minutes(15);

/**
 * A person takes an alarm: Vigil's own annunciation of it ends. It never silences or changes the device at the bedside.
 *
 *   unacknowledged ──► acknowledged (until it expires)       returnedUnacknowledged ──► normal
 */
export const acknowledgeAlarm = defineCommand({
  name: 'acknowledgeAlarm',
  input: z.strictObject({ alarmId: idSchema }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(30) },
  apply: (view, { alarmId }, { issuedAt, author }) => {
    const alarm = view.get('alarm', alarmId);
    if (!alarm) return refuse('notFound', 'This alarm is not known.');
    // Nobody can have taken what had not yet begun.
    if (alarm.onsetAt > issuedAt) return refuse('conflict', `${alarm.label} has come again since. Look at it.`);
    switch (alarm.state) {
      case 'acknowledged':
        return refuse('alreadyDone', `${alarm.label} is already acknowledged by ${alarm.acknowledgedBy?.name ?? 'someone'}.`);
      case 'normal':
        return refuse('alreadyDone', `${alarm.label} is over.`);
      case 'shelved':
        return refuse('conflict', `${alarm.label} is shelved.`);
      case 'unacknowledged':
        return [
          {
            ...alarm,
            state: 'acknowledged',
            acknowledgedBy: author,
            acknowledgedAt: issuedAt,
            acknowledgementExpiresAt: issuedAt + acknowledgementHolds,
          },
        ];
      case 'returnedUnacknowledged':
        return [{ ...alarm, state: 'normal', acknowledgedBy: author, acknowledgedAt: issuedAt, acknowledgementExpiresAt: null }];
    }
  },
});
